from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.till.old_versions import sell_two_days
from tests.support.till import TestTill


@pytest.fixture(scope="session")
def days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what `sell_two_days` does in it."""
    return sell_two_days(tmp_path_factory.mktemp("days"))


@pytest.fixture
def folder(days: Path, tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    return Path(shutil.copytree(days, tmp_path / "data"))


@pytest.fixture
def desk(folder: Path) -> Iterator[TestTill]:
    """The till on that folder, opened again."""
    desk = TestTill(folder)
    yield desk
    desk.close()
