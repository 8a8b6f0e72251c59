"""Everything has its room: nothing is cut, nothing overlaps, at the smallest window and with the
largest text."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.money import Money
from pos.ui.screens.history import HistoryPage
from pos.ui.widgets.button import Key
from pos.ui.widgets.facts_line import FactsLine
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.letters import Letters
from pos.ui.widgets.tile_grid import lines_of
from tests.support.catalogue import COFFEE, COLA
from tests.ui.driver import Driver


def place_of(driver: Driver, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(driver.shell, QPoint()), widget.size())


def letter_keys(driver: Driver) -> list[Key]:
    (letters,) = driver.visible(Letters)
    return [key for key in letters.findChildren(Key) if key.isVisible()]


def overlaps(keys: list[Key]) -> list[tuple[str, str]]:
    spots = [(key.accessibleName(), QRect(key.pos(), key.size())) for key in keys]
    return [(a, b) for (a, one), (b, other) in combinations(spots, 2) if one.intersects(other)]


def larger(driver: Driver, scale: int) -> None:
    driver.shell.preferences.scale = scale
    driver.shell.rebuild()
    driver.settle()
    driver.settle()


def test_letters_for_fingers_are_large_and_apart(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F7)
    keys = letter_keys(selling)
    assert min(min(key.width(), key.height()) for key in keys) >= 48
    for left, right in pairwise(keys):
        if left.y() == right.y():
            assert right.x() - (left.x() + left.width()) >= 8


def test_the_letters_of_a_void_can_be_read_and_do_not_overlap(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.window.work.do(lambda till: till.tender("cash"))
    selling.window.work.do(lambda till: till.new_sale())
    selling.shell.open("history")
    selling.settle()
    page = selling.shell.screen_in_sight
    assert isinstance(page, HistoryPage)
    selling.touch(page.handling.keys["void"])
    selling.settle()
    keys = letter_keys(selling)
    assert not overlaps(keys)
    assert min(key.height() for key in keys) >= 48
    assert {key.kind for key in keys} == {"key"}  # white keys on a white card are none
    inside = place_of(selling, page)
    assert all(inside.contains(place_of(selling, key)) for key in keys)


@pytest.mark.parametrize("scale", [150, 200])
def test_large_text_leaves_room_for_what_is_typed(selling: Driver, scale: int) -> None:
    larger(selling, scale)
    selling.scan(COLA)
    selling.selling.act("empties")
    selling.settle()
    (pad,) = selling.visible(Keypad)
    assert not overlaps(pad.findChildren(Key))
    selling.selling.show_catalogue()
    selling.selling.act("new_customer")
    selling.settle()
    fields = [field for field in selling.visible(QLineEdit) if not field.visibleRegion().isEmpty()]
    assert fields
    selling.selling.show_catalogue()
    assert selling.selling.cart.pay.isVisible()


def test_large_text_shows_two_rows_of_goods(selling: Driver) -> None:
    larger(selling, 150)
    grid = selling.selling.catalogue.grid
    assert grid.viewport().height() >= 2 * grid.gridSize().height() - 10


def test_a_long_number_is_written_smaller_and_not_cut(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F4)
    entry = selling.selling.number.entry
    entry.suffix = "Karton zu zwölf Flaschen"
    entry.set_text("1234567,125")
    whole = entry.grab().toImage()
    left = [whole.pixelColor(6, y) for y in range(8, whole.height() - 8)]
    assert len({colour.rgb() for colour in left}) == 1  # nothing is drawn into the edge


def test_an_amount_being_typed_has_its_currency_in_front(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F5)
    entry = selling.selling.number.entry
    assert entry.money
    assert selling.selling.face.in_currency("1,5").startswith("€")


def test_facts_are_said_whole_or_not_at_all(qapp: object) -> None:
    line = FactsLine(" · ")
    facts = ("Kassa 1", "Sitzung 1 seit 09:05", "Artikelstand 22.11.2026 10:28")
    line.show_facts(facts)
    for width in range(40, 600, 7):
        line.resize(width, 20)
        line.fit()
        said = line.text().split(" · ")
        assert len(said) == 1 or set(said) <= set(facts), line.text()


def test_what_is_needed_most_stays_longest(qapp: object) -> None:
    line = FactsLine(" · ")
    line.show_facts(("Maria", "Sitzung 1", "Preisliste Stammkunden"), (2, 0, 1))
    metrics = line.fontMetrics()
    line.resize(metrics.horizontalAdvance("Maria · Preisliste Stammkunden") + 2, 20)
    line.fit()
    assert line.text() == "Maria · Preisliste Stammkunden"
    line.resize(metrics.horizontalAdvance("Preisliste Stammkunden") + 2, 20)
    line.fit()
    assert line.text() == "Preisliste Stammkunden"


def test_the_customer_key_is_level_with_the_search_line(selling: Driver) -> None:
    field, key = selling.selling.catalogue.field, selling.selling.cart.customer
    assert place_of(selling, field).top() == place_of(selling, key).top()
    assert field.height() == key.height()


def test_names_that_differ_at_their_end_are_told_apart(selling: Driver) -> None:
    font = selling.selling.face.look.font(13)
    width = QFontMetricsF(font).horizontalAdvance("Manner Schnitten")
    names = ("Manner Schnitten Vanille 200 g", "Manner Schnitten Vanille Zitrone 200 g")
    shown = [lines_of(name, font, width, 3) for name in names]
    assert shown[0] != shown[1]
    assert not any(line.endswith("…") for line in shown[0])
    width = QFontMetricsF(font).horizontalAdvance("Milchschokolad")
    assert lines_of("Keksi Milchschokolade", font, width, 3) == ["Keksi", "Milchschokol…"]


def test_what_needs_a_line_is_not_offered_without_one(selling: Driver) -> None:
    selling.selling.act("menu")
    keys = selling.selling.menu.keys
    needs = ("choose", "measure", "rename", "ship", "price_note")
    assert not any(keys[action].isEnabled() for action in needs)
    selling.selling.show_catalogue()
    selling.scan(COFFEE)
    selling.selling.act("menu")
    assert all(keys[action].isEnabled() for action in needs)


def test_the_drawer_has_its_own_key_in_the_menu_too(selling: Driver) -> None:
    selling.selling.act("menu")
    hints = [key.hint for key in selling.selling.menu.keys.values()]
    assert "" not in hints and len(set(hints)) == len(hints)
    assert selling.selling.menu.keys["history"].hint == "F8"
    assert selling.selling.menu.keys["drawer"].hint == "F11"
    assert selling.selling.cart.keys["menu"].hint == "≡"
    selling.key(Qt.Key.Key_F11)
    assert selling.selling.pane is selling.selling.words


def test_one_sign_for_minus_everywhere(selling: Driver) -> None:
    texts = selling.window.work.texts
    assert texts.money(Money(-25)) == "−€ 0,25"
    assert texts.amount(Money(-25)) == "−0,25"
    assert (texts.off(Money(25)), texts.off(Money(-25))) == ("−€ 0,25", "+€ 0,25")
    assert texts.get("ui.cart.pieces", count=-3) == "−3 Stück"


def test_notices_are_kept_with_their_time(selling: Driver) -> None:
    selling.scan("9" * 5000)
    assert selling.shell.notices is not None
    assert len(selling.shell.notices.kept[0].at) == len("14:05")


def test_a_scan_while_locked_asks_for_the_pin_only(selling: Driver) -> None:
    selling.window.work.do(lambda till: till.lock())
    selling.settle()
    selling.scan(COFFEE)
    assert "Sitzung" not in selling.notices[0]
    assert "anmelden" in selling.notices[0]
