"""Goods that ask something first: the picker, serial numbers, lots, and empties."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos.domain.money import Money
from pos.domain.product import Tracking
from pos.domain.variants import Attribute, AttributeValue, Creation, Display, Template, Variant
from pos.ports.goods import Serial
from pos.ui.panes.choice import ChoicePane
from pos.ui.panes.empties import EmptiesPane
from pos.ui.panes.words import WordsPane
from pos.ui.widgets.value_key import ValueKey
from tests.support.catalogue import NORMAL, MemoryCatalogue, _product
from tests.ui.driver import Driver

CAP_BLUE = "9000000000209"
COLOUR = Attribute(
    "farbe",
    "Farbe",
    Display.COLOUR,
    Creation.AT_ONCE,
    (
        AttributeValue("rot", "Rot", colour="#ff0000"),
        AttributeValue("blau", "Blau", Decimal("2.00"), "#0000ff"),
        AttributeValue("gruen", "Grün", colour="#00ff00"),
    ),
)
ENGRAVING = Attribute(
    "gravur",
    "Gravur",
    Display.RADIO,
    Creation.NEVER,
    (
        AttributeValue("ohne", "ohne"),
        AttributeValue("text", "mit Text", Decimal("4.90"), free_text=True, text_limit=12),
    ),
    default="ohne",
)


@pytest.fixture
def goods(selling: Driver) -> Driver:
    catalogue = selling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["20"] = _product("20", "Kappe", "14.90", NORMAL)
    catalogue.goods["50"] = _product("50", "Radio", "79.90", NORMAL, tracking=Tracking.SERIAL)
    catalogue.empties = (catalogue.goods["9"],)
    catalogue.known_serials = {"50": (Serial("DW-1"), Serial("DW-2"))}
    catalogue.templates = {
        "20": Template(
            "20",
            (COLOUR, ENGRAVING),
            (
                Variant("20-R", "20", frozenset({"rot"})),
                Variant("20-B", "20", frozenset({"blau"})),
            ),
        )
    }
    return selling


def ring_up(driver: Driver, product: str) -> None:
    driver.selling.ring_up(product, None)
    driver.settle()


def value(driver: Driver, number: str) -> ValueKey:
    (found,) = [key for key in driver.visible(ValueKey) if key.value == number]
    return found


def test_a_product_that_asks_opens_the_picker_and_nothing_is_rung_up(goods: Driver) -> None:
    """What is required and open blocks (ETRON-14, T-030)."""
    ring_up(goods, "20")
    assert isinstance(goods.selling.pane, ChoicePane)
    assert goods.view.sale is None
    assert not goods.selling.goods.choices.take.isEnabled()
    assert goods.notices == []


def test_a_choice_by_touch(goods: Driver) -> None:
    """Picture and price follow each touch (T-031)."""
    ring_up(goods, "20")
    goods.touch(value(goods, "blau"))
    assert value(goods, "blau").isChecked()
    assert "16,90" in goods.selling.goods.choices.price.text()
    goods.touch(goods.selling.goods.choices.take)
    assert goods.sale.lines[0].goods.variant == "20-B"
    assert goods.selling.pane is goods.selling.catalogue


def test_a_choice_by_keyboard_alone(goods: Driver) -> None:
    """A colour has its name, and the keyboard reaches it (ETRON-16)."""
    ring_up(goods, "20")
    key = value(goods, "rot")
    key.setFocus()
    goods.key(Qt.Key.Key_Space)
    goods.key(Qt.Key.Key_Return)
    assert goods.sale.lines[0].goods.variant == "20-R"


def test_what_is_not_there_says_so_and_can_not_be_chosen(goods: Driver) -> None:
    ring_up(goods, "20")
    gone = value(goods, "gruen")
    assert not gone.isEnabled()
    assert gone.accessibleDescription() == "nicht lieferbar"


def test_words_of_the_customer_are_typed_and_needed(goods: Driver) -> None:
    """An engraving has as many letters as fit (ETRON-22)."""
    ring_up(goods, "20")
    goods.touch(value(goods, "rot"))
    value(goods, "text").click()
    goods.settle()
    assert isinstance(goods.focus, QLineEdit)
    assert not goods.selling.goods.choices.take.isEnabled()
    (field,) = [each for each in goods.visible(QLineEdit) if each.maxLength() == 12]
    field.setText("Anna")
    goods.settle()
    goods.selling.goods.choices.take.click()
    goods.settle()
    line = goods.sale.lines[0]
    assert (line.goods.options[1].text, line.amount) == ("Anna", Money(1980))


def test_esc_leaves_everything_as_it_was(goods: Driver) -> None:
    ring_up(goods, "20")
    goods.key(Qt.Key.Key_Escape)
    assert goods.selling.pane is goods.selling.catalogue
    assert goods.view.sale is None


def test_the_choice_of_a_line_is_changed(goods: Driver) -> None:
    goods.window.work.do(lambda till: till.add_product("20", None, {"farbe": "rot"}))
    goods.settle()
    goods.selling.act("choose")
    goods.settle()
    assert value(goods, "rot").isChecked()
    goods.touch(value(goods, "blau"))
    goods.touch(goods.selling.goods.choices.take)
    assert [line.goods.variant for line in goods.sale.lines] == ["20-B"]


def test_where_nothing_is_to_be_chosen_the_till_says_so(goods: Driver) -> None:
    ring_up(goods, "6")
    goods.selling.act("choose")
    goods.settle()
    assert goods.selling.pane is goods.selling.catalogue
    assert goods.notices == ["Bei dieser Position gibt es nichts zu wählen."]


def test_a_serial_number_is_asked_and_offered(goods: Driver) -> None:
    ring_up(goods, "50")
    assert isinstance(goods.selling.pane, WordsPane)
    goods.touch_key("DW-2")
    assert goods.sale.lines[0].goods.serial == "DW-2"


def test_empties_come_back_one_crate_after_the_other(goods: Driver) -> None:
    goods.selling.act("empties")
    goods.settle()
    assert isinstance(goods.selling.pane, EmptiesPane)
    goods.write("12")
    goods.write("a")
    goods.write("a")
    assert goods.sale.total == Money(-325)
    assert isinstance(goods.selling.pane, EmptiesPane)


def test_a_payout_says_what_is_to_be_paid_out(goods: Driver) -> None:
    goods.selling.act("empties")
    goods.settle()
    goods.write("a")
    goods.key(Qt.Key.Key_Escape)
    goods.selling.act("pay")
    goods.settle()
    said = goods.selling.checkout.due.accessibleName()
    assert said.replace("\u00a0", " ") == "Auszuzahlen € 0,25"


def test_the_tile_of_one_variant_asks_nothing_more(goods: Driver) -> None:
    """Where each variant has its own tile (T-030); what else is open is asked with it chosen."""
    catalogue = goods.desk.desk.catalogue
    goods.selling.catalogue.chosen.emit(catalogue.product("20"), None, "20-B")
    goods.settle()
    assert [line.goods.variant for line in goods.sale.lines] == ["20-B"]


def test_two_quick_touches_count_both(goods: Driver) -> None:
    """The second doesn't wait for the answer to the first (T-031)."""
    ring_up(goods, "20")
    pane = goods.selling.goods.choices
    pane.pick("farbe", "blau")
    pane.pick("gravur", "ohne")
    goods.settle()
    assert pane.chosen == {"farbe": "blau", "gravur": "ohne"}
    assert pane.take.isEnabled()


def test_a_serial_number_is_typed_like_any_search(goods: Driver) -> None:
    """One field for names, codes, serial numbers, cards; Enter adds (T-024)."""
    goods.selling.catalogue.entered()
    goods.write("DW-2")
    goods.key(Qt.Key.Key_Return)
    assert [line.goods.serial for line in goods.sale.lines] == ["DW-2"]
    assert goods.selling.catalogue.typed == ""


def test_words_that_find_nothing_are_no_code(goods: Driver) -> None:
    goods.selling.catalogue.entered()
    goods.write("xyz")
    goods.key(Qt.Key.Key_Return)
    assert goods.view.unknown == () and goods.selling.catalogue.typed == "xyz"


def test_a_customer_s_card_is_typed_like_any_search(goods: Driver) -> None:
    """The card sets the customer (T-024)."""
    goods.selling.catalogue.entered()
    goods.write("KK-101")
    goods.key(Qt.Key.Key_Return)
    assert goods.sale.customer is not None and goods.sale.customer.number == "101"
