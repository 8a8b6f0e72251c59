"""The keyboard wedge: scans are told from typing, and neither leaks into the other."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.ui.keys import GAP_MS, MAX_LENGTH
from pos.ui.screens.strips import HeldStrip
from pos.ui.widgets.button import Key
from tests.support.catalogue import BANANA, COFFEE, COLA, MILK
from tests.ui.driver import Driver, press_sign


def test_ten_scans_without_a_pause_lose_none(selling: Driver) -> None:
    for _ in range(5):
        selling.scan(MILK)
        selling.scan(COFFEE)
    assert [line.quantity.thousandths for line in selling.sale.lines] == [5000, 5000]
    assert selling.selling.catalogue.typed == ""


def test_a_scan_leaves_what_was_typed_alone(selling: Driver) -> None:
    selling.write("kaff")
    selling.scan(MILK)
    assert selling.selling.catalogue.typed == "kaff"
    assert selling.sale.total == Money(159)


def test_a_scan_never_presses_a_key(selling: Driver) -> None:
    selling.scan(MILK)
    selling.selling.cart.pay.setFocus()
    selling.scan(COFFEE)
    assert selling.sale.state is SaleState.OPEN
    assert selling.sale.lines_count == 2


def test_a_scan_ends_the_typing_of_a_number(selling: Driver) -> None:
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F4)
    selling.write("2")
    selling.scan(MILK)
    assert selling.sale.lines[0].quantity.thousandths == 2000  # one and one, not 22
    assert selling.selling.pane is selling.selling.catalogue


def test_a_scan_during_payment_changes_nothing_and_is_told(selling: Driver) -> None:
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F10)
    selling.scan(COFFEE)
    assert selling.sale.state is SaleState.TENDERING
    assert selling.sale.lines_count == 1
    assert selling.selling.checkout.entry.text == ""
    assert len(selling.notices) == 1


def test_a_scan_during_payment_is_kept_for_the_cashier_to_decide(selling: Driver) -> None:
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F10)
    selling.scan(COFFEE)
    selling.scan(COLA)
    assert [held.scanned for held in selling.view.unknown] == [COFFEE, COLA]
    selling.touch(selling.visible(HeldStrip)[0].findChildren(Key)[0])
    assert selling.sale.state is SaleState.OPEN
    assert [line.name for line in selling.sale.lines] == ["Vollmilch 1 l", "Kaffee gemahlen 500 g"]
    selling.visible(HeldStrip)[0].put_away()
    selling.settle()
    assert not selling.view.unknown


def test_a_scan_of_weighed_goods_asks_for_the_weight(selling: Driver) -> None:
    selling.scan(BANANA)
    assert selling.selling.pane is selling.selling.goods.measures
    selling.write("1,5")
    selling.key(Qt.Key.Key_Return)
    assert selling.sale.lines[0].quantity.thousandths == 1500


def test_a_scan_brings_the_sale_back_into_sight(selling: Driver) -> None:
    selling.shell.open("help")
    selling.scan(MILK)
    assert selling.shell.page == "sale"


def test_a_scan_before_signing_in_types_no_pin(driver: Driver) -> None:
    driver.scan(MILK)
    assert driver.shell.page == "sign_in"
    assert driver.notices == [driver.window.work.texts.get("ui.notice.scan_early")]


def test_typing_by_hand_arrives_whole(selling: Driver, qtbot: QtBot) -> None:
    selling.window.wedge.set_gap(GAP_MS)
    field = selling.selling.catalogue.field
    typed = ""
    for sign in "milch":
        press_sign(selling.handle, sign)
        typed += sign
        qtbot.waitUntil(partial(_shows, field, typed))
    assert selling.view.sale is None


def test_fast_typing_of_a_few_keys_is_no_scan(selling: Driver, qtbot: QtBot) -> None:
    field = selling.selling.catalogue.field
    for sign in "kaff":
        press_sign(selling.handle, sign)
    assert field.text() == ""  # held
    selling.window.wedge.set_gap(GAP_MS)
    qtbot.waitUntil(partial(_shows, field, "kaff"))
    QTest.keyClick(selling.handle, Qt.Key.Key_Return)
    selling.settle()
    assert [line.name for line in selling.sale.lines] == ["Kaffee gemahlen 500 g"]


def test_keys_that_wait_behind_late_timers_are_collected(selling: Driver, qtbot: QtBot) -> None:
    """The program was busy twice while the scanner sent: pauses end late, keys are in the queue."""
    code = MILK
    wedge = selling.window.wedge
    (pause,) = wedge.findChildren(QTimer)
    press_sign(selling.handle, code[0])
    wedge.set_gap(GAP_MS)
    for _ in range(2):
        busy_until = time.monotonic() + 3 * GAP_MS / 1000
        while time.monotonic() < busy_until:
            pass
        pause.timeout.emit()
    wedge.set_gap(60_000)
    selling.scan(code[1:])
    assert selling.sale.total == Money(159)


def test_keys_in_the_queue_go_before_the_end_of_a_pause(selling: Driver) -> None:
    """A pause that ends in time still looks into the queue once."""
    (pause,) = selling.window.wedge.findChildren(QTimer)
    press_sign(selling.handle, MILK[0])
    pause.timeout.emit()
    selling.scan(MILK[1:])
    assert selling.sale.total == Money(159)
    assert selling.selling.catalogue.typed == ""


def test_keys_handled_late_are_a_scan_by_when_they_were_pressed(selling: Driver) -> None:
    """The program comes round to each key too late; the stamps tell that it is a scanner."""
    wedge = selling.window.wedge
    wedge.set_gap(GAP_MS)
    (pause,) = wedge.findChildren(QTimer)
    for place, sign in enumerate(MILK):
        _press_at(selling, sign, 1000 + 8 * place)
        busy_until = time.monotonic() + 2 * GAP_MS / 1000
        while time.monotonic() < busy_until:
            pass
        pause.timeout.emit()
    _press_at(selling, "\r", 1000 + 8 * len(MILK))
    selling.settle()
    assert selling.sale.total == Money(159)
    assert selling.selling.catalogue.typed == ""


def test_typing_handled_late_is_no_scan(selling: Driver) -> None:
    """What a hand typed while the program was busy comes all at once, and stays typing."""
    codes: list[str] = []
    wedge = selling.window.wedge
    wedge.scanned.connect(codes.append)
    wedge.set_gap(GAP_MS)
    for place, sign in enumerate("kaffee\r"):
        _press_at(selling, sign, 1000 + 120 * place)
    selling.settle()
    assert not codes
    assert [line.name for line in selling.sale.lines] == ["Kaffee gemahlen 500 g"]


def test_keys_without_stamps_count_when_they_come(selling: Driver) -> None:
    codes: list[str] = []
    selling.window.wedge.scanned.connect(codes.append)
    for sign in (*MILK, "\r"):
        _press_at(selling, sign, 0)
    selling.settle()
    assert codes == [MILK]


def _press_at(driver: Driver, sign: str, stamp: int) -> None:
    """A key with the moment the system says it was pressed, in milliseconds; 0 for none."""
    key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
        event.setTimestamp(stamp)
        QApplication.sendEvent(driver.handle, event)


def test_enter_right_behind_a_few_fast_keys_stays_behind_them(selling: Driver) -> None:
    selling.scan("kaff")  # too short for a scan: typed, and its Enter too
    assert [line.name for line in selling.sale.lines] == ["Kaffee gemahlen 500 g"]


def test_capitals_and_separators_are_part_of_a_scan(selling: Driver) -> None:
    codes: list[str] = []
    selling.window.wedge.scanned.connect(codes.append)
    selling.scan("]d2010900000000001510LOT-7\x1d37/2")
    assert codes == ["]d2010900000000001510LOT-7\x1d37/2"]


def test_a_scanner_without_suffix_is_known_by_its_speed(selling: Driver, qtbot: QtBot) -> None:
    with qtbot.waitSignal(selling.window.wedge.scanned) as caught:
        selling.scan("019000000000015X9", suffix=None)
        selling.window.wedge.set_gap(GAP_MS)  # begins the pause that ends the scan
    assert caught.args == ["019000000000015X9"]


def test_ten_thousand_characters_are_one_notice(selling: Driver) -> None:
    selling.scan(MILK)
    selling.scan("x" * 10_000)
    assert selling.sale.lines_count == 1
    assert selling.selling.catalogue.typed == ""
    assert len(selling.notices) == 1
    selling.scan(COLA)
    assert selling.sale.lines_count == 3


def test_the_longest_scan_is_still_one(selling: Driver) -> None:
    codes: list[str] = []
    selling.window.wedge.scanned.connect(codes.append)
    selling.scan("7" * MAX_LENGTH)
    assert [len(code) for code in codes] == [MAX_LENGTH]


def test_garbage_is_told_beside_the_sale_and_stops_nobody(selling: Driver) -> None:
    selling.scan("§$%&/()=?*+~#'ßäöü")
    assert [unknown.id for unknown in selling.view.unknown] == [1]
    selling.scan(MILK)
    assert selling.sale.total == Money(159)
    selling.touch_key(selling.window.work.texts.get("ui.cart.dismiss"))
    assert not selling.view.unknown


def _shows(field: QLineEdit, text: str) -> bool:
    return field.text() == text
