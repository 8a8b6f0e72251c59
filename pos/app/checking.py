"""Looks at both databases a while after the start, on a lane of its own; nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pos.runtime.lane import Lane
from pos.storage.quick_check import QuickCheck

QUIET_S = 20
"""After the start the disk belongs to the catalogue and the first customer."""

Damaged = Callable[[str], None]
"""Told the name of a damaged database, "till" or "catalogue", on the check's own thread."""


class BackgroundCheck:
    """Both files, one after the other, once a start."""

    def __init__(self, folder: Path, damaged: Damaged, quiet: float = QUIET_S) -> None:
        self._checks = {name: QuickCheck(folder / f"{name}.db") for name in ("till", "catalogue")}
        self._damaged, self._quiet = damaged, quiet
        self._stopping = threading.Event()
        self._lane = Lane("check")

    def start(self) -> None:
        """Begin to wait for a quiet moment, then look."""
        self._lane.start()
        for name in self._checks:
            self._lane.submit(partial(self._look, name))

    def stop(self) -> bool:
        """End what is under way; False if the thread outlived five seconds."""
        self._stopping.set()
        for check in self._checks.values():
            check.cancel()
        return self._lane.stop()

    def _look(self, name: str) -> None:
        # Waits only before the first: the second follows a look, not a start.
        if self._stopping.wait(self._quiet):
            return
        self._quiet = 0
        if self._checks[name].whole() is False:
            self._damaged(name)
