"""A whole sale by each way alone: keyboard, touch, scanner and one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.ui.models.tiles import TILE
from pos.ui.screens.change import FOR_THE_NEXT_SALE
from pos.ui.screens.sign_in import OperatorTile
from pos.ui.widgets import button
from pos.ui.widgets.note_key import NoteKey
from tests.support.catalogue import CARTON, COFFEE, COLA, MILK
from tests.ui.driver import NONE, Driver

ENTER = Qt.Key.Key_Return


class PowerCut(BaseException):
    """Ends the program at once; nothing catches it."""


def test_by_keyboard_alone_from_signing_in_to_closing(driver: Driver) -> None:
    driver.key(Qt.Key.Key_Down)  # from Anna to Maria
    driver.write("9999")
    driver.key(ENTER)
    assert driver.shell.page == "open_session"
    driver.write("150")
    driver.key(ENTER)
    assert driver.view.session is not None
    assert driver.view.session.opening_float == Money(15000)

    driver.write(f"2*{MILK}")
    driver.key(ENTER)
    driver.write("kaff")
    driver.key(ENTER)
    assert [line.name for line in driver.sale.lines] == ["Vollmilch 1 l", "Kaffee gemahlen 500 g"]
    assert driver.sale.total == Money(2 * 159 + 799)

    driver.key(Qt.Key.Key_Up)
    driver.key(Qt.Key.Key_F4)
    driver.write("3")
    driver.key(ENTER)
    assert driver.sale.lines[0].quantity.thousandths == 3000

    driver.key(Qt.Key.Key_Delete)
    assert driver.sale.lines[0].removed
    driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not driver.sale.lines[0].removed

    driver.key(Qt.Key.Key_F10)
    assert driver.sale.state is SaleState.TENDERING
    driver.write("20")
    driver.key(ENTER)
    assert driver.shell.page == "change"
    assert driver.view.last_sale is not None
    assert driver.view.last_sale.change == Money(2000 - 3 * 159 - 799)
    driver.key(ENTER)
    assert driver.shell.page == "sale"

    driver.shell.open("close_session")
    expected = 15000 + 3 * 159 + 799
    notes, rest = divmod(expected, 10000)
    driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_Down)  # 100.00
    driver.write(str(notes))
    for _ in range(12):
        driver.key(Qt.Key.Key_Down)  # to the last coin, 0.01
    driver.write(str(rest))
    driver.key(ENTER)
    assert driver.view.session is None
    assert driver.shell.page == "z_report"


def test_by_touch_alone(driver: Driver) -> None:
    anna = next(tile for tile in driver.visible(OperatorTile) if tile.operator.number == "anna")
    driver.touch(anna)
    for digit in "1111":
        driver.touch_key(digit)
    driver.touch_key("Anmelden")
    driver.touch_key("Sitzung öffnen")

    _touch_tile(driver, "Getränke")
    _touch_tile(driver, "Cola 0,5 l")
    _touch_tile(driver, "Cola 0,5 l")
    assert driver.sale.lines[0].quantity.thousandths == 2000
    assert driver.sale.lines[1].name == "Einwegpfand"

    driver.touch_key("Eines mehr")
    assert driver.sale.lines[0].quantity.thousandths == 3000
    driver.touch_key("Bezahlen")
    five = next(key for key in driver.visible(NoteKey) if key.note == Money(500))
    driver.touch(five)
    assert driver.sale.due == Money(3 * (189 + 25) - 500)
    driver.touch_key("Karte")
    assert driver.view.last_sale is not None
    assert [tender.method for tender in driver.view.last_sale.tenders] == ["cash", "card"]
    driver.touch_key("Nächster Kunde")
    assert driver.shell.page == "sale"


def test_by_scanner_and_one_key(selling: Driver) -> None:
    for code in (COFFEE, MILK, COLA):
        selling.scan(code)
    assert selling.sale.lines_count == 4  # the deposit comes by itself
    selling.key(ENTER)  # to payment
    selling.key(ENTER)  # exact, in cash
    assert selling.view.last_sale is not None
    assert selling.view.last_sale.total == Money(799 + 159 + 189 + 25)
    selling.scan(MILK)  # the next customer needs no key at all
    assert selling.shell.page == "sale"
    assert selling.sale.total == Money(159)


def test_a_carton_counts_cartons(selling: Driver) -> None:
    selling.scan(CARTON)
    assert selling.sale.lines[0].packaging == "Karton"
    selling.key(Qt.Key.Key_Plus)
    line = selling.sale.lines[0]
    assert line.packs is not None
    assert line.packs.thousandths == 2000
    assert line.quantity.thousandths == 24000


def test_weighed_goods_ask_for_their_weight(selling: Driver) -> None:
    selling.write("banan")
    selling.key(ENTER)
    assert selling.view.sale is None
    selling.write("0,350")
    selling.key(ENTER)
    assert selling.sale.lines[0].quantity.thousandths == 350
    assert selling.sale.total == Money(87)


def test_a_typed_number_goes_straight_to_quantity_and_price(selling: Driver) -> None:
    selling.scan(MILK)
    selling.write("4")
    selling.key(Qt.Key.Key_F4)
    assert selling.sale.lines[0].quantity.thousandths == 4000
    selling.write("0,99")
    selling.key(Qt.Key.Key_F5)
    assert selling.sale.total == Money(396)
    assert selling.sale.lines[0].price_source == "manual"


def test_parking_and_taking_up_again(selling: Driver) -> None:
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F7)
    selling.write("Huber")
    selling.key(ENTER)
    assert selling.view.sale is None
    assert [parked.label for parked in selling.view.parked] == ["Huber"]
    selling.key(Qt.Key.Key_F7)
    selling.write("1")
    assert selling.sale.label == "Huber"
    assert selling.selling.pane is selling.selling.catalogue


def test_payment_can_be_left_and_tenders_given_back(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.write("5")
    selling.key(ENTER)
    assert selling.sale.due == Money(299)
    selling.touch_key("Bar € 5,00 zurückgeben".replace("€ ", "€\u00a0"))
    assert selling.sale.due == Money(799)
    selling.write("12")
    states = []
    for _ in range(2):  # first the typed number goes, then the payment
        selling.key(Qt.Key.Key_Escape)
        states.append(selling.sale.state)
    assert states == [SaleState.TENDERING, SaleState.OPEN]


def test_locking_keeps_the_sale(selling: Driver) -> None:
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F12)
    assert selling.shell.page == "sign_in"
    selling.write("9999")
    selling.key(ENTER)
    assert selling.shell.page == "sale"
    assert selling.sale.total == Money(159)


def test_a_bouncing_finger_pays_nothing(selling: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    selling.scan(MILK)
    monkeypatch.setattr(button, "BOUNCE_MS", 60_000)
    selling.key(Qt.Key.Key_F10)
    QTest.mouseClick(selling.selling.cart.back, Qt.MouseButton.LeftButton)
    selling.settle()
    assert selling.sale.state is SaleState.TENDERING


def test_enter_held_down_pays_nothing(selling: Driver) -> None:
    selling.scan(MILK)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", autorep=True)
    QApplication.sendEvent(selling.shell, held)
    selling.settle()
    assert selling.sale.state is SaleState.OPEN


def _touch_tile(driver: Driver, name: str) -> None:
    grid = driver.selling.catalogue.grid
    model = driver.selling.catalogue.model
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        tile = index.data(TILE)
        if getattr(tile, "name", "") == name or (
            getattr(tile, "product", None) and (tile.product.name == name)
        ):
            driver.touch(grid.viewport(), grid.visualRect(index).center())
            return
    raise AssertionError(f"no tile {name}")


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_F8, "history"), (Qt.Key.Key_F1, "help"), (Qt.Key.Key_F12, "")]
)
def test_keys_of_other_pages_work_beside_the_change(
    selling: Driver, key: Qt.Key, page: str
) -> None:
    _sell(selling)
    selling.key(key)
    assert selling.shell.page == (page or "sign_in")
    if page:
        selling.key(Qt.Key.Key_Escape)
        assert selling.shell.page == "change"


@pytest.mark.parametrize("key", FOR_THE_NEXT_SALE)
def test_a_key_of_the_sale_on_the_change_does_what_it_does_there(
    selling: Driver, key: Qt.Key
) -> None:
    selling.key(key)
    assert selling.shell.page == "sale"
    pane, notices = selling.selling.pane, len(selling.notices)
    selling.key(Qt.Key.Key_Escape)
    _sell(selling)
    told = len(selling.notices)
    selling.key(key)
    assert selling.shell.page == "sale"
    assert type(selling.selling.pane) is type(pane)
    assert len(selling.notices) - told == notices


def test_typing_on_the_change_begins_the_next_sale(selling: Driver) -> None:
    _sell(selling)
    selling.write("3*semmel")
    assert selling.selling.catalogue.typed == "3*semmel"
    selling.key(Qt.Key.Key_Return)
    assert [line.quantity.thousandths for line in selling.sale.lines] == [3000]


def test_the_copy_key_on_the_change_prints_a_copy(selling: Driver) -> None:
    _sell(selling)
    selling.write("b")
    assert selling.view.last_sale is not None and selling.view.last_sale.copies == 1
    assert selling.shell.page == "change"


def _sell(driver: Driver) -> None:
    driver.scan(COLA)
    driver.window.work.do(lambda till: till.tender("cash"))
    driver.settle()
    assert driver.shell.page == "change"


def test_tab_stays_on_the_change_and_the_next_scan_finds_the_sale(selling: Driver) -> None:
    selling.scan(COLA)
    selling.window.work.do(lambda till: till.tender("cash"))
    selling.settle()
    assert selling.shell.page == "change"
    change = selling.shell.screen_in_sight
    for key in (Qt.Key.Key_Tab,) * 5 + (Qt.Key.Key_Backtab,) * 5:
        selling.key(key)
        assert change.isAncestorOf(selling.focus)
    selling.scan(COLA)
    assert selling.shell.page == "sale"
    assert not change.isVisible()


def test_a_sale_that_was_paid_when_the_power_went_shows_its_change_once(
    qapp: object, tmp_path: Path
) -> None:
    """Start-up finishes it; nobody saw the change, and the goods must not be rung up again."""
    driver = Driver(tmp_path)
    driver.open("anna", "1111")
    driver.scan(COFFEE)

    def cut(point: str) -> None:
        if point == "after_reserve":
            raise PowerCut

    driver.desk.desk.reached = cut
    with pytest.raises(PowerCut):
        driver.desk.till.tender("cash", Money(2000))
    driver.close()
    again = Driver(tmp_path)
    assert again.shell.page == "sign_in"
    again.desk.till.sign_in("anna", "1111")
    again.window.work.do(lambda till: till.view())
    again.settle()
    assert again.shell.page == "change"
    said = [each.text() for each in again.visible(QLabel)]
    assert any(each.endswith("12,01") for each in said)
    assert any("war schon bezahlt" in each for each in said)
    again.key(ENTER)
    assert again.shell.page == "sale"
    again.scan(MILK)
    again.window.work.do(lambda till: till.tender("cash"))
    again.settle()
    assert not any("war schon bezahlt" in each.text() for each in again.visible(QLabel))
    again.close()
