"""`pos verify`: does everything that was recorded hold together?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.domain.errors import Refusal
from pos.storage.verify import verify

HELP = texts().get("cli.verify")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--json", action="store_true", help=texts().get("cli.json"))


def run(given: Namespace) -> int:
    """One line a check; 1 if one failed."""
    if not given.data.is_dir():
        raise Refusal("folder_missing", folder=str(given.data))
    words, failed = texts(), 0
    for finding in verify(given.data):
        failed += not finding.ok
        if given.json:
            tell({"check": finding.name, "ok": finding.ok, "count": finding.count})
        else:
            mark = words.get("verify.ok" if finding.ok else "verify.wrong")
            name = words.get(f"verify.{finding.name}", count=finding.count)
            say(f"{mark}  {name}" + (f": {finding.detail}" if finding.detail else ""))
    return Exit.FAILED if failed else Exit.DONE
