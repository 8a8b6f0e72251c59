"""Every function a shop asked for is told by a story or a test that names it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from tests.architecture.rules import ROOT

TESTS = ROOT / "tests"
RANGE = re.compile(r"([A-Z]+-)(\d+)(?:…(\d+))?")
NAMED = re.compile(r"\b[A-Z]+-\d+\b")


def ids(text: str) -> Iterator[str]:
    """ "T-020…022" as T-020, T-021, T-022."""
    found = RANGE.fullmatch(text)
    assert found is not None, text
    prefix, first, last = found.groups()
    for number in range(int(first), int(last or first) + 1):
        yield f"{prefix}{number:0{len(first)}}"


def test_every_function_is_told() -> None:
    functions = tomllib.loads((TESTS / "functions.toml").read_text(encoding="utf-8"))
    told = {
        each for area in functions.values() for text in area.get("told", ()) for each in ids(text)
    }
    sources = [*TESTS.rglob("*.py"), *(TESTS / "stories").glob("*.json")]
    named = {name for path in sources for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert not sorted(told - named)
