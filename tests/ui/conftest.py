"""A window for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.ui.panes import checkout
from pos.ui.widgets import button
from tests.ui.driver import Driver


@pytest.fixture(autouse=True)
def quick_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests touch at once what people touch later."""
    monkeypatch.setattr(button, "BOUNCE_MS", 0)
    monkeypatch.setattr(checkout, "BOUNCE_MS", 0)
    monkeypatch.setattr(checkout, "SECOND_MS", 0)


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
