"""`pos verify`: does everything that was recorded hold together?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.domain.errors import Refusal
from pos.storage.verify import Finding, verify


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--json", action="store_true", help=texts().get("cli.json"))


def run(given: Namespace) -> int:
    """One line a check; 1 if one failed."""
    if not given.data.is_dir():
        raise Refusal("folder_missing", folder=str(given.data))
    failed = 0
    for finding in verify(given.data):
        failed += not finding.ok
        if given.json:
            _tell(finding)
        else:
            _say(finding)
    return Exit.FAILED if failed else Exit.DONE


def _tell(finding: Finding) -> None:
    fact = {"check": finding.name, "ok": finding.ok, "count": finding.count}
    tell(fact if finding.ok else fact | {"wrong": finding.wrong, **finding.values})


def _say(finding: Finding) -> None:
    words = texts()
    name = words.get(f"verify.{finding.name}", count=finding.count)
    if finding.ok:
        say(f"{words.get('verify.ok')}  {name}")
    else:
        wrong = words.get(f"verify.found.{finding.wrong}", **finding.values)
        say(f"{words.get('verify.wrong')}  {name}: {wrong}")
