"""`pos run`: the till's window."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pos.cli.main import texts
from pos.runtime.memory import settle, start_lasting


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--till", default="", metavar="NUMBER", help=texts().get("cli.till"))


def run(given: Namespace) -> int:
    """Open the window and stay until it is closed."""
    start_lasting()
    try:
        from pos.cli.window import open_window

        return open_window(given.data, given.till)
    finally:
        settle()
