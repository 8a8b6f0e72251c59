"""A receipt or report as PDF: one key, a line that says where it lies, and one key to open it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.ui import outside
from pos.ui.screens.history import HistoryPage
from pos.ui.screens.paper_file import SavedStrip
from pos.ui.screens.report import ReportPage
from pos.ui.widgets.button import Key
from tests.support.catalogue import MILK
from tests.ui.driver import Driver


@pytest.fixture
def sold(selling: Driver) -> Driver:
    """A window on a till with receipt 1."""
    selling.desk.desk.paper_folder = selling.desk.folder / "papers"
    selling.scan(MILK)
    selling.window.work.do(lambda till: till.tender("cash"))
    selling.window.work.do(lambda till: till.new_sale())
    selling.settle()
    return selling


def files(driver: Driver) -> list[str]:
    return sorted(path.name for path in driver.desk.desk.paper_folder.glob("*"))


def test_a_receipt_is_saved_and_opened(sold: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_it(path: str) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(outside, "open_outside", open_it)
    sold.key(Qt.Key.Key_F8)
    page = sold.shell.screen_in_sight
    assert isinstance(page, HistoryPage)
    sold.key(Qt.Key.Key_F5)
    assert files(sold) == ["Beleg-Nr-1-Kopie-1.pdf"]
    (strip,) = sold.visible(SavedStrip)
    sold.touch(strip.findChildren(Key)[0])
    (path,) = map(Path, opened)
    assert path.read_bytes().startswith(b"%PDF")
    sold.touch(strip.findChildren(Key)[-1])
    assert not sold.visible(SavedStrip)


def test_where_nothing_opens_it_the_window_says_where_it_lies(
    sold: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "open_outside", lambda _path: False)
    sold.key(Qt.Key.Key_F8)
    sold.key(Qt.Key.Key_F5)
    sold.touch(sold.visible(SavedStrip)[0].findChildren(Key)[0])
    assert "Beleg-Nr-1-Kopie-1.pdf" in sold.notices[0]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_report_is_saved(sold: Driver, by_key: bool) -> None:
    sold.shell.open("x_report")
    sold.settle()
    page = sold.shell.screen_in_sight
    assert isinstance(page, ReportPage)
    if by_key:
        assert page.pdf_key.hint != page.print_key.hint
        sold.key(Qt.Key(ord(page.pdf_key.hint)))
    else:
        sold.touch(page.pdf_key)
    assert sold.visible(SavedStrip)
    (name,) = files(sold)
    assert name.startswith("X") and name.endswith(".pdf")


def test_a_folder_that_takes_nothing_is_told(sold: Driver) -> None:
    sold.desk.desk.paper_folder.write_text("in the way")
    sold.key(Qt.Key.Key_F8)
    sold.key(Qt.Key.Key_F5)
    assert not sold.visible(SavedStrip)
    assert len(sold.notices) == 1
