from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.shop import make_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the catalogue of the test shop, and nothing sold."""
    return make_shop(tmp_path_factory.mktemp("shop") / "data")


@pytest.fixture
def data(shop: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(shop, tmp_path / "data"))
