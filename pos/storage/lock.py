"""One program per data folder: a lock the operating system lets go when the program dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from pos.domain.errors import Refusal


def lock_folder(data: Path) -> FileLock:
    """Take the folder for this program; raises Refusal "already_running" or "read_only"."""
    lock = FileLock(data / "till.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Refusal("already_running") from None
    except PermissionError:
        raise Refusal("read_only") from None
    except OSError as error:
        raise Refusal("cannot_open") from error
    return lock
