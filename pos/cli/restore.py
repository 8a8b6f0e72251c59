"""`pos restore`: a backup put in place, never over newer receipts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.runtime.clock import SystemClock
from pos.storage.backup import restore
from pos.storage.lock import lock_folder


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("source", type=Path, metavar="FROM", help=texts().get("cli.restore_from"))
    parser.add_argument("--json", action="store_true", help=texts().get("cli.json"))


def run(given: Namespace) -> int:
    """Restore while no till runs on the folder."""
    given.data.mkdir(parents=True, exist_ok=True)
    lock = lock_folder(given.data)
    try:
        restore(given.source, given.data, SystemClock().now())
    finally:
        lock.release()
    if given.json:
        tell({"restored_from": str(given.source)})
    else:
        say(texts().get("cli.restored", folder=given.source))
    return Exit.DONE
