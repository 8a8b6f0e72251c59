"""Nothing is handed on whose licence nobody has looked at."""

from __future__ import annotations

import re

from tests.architecture.rules import ROOT

LOCKED = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)


def listed() -> set[str]:
    """The packages in the table of docs/licences.md."""
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in page.splitlines() if line.startswith("| ")]
    return {name.strip().partition(" ")[0] for row in rows for name in row.split(",")}


def handed_on() -> set[str]:
    """The packages a shop's machine gets."""
    return set(LOCKED.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")))


def test_every_runtime_package_is_listed_with_its_licence() -> None:
    locked = handed_on()
    assert {"pyside6-essentials", "sqlalchemy"} <= locked
    assert sorted(locked - listed()) == []


def test_no_package_is_listed_that_is_not_used() -> None:
    locked = handed_on()
    assert sorted(listed() - locked - {"packages", "---"}) == []
