"""What the till was asked and what it answered, kept outside of its data folder.

The child writes, the parent compares: the ledger is what a cashier and a customer have seen.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

Facts = dict[str, Any]

STARTED = "started"  # a new life of the till, which may recover what the last one left
BEGAN = "began"  # its first picture on the screen
ASKED, ANSWERED, REFUSED = "asked", "answered", "refused"
FOUND = "found"  # a receipt that was closed just before a death, and never answered


class Note(NamedTuple):
    """One line of the ledger."""

    kind: str
    facts: Facts


class Ledger:
    """An append-only file of notes; what was answered is on the disk before the next command."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def close(self) -> None:
        os.close(self._file)

    def note(self, kind: str, facts: Facts) -> None:
        os.write(self._file, json.dumps([kind, facts], ensure_ascii=False).encode() + b"\n")
        if kind not in (STARTED, ASKED):
            os.fsync(self._file)

    def notes(self) -> list[Note]:
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return [Note(*json.loads(line)) for line in lines]
