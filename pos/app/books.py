"""Compares all books when a session closes, in a process of its own: the till sells on meanwhile.

It is `pos verify`, which reads only and may run beside the till.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from pos.runtime.bus import BooksChecked
from pos.runtime.lane import Lane, Outcome

SALES = "sales"
"""The check that looks at each closed sale."""


class BookCheck:
    """Runs the comparison on a lane of its own, one at a time; `told` hears each outcome.

    What can't be run tells nothing: it proves nothing either way, and `pos verify` is still there.
    """

    def __init__(self, data: Path, told: Callable[[BooksChecked], None]) -> None:
        self._data, self._told = data, told
        self._lane = Lane("books")
        self._process: subprocess.Popen[str] | None = None
        self._stopping = threading.Event()
        self._lane.start()

    def run(self) -> None:
        """Compare, soon."""
        self._lane.submit(self._compare, self._on_done)

    def stop(self) -> None:
        """End what runs, and the lane."""
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
        self._lane.stop()

    def _compare(self) -> BooksChecked | None:
        if self._stopping.is_set():
            return None
        command = [sys.executable, "-m", "pos", "verify", "--json", "--data", str(self._data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            self._process = process
            if self._stopping.is_set():
                process.terminate()
            told, _ = process.communicate()
        self._process = None
        return None if self._stopping.is_set() else outcome_of(told.splitlines())

    def _on_done(self, outcome: Outcome[BooksChecked | None]) -> None:
        if outcome.value is not None:
            self._told(outcome.value)


def outcome_of(lines: Sequence[str]) -> BooksChecked | None:
    """What `pos verify --json` told; None where it told nothing whole."""
    findings = [json.loads(line) for line in lines if line.startswith("{")]
    for one in findings:
        if not one["ok"]:
            given = {key: one[key] for key in one.keys() - {"check", "ok", "count", "wrong"}}
            return BooksChecked(0, one["check"], one["wrong"], given)
    counts = {one["check"]: one["count"] for one in findings}
    return BooksChecked(counts[SALES]) if SALES in counts else None
