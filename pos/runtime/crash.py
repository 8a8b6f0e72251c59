"""The crash log: where a bug goes while the till sells on."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_log = logging.getLogger("pos.crash")


def write_to(folder: Path) -> None:
    """Keep the crash log in `folder`: three files of a megabyte at the most."""
    handler = RotatingFileHandler(
        folder / "crash.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(threadName)s %(message)s"))
    for old in _log.handlers[:]:
        _log.removeHandler(old)
        old.close()
    _log.addHandler(handler)


def record(error: BaseException) -> str:
    """Write a bug down with its traceback; returns the one line a person is shown."""
    line = f"{type(error).__name__}: {error}"[:200]
    _log.error("%s", line, exc_info=error)
    return line
