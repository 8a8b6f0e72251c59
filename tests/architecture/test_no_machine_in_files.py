"""No file names a package index or a place on somebody's machine: the project stands alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.rules import ROOT

NOT_OURS = {
    ".git", ".venv", ".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache",
    ".ruff_cache", "__pycache__", "build", "dist", "var",
}  # fmt: skip
"""What git ignores; in a second work tree `.git` is a file."""

# Written with character classes, so that this file does not match itself.
INDEX = re.compile(
    r"py[p]i\.(org|python)|python[h]osted|(--|PIP_|UV_)(extra.)?inde[x].url|find[-_]link[s]",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.$~/}])/(work|root|opt|Users|home|tmp|mnt)/[\w.]")

ALLOWED = {"tools/lock.sh": "switches that keep the addresses out of the lock files"}


def texts_of_the_project() -> Iterator[tuple[str, str]]:
    """Path and content of every text file, tracked or about to be."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(set(subfolders) - NOT_OURS)
        for name in sorted(set(names) - NOT_OURS):
            path = Path(folder, name)
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a picture or a font


def matches(pattern: re.Pattern[str]) -> list[str]:
    """Every place the pattern is found at, as file:line."""
    return [
        f"{name}:{number}"
        for name, text in texts_of_the_project()
        if name not in ALLOWED
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("pattern", [INDEX, MACHINE])
def test_no_file_names_it(pattern: re.Pattern[str]) -> None:
    assert matches(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (INDEX, "--inde" + "x-url https://example.org/simple"),
        (INDEX, "https://py" + "pi.org/simple"),
        (INDEX, "PIP_EXTRA_INDE" + "X_URL=x"),
        (MACHINE, "cd /wo" + "rk/main"),
        (MACHINE, 'DATA = "/ho' + 'me/anna/till"'),
        (MACHINE, "(/op" + "t/wheels)"),
    ],
)
def test_a_planted_line_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_a_walk_reaches_the_files_that_matter() -> None:
    names = {name for name, _ in texts_of_the_project()}
    assert {"Makefile", "pyproject.toml", "requirements/dev.txt", ".ci/run"} <= names
    assert Path(__file__).relative_to(ROOT).as_posix() in names
