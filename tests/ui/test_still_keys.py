"""Keys that take money stay where they are, and nothing lies over them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from pos.domain.money import Money
from pos.ui.panes import checkout
from pos.ui.widgets.button import Key
from pos.ui.widgets.note_key import NoteKey
from pos.ui.work import Tone
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.ui.driver import Driver

SIZES = ((1024, 768), (1920, 1080), (1080, 1920))


@pytest.fixture
def any_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "BOUNCE_MS", -1)


def place_of(driver: Driver, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(driver.shell, QPoint()), widget.size())


def keys_of_payment(driver: Driver) -> dict[str, QRect]:
    """Where every key of the payment is that takes money or types it."""
    pane = driver.selling.checkout
    given = pane.tenders.findChildren(Key)
    return {
        key.accessibleName().split(" €")[0]: place_of(driver, key)
        for key in pane.findChildren(Key)
        if key.isVisible() and key not in given and not isinstance(key, NoteKey)
    } | {
        str(key.note): place_of(driver, key)
        for key in pane.findChildren(NoteKey)
        if key.isVisible()
    }


def resize(driver: Driver, size: tuple[int, int]) -> None:
    driver.shell.resize(*size)
    driver.settle()
    driver.settle()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("any_pace")
def test_no_key_of_the_payment_moves_when_money_comes(
    selling: Driver, size: tuple[int, int]
) -> None:
    resize(selling, size)
    for code in (COFFEE, COFFEE, COFFEE, MILK):
        selling.scan(code)
    selling.key(Qt.Key.Key_F10)
    selling.settle()
    before = keys_of_payment(selling)
    assert len(before) > 18
    for _ in range(4):
        five = next(key for key in selling.visible(NoteKey) if key.note == Money(500))
        selling.touch(five)
        assert keys_of_payment(selling) == before
    assert len(selling.sale.tenders) == 4


def test_a_second_touch_after_a_note_never_pays_exactly(selling: Driver) -> None:
    """Due 5.82: a touch on 5, and the finger comes down in the same place again."""
    for code in (MILK, COLA, COLA):
        selling.scan(code)
    selling.key(Qt.Key.Key_F10)
    five = next(key for key in selling.visible(NoteKey) if key.note == Money(500))
    spot = five.mapTo(selling.shell, five.rect().center())
    selling.touch(five)
    selling.settle()
    assert selling.shell.childAt(spot) is five


@pytest.mark.parametrize("size", SIZES)
def test_the_key_to_the_next_customer_is_where_no_money_was_taken(
    selling: Driver, size: tuple[int, int]
) -> None:
    resize(selling, size)
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F10)
    selling.settle()
    taken = keys_of_payment(selling)
    selling.touch_key("Karte")
    assert selling.shell.page == "change"
    going_on = place_of(selling, selling.find_key("Nächster Kunde"))
    assert not [name for name, spot in taken.items() if spot.intersects(going_on)]


LONG = (
    "Die Lade ging nicht auf. Kein Papier. Neue Rolle einlegen. Der Verkauf ist gebucht; die Lade "
    "bitte mit dem Schlüssel öffnen. Das hier steht nur da, damit es noch etwas länger wird."
)


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("size", SIZES)
def test_a_notice_lies_over_no_key(selling: Driver, size: tuple[int, int], scale: int) -> None:
    selling.shell.preferences.scale = scale
    selling.shell.rebuild()
    resize(selling, size)
    selling.scan(COFFEE)
    assert not covered_by_a_notice(selling)
    selling.key(Qt.Key.Key_F10)
    assert not covered_by_a_notice(selling)
    selling.window.work.do(lambda till: till.tender("cash"))
    selling.settle()
    assert selling.shell.page == "change"
    assert not covered_by_a_notice(selling)


def covered_by_a_notice(driver: Driver) -> list[str]:
    """The keys a notice would lie over where the window is now."""
    driver.window.work.say(Tone.WARN, LONG)
    driver.settle()
    notices = driver.shell.notices
    assert notices is not None
    assert notices.isVisible()
    covered = place_of(driver, notices)
    keys = [key for key in driver.visible(Key) if not notices.isAncestorOf(key)]
    return [key.text() for key in keys if covered.intersects(seen(driver, key))]


def seen(driver: Driver, key: Key) -> QRect:
    """The part of a key that is in sight: what is scrolled away lies under nothing."""
    part = key.visibleRegion().boundingRect()
    return QRect(key.mapTo(driver.shell, part.topLeft()), part.size())


def test_all_of_a_long_notice_can_be_read(selling: Driver) -> None:
    selling.window.work.say(Tone.WARN, LONG)
    selling.settle()
    assert selling.shell.notices is not None
    assert selling.shell.notices.shown_text == LONG
