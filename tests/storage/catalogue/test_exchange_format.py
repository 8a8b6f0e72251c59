"""The declaration holds together: with itself, the tables, the texts and the documentation."""

from __future__ import annotations

import ast

import pytest

from pos.runtime.texts import LANGUAGES, load_texts
from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.fields import Field, FileFormat, Kind
from pos.storage.catalogue.tables import TABLES
from pos.storage.catalogue.values import parser_of
from tests.architecture.rules import ROOT
from tools.data_formats import PAGE, with_tables

FIELDS = [
    pytest.param(file, field, id=f"{file.name}.{field.name}")
    for file in FORMATS
    for field in file.fields
]


@pytest.mark.parametrize(("file", "field"), FIELDS)
def test_field_is_declared_soundly(file: FileFormat, field: Field) -> None:
    before = [each.name for each in FORMATS[: FORMATS.index(file) + 1]]
    assert not field.refers or field.refers in before, "refers to a file loaded later"
    assert bool(field.refers) <= (field.kind in (Kind.KEY, Kind.KEYS))
    assert bool(field.choices) == (field.kind in (Kind.CHOICE, Kind.CHOICES))
    assert not (field.required and field.default)
    if field.default:
        parser_of(field)(field.default)
    assert (field.name in TABLES[file.name].c) == (field.kind is not Kind.PIN)


@pytest.mark.parametrize("file", FORMATS, ids=lambda file: file.name)
def test_file_is_declared_soundly(file: FileFormat) -> None:
    names = [field.name for field in file.fields]
    assert len(names) == len(set(names))
    used = {*file.key, *([file.tree] if file.tree else []), *(file.one_of or ())}
    used |= {name for need in file.needs for name in (need.field, need.needed)}
    assert used <= set(names)


def test_documentation_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page) == page, "run: python -m tools.data_formats"


def reasons() -> set[str]:
    """Every reason the package gives for a problem: second or fourth argument of its makers."""
    found = set()
    files = (ROOT / "pos" / "storage" / "catalogue").glob("*.py")
    for path in (*files, ROOT / "pos" / "till" / "partners.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="BadValue"), args=[ast.Constant(value=str(reason)), *_]
                ):
                    found.add(reason)
                case ast.Call(
                    func=ast.Name(id="Problem"),
                    args=[_, _, _, ast.Constant(value=str(reason)), *_],
                ):
                    found.add(reason)
                case ast.Call(
                    func=ast.Attribute(attr="_tell" | "_drop"),
                    args=[_, _, ast.Constant(value=str(reason)), *_],
                ):
                    found.add(reason)
                case ast.Call(
                    func=ast.Attribute(attr="_out" | "_keep_all"),
                    args=[_, ast.Constant(value=str(reason)), *_],
                ):
                    found.add(reason)
                case ast.Assign(
                    targets=[ast.Attribute(attr="_fault")], value=ast.Constant(value=str(reason))
                ) if reason:
                    found.add(reason)
    return found | {"columns", "empty"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_text_and_every_text_its_reason(language: str) -> None:
    prefix = "catalogue.problem."
    texts = {key.removeprefix(prefix) for key in load_texts(language) if key.startswith(prefix)}
    assert texts == reasons()
