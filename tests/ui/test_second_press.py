"""A second press by accident, and a scanner's second Enter, neither pay nor put anything away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.domain.sale import SaleState
from pos.ui import second_press
from pos.ui.keys import GAP_MS
from pos.ui.panes import checkout
from pos.ui.widgets.note_key import NoteKey
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.ui.driver import Driver
from tests.ui.late_lane import LateLane

ENTER = Qt.Key.Key_Return
NONE = Qt.KeyboardModifier.NoModifier


class Fingers:
    """Presses keys at the window, each at a moment of its own, in milliseconds."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.now = 1_000

    def press(self, key: Qt.Key, after: int = 400, text: str = "", *, held: bool = False) -> None:
        """One key, so long after the one before."""
        self.now += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NONE, text, held)
            event.setTimestamp(self.now)
            QApplication.sendEvent(self.driver.handle, event)
        self.driver.settle()

    def scan(self, code: str, *ends: Qt.Key) -> None:
        """A scanner: 5 ms a key."""
        for sign in code:
            self.press(Qt.Key(ord(sign)), 5, sign)
        for end in ends:
            self.press(end, 5, "\r")


@pytest.fixture
def fingers(selling: Driver) -> Fingers:
    return Fingers(selling)


@pytest.fixture
def slow_hand(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Whatever is pressed from now on is pressed long after the page has come."""

    def later() -> None:
        monkeypatch.setattr(second_press, "SECOND_MS", -1)
        monkeypatch.setattr(checkout, "SECOND_MS", -1)

    return later


def test_a_scanner_that_ends_with_two_enters_only_scans(fingers: Fingers) -> None:
    driver = fingers.driver
    fingers.scan(COFFEE, ENTER, ENTER)
    fingers.now += 500
    fingers.scan(MILK, ENTER, ENTER)
    assert driver.view.last_sale is None
    assert driver.sale.state is SaleState.OPEN
    assert driver.sale.lines_count == 2


def test_a_line_feed_behind_a_scan_is_the_scanners_too(fingers: Fingers) -> None:
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_J, 5, "\n")
    assert fingers.driver.sale.state is SaleState.OPEN
    assert fingers.driver.selling.catalogue.typed == ""


def test_an_enter_of_the_hand_after_a_scan_pays(fingers: Fingers) -> None:
    fingers.scan(COFFEE, ENTER, ENTER)
    fingers.press(ENTER, 300)
    assert fingers.driver.sale.state is SaleState.TENDERING


def test_a_short_code_while_paying_is_no_amount(fingers: Fingers) -> None:
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    fingers.now += 500
    fingers.scan("11001", ENTER)
    driver = fingers.driver
    assert driver.sale.state is SaleState.TENDERING
    assert not driver.sale.tenders
    assert driver.selling.checkout.entry.text == ""
    assert [held.scanned for held in driver.view.unknown] == ["11001"]


def test_a_short_code_is_no_quantity(fingers: Fingers) -> None:
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F4)
    fingers.now += 500
    fingers.scan("110", ENTER)
    assert fingers.driver.sale.lines[0].quantity.thousandths == 1000
    assert fingers.driver.selling.pane is fingers.driver.selling.catalogue


@pytest.mark.parametrize("code", [MILK, "11001"])
def test_a_code_without_a_suffix_lands_in_no_amount(
    fingers: Fingers, qtbot: QtBot, code: str
) -> None:
    driver = fingers.driver
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    fingers.now += 500
    with qtbot.waitSignal(driver.window.wedge.scanned):
        fingers.scan(code)
        driver.window.wedge.set_gap(GAP_MS)  # begins the pause that ends the scan
    assert driver.selling.checkout.entry.text == ""


def test_an_amount_typed_fast_is_an_amount(fingers: Fingers, qtbot: QtBot) -> None:
    driver = fingers.driver
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    driver.window.wedge.set_gap(GAP_MS)
    for sign in "2000":
        fingers.press(Qt.Key(ord(sign)), 60, sign)
    qtbot.waitUntil(lambda: driver.selling.checkout.entry.text == "2000")


@pytest.mark.parametrize("key", [Qt.Key.Key_F10, ENTER])
def test_paying_pressed_twice_opens_payment_once(fingers: Fingers, key: Qt.Key) -> None:
    fingers.scan(COFFEE, ENTER)
    fingers.press(key)
    fingers.press(key, 80)
    driver = fingers.driver
    assert driver.sale.state is SaleState.TENDERING
    assert not driver.sale.tenders


def test_another_key_that_pays_waits_until_the_page_was_seen(
    fingers: Fingers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_press, "SECOND_MS", 60_000)
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    fingers.press(ENTER, 80)
    assert fingers.driver.sale.state is SaleState.TENDERING


def test_an_amount_typed_at_once_is_taken_at_once(
    fingers: Fingers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_press, "SECOND_MS", 60_000)
    driver = fingers.driver
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    driver.window.wedge.set_gap(GAP_MS)
    fingers.press(Qt.Key.Key_2, 90, "2")
    fingers.press(Qt.Key.Key_0, 90, "0")
    fingers.press(ENTER, 60, "\r")
    assert driver.shell.page == "change"


def test_the_change_stays_when_enter_bounces(
    fingers: Fingers, slow_hand: Callable[[], None]
) -> None:
    driver = fingers.driver
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    driver.window.wedge.set_gap(GAP_MS)
    fingers.press(Qt.Key.Key_2, 90, "2")
    fingers.press(Qt.Key.Key_0, 90, "0")
    for after in (90, 80, 200):
        fingers.press(ENTER, after, "\r")
    assert driver.shell.page == "change"
    slow_hand()
    fingers.press(ENTER, 400, "\r")
    assert driver.shell.page == "sale"


def test_a_letter_that_bounces_begins_no_sale(
    fingers: Fingers, slow_hand: Callable[[], None]
) -> None:
    driver = fingers.driver
    fingers.scan(COFFEE, ENTER)
    fingers.press(Qt.Key.Key_F10)
    driver.window.wedge.set_gap(0)
    letter = next(sign for sign, way in driver.selling.checkout.letters.items() if way == "card")
    fingers.press(Qt.Key(ord(letter)), 400, letter.lower())
    driver.window.wedge._let_go()
    driver.settle()
    fingers.press(Qt.Key(ord(letter)), 80, letter.lower())
    driver.window.wedge._let_go()
    driver.settle()
    assert driver.shell.page == "change"


def test_enter_held_down_opens_payment_and_no_more(fingers: Fingers) -> None:
    fingers.scan(COFFEE, ENTER)
    fingers.press(ENTER)
    for _ in range(30):
        fingers.press(ENTER, 500, "\r", held=True)
    assert fingers.driver.sale.state is SaleState.TENDERING
    assert not fingers.driver.sale.tenders


def test_a_note_touched_twice_by_a_bounce_is_one_note(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "BOUNCE_MS", 60_000)
    selling.scan(COFFEE)
    selling.scan(MILK)
    selling.key(Qt.Key.Key_F10)
    five = next(key for key in selling.visible(NoteKey) if key.note == Money(500))
    selling.touch(five)
    selling.touch(five)
    assert [tender.amount for tender in selling.sale.tenders] == [Money(500)]


def test_the_same_note_again_after_a_breath_is_another_note(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "BOUNCE_MS", -1)
    selling.scan(COFFEE)
    selling.scan(MILK)
    selling.scan(COLA)
    selling.key(Qt.Key.Key_F10)
    five = next(key for key in selling.visible(NoteKey) if key.note == Money(500))
    selling.touch(five)
    selling.touch(five)
    assert [tender.amount for tender in selling.sale.tenders] == [Money(500), Money(500)]


def test_a_tender_that_comes_after_the_last_one_says_nothing(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "BOUNCE_MS", -1)
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    late = LateLane()
    monkeypatch.setattr(selling.window.work, "_lane", late)
    for _ in range(3):
        selling.touch_key("Karte")
    selling.key(Qt.Key.Key_F10)
    selling.key(Qt.Key.Key_Escape)
    late.work()
    selling.settle()
    assert selling.shell.page == "change"
    assert selling.notices == []


def test_paying_pressed_again_before_the_till_answers_says_nothing(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    selling.scan(COFFEE)
    late = LateLane()
    monkeypatch.setattr(selling.window.work, "_lane", late)
    selling.key(Qt.Key.Key_F10)
    selling.key(Qt.Key.Key_F10)
    late.work()
    selling.settle()
    assert selling.sale.state is SaleState.TENDERING
    assert selling.notices == []


def test_a_command_without_a_sale_is_still_refused(selling: Driver) -> None:
    """Only what follows a closed sale at once is dropped."""
    selling.window.work.pay(lambda till: till.tender("cash"))
    selling.settle()
    assert len(selling.notices) == 1
