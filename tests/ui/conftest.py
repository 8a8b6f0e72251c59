"""A window for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.driver import Driver


@pytest.fixture
def driver(qapp: object, tmp_path: Path) -> Iterator[Driver]:
    """A window at its smallest, nobody signed in."""
    driver = Driver(tmp_path)
    yield driver
    driver.close()


@pytest.fixture
def selling(driver: Driver) -> Driver:
    """A window with a manager signed in and the session open."""
    driver.open()
    return driver
