"""`pos backup`: both databases copied, while the till sells."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.domain.errors import Refusal
from pos.runtime.clock import SystemClock
from pos.storage.backup import back_up


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("to", type=Path, metavar="TO", help=texts().get("cli.backup_to"))
    parser.add_argument("--json", action="store_true", help=texts().get("cli.json"))


def run(given: Namespace) -> int:
    """Back up and name the folder."""
    if not given.data.is_dir():
        raise Refusal("folder_missing", folder=str(given.data))
    folder = back_up(given.data, given.to, SystemClock().now())
    if given.json:
        tell({"folder": str(folder)})
    else:
        say(texts().get("cli.backed_up", folder=folder))
    return Exit.DONE
