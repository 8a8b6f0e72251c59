"""The papers come out as they did when they were last looked at."""

from __future__ import annotations

import pytest

from tests.golden.papers import FOLDER, golden_files


@pytest.mark.parametrize("name", [name for name, _ in golden_files()])
def test_a_paper_has_not_changed(name: str) -> None:
    assert dict(golden_files())[name] == (FOLDER / name).read_bytes()


def test_no_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {name for name, _ in golden_files()}
