"""One program per data folder: a lock the operating system lets go when the program dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from pos.domain.errors import Refusal
from pos.storage.engine import telling_refusals


def lock_folder(data: Path) -> FileLock:
    """Take the folder for this program; raises Refusal "already_running", "read_only",
    "disk_full" or "cannot_open".
    """
    lock = FileLock(data / "till.lock")
    try:
        with telling_refusals():
            lock.acquire(timeout=0)
    except Timeout:
        raise Refusal("already_running") from None
    except PermissionError:
        raise Refusal("read_only") from None
    except OSError as error:
        raise Refusal("cannot_open") from error
    return lock
