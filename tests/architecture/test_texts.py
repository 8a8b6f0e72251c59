"""The languages say the same things, and everything the program says stands in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from pos.runtime.texts import LANGUAGES, load_texts
from tests.architecture.rules import ROOT, called_name, modules

PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")

GOES_ON = re.compile(r"[.!?;] \S| – ")
ROWS = {"refusal.import_row", "refusal.import_missing", "refusal.import_twice"}
"""Beside the number of a row in a report, which says above it what became of the rest."""


def placeholders(text: str) -> set[str]:
    """The names in braces; raises ValueError for a text that cannot be filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def values_by_key(language: str) -> dict[str, set[str]]:
    """Every key of a language, plural forms folded into one, with the values its text names."""
    found: dict[str, set[str]] = {}
    for key, text in load_texts(language).items():
        found.setdefault(PLURAL.sub("", key), set()).update(placeholders(text))
    return found


def refusals() -> Iterator[tuple[str, str, set[str]]]:
    """Every `Refusal("code", name=…)` in the program: where, code, names of its values."""
    for where, node in calls():
        match node:
            case ast.Call(args=[ast.Constant(value=str(code))], keywords=given):
                if called_name(node) == "Refusal":
                    yield where, code, {str(one.arg) for one in given}


def asked_keys() -> Iterator[tuple[str, str]]:
    """Every `….get("a.key")` in the program: where, and the key."""
    for where, node in calls():
        match node:
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(key)), *_]):
                if KEY.fullmatch(key):
                    yield where, key


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the program, with its place."""
    for path in modules("pos"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_key(language: str) -> None:
    every = set().union(*(values_by_key(each) for each in LANGUAGES))
    missing = sorted(every - values_by_key(language).keys())
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_text_has_a_form_for_every_other_number(language: str) -> None:
    texts = load_texts(language)
    plurals = {PLURAL.sub("", key) for key in texts if PLURAL.search(key)}
    assert [key for key in sorted(plurals) if f"{key}.other" not in texts] == []


def test_the_languages_name_the_same_values() -> None:
    first, *others = (values_by_key(language) for language in LANGUAGES)
    different = [
        f"{key}: {first[key]} but {other[key]}"
        for other in others
        for key in sorted(first.keys() & other.keys())
        if first[key] != other[key]
    ]
    assert not different, "\n".join(different)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_has_a_text_and_the_values_it_names(language: str) -> None:
    texts = values_by_key(language)
    missing = [
        f"{where} refusal.{code} {texts.get(f'refusal.{code}', 'has no text')}"
        for where, code, given in refusals()
        if not texts.get(f"refusal.{code}", {"no text"}) <= given
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_the_program_asks_for_is_there(language: str) -> None:
    there = values_by_key(language)
    missing = [f"{where} {key}" for where, key in asked_keys() if key not in there]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_says_more_than_what_happened(language: str) -> None:
    """One sentence for what happened; then what is safe, what to do, or both."""
    texts = load_texts(language)
    short = [
        f"{key} = {text}"
        for key, text in sorted(texts.items())
        if key.startswith("refusal.") and key not in ROWS and not GOES_ON.search(text)
    ]
    assert not short, "\n".join(short)


def test_a_short_refusal_is_found() -> None:
    assert not GOES_ON.search("Beleg {number} gibt es an dieser Kasse nicht.")
    assert GOES_ON.search("Es gibt nichts zu parken. Bitte zuerst einen Artikel erfassen.")
    assert GOES_ON.search("Die Kasse ist gesperrt – bitte PIN eingeben.")


def test_placeholders_are_found() -> None:
    assert placeholders("{count} of {name:>5}, {{not this}}") == {"count", "name"}


def test_the_program_is_searched() -> None:
    """Otherwise the two tests above would hold for an empty list."""
    assert len(list(refusals())) > 10
