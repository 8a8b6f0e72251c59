"""Arguments, exit codes, and the one place where a refusal becomes a line on the terminal."""

from __future__ import annotations

import argparse
import errno
import importlib
import locale
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Protocol, cast

from platformdirs import user_data_path

from pos import __version__
from pos.domain.errors import Refusal
from pos.runtime import crash
from pos.runtime.texts import Texts


class Exit(IntEnum):
    """What the exit code means."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    BUG = 4


class Command(Protocol):
    """A module of this package that is a command."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, given: argparse.Namespace) -> int:
        """Do it; returns the exit code."""


COMMANDS = ("run", "demo", "play", "import", "tree", "report", "verify", "backup", "restore")


def texts(wanted: str = "") -> Texts:
    """The wanted language, else the terminal's: German where the system speaks it, or English."""
    if wanted:
        return Texts(wanted)
    language = os.environ.get("LANGUAGE") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return Texts("de_AT" if language.lower().startswith("de") else "en")


def data_folder(given: Path | None) -> Path:
    """The data folder asked for, or this user's own."""
    return given if given is not None else user_data_path("kassa", appauthor=False)


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """All commands; those that stand among the arguments are loaded, with what they take."""
    top = argparse.ArgumentParser(prog="pos", description=texts().get("cli.about"))
    top.add_argument("--version", action="version", version=f"Kassa {__version__}")
    _add_data(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        about = texts().get(f"cli.{name}")
        sub = commands.add_parser(name, help=about, description=about)
        _add_data(sub)
        if name in arguments:
            _module(name).add_arguments(sub)
    return top


def _add_data(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=texts().get("cli.data")
    )


def _module(name: str) -> Command:
    suffix = "_" if name == "import" else ""
    return cast("Command", importlib.import_module(f"pos.cli.{name}{suffix}"))


def run(arguments: Sequence[str]) -> int:
    """Parse and run; every refusal and every bug ends here."""
    given = parser(arguments).parse_args(arguments)
    name = given.command or "run"
    asked = getattr(given, "data", None)
    given.data, given.data_given = data_folder(asked), asked is not None
    if not given.command:
        given.till = ""
    try:
        return _run(_module(name), given)
    except Refusal as refusal:
        print(texts().refusal(refusal), file=sys.stderr)
        return Exit.REFUSED
    except KeyboardInterrupt:
        return Exit.FAILED
    except BrokenPipeError:
        # Whoever read our lines has seen enough (`| head`); what is buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the last wall: to the crash log, and say so
        print(texts().get("cli.bug", error=crash.record(error)), file=sys.stderr)
        return Exit.BUG


_NO_WAY_IN = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.EEXIST,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENAMETOOLONG,
    errno.ELOOP,
}
"""A path that was given is write-protected, or a file where a folder is wanted: no bug."""


def _run(command: Command, given: argparse.Namespace) -> int:
    """Run a command; a full disk, or a path that can't be used, is told as such wherever it shows
    first.
    """
    from pos.storage.engine import telling_refusals

    try:
        with telling_refusals():
            return int(command.run(given))
    except OSError as error:
        if error.errno not in _NO_WAY_IN or error.filename is None:
            raise
        reason = error.strerror or ""
        raise Refusal("path_unusable", path=str(error.filename)[:200], reason=reason) from error
