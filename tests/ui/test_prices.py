"""Customers, lists, discounts and reasons in the window, by keys and by touch."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos.domain.money import Money
from pos.domain.product import ProductTile
from pos.domain.till_profile import TillProfile
from pos.runtime.lane import Outcome
from pos.till.price_words import Weight
from pos.ui.models.tiles import PRICE
from pos.ui.preferences import Preferences
from pos.ui.screens.price_actions import PriceActions
from pos.ui.shelf import Page
from tests.support.catalogue import COFFEE, COLA, MILK
from tests.ui.driver import Driver

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def prices(driver: Driver) -> PriceActions:
    return driver.selling.prices


def find(driver: Driver, text: str) -> None:
    """Type a customer's name."""
    driver.key(Qt.Key.Key_F3)
    driver.write(text)
    assert prices(driver).customers.found


def test_a_customer_is_found_previewed_and_taken_by_keys(selling: Driver) -> None:
    selling.scan(COFFEE)
    find(selling, "pich")
    selling.key(ENTER)
    preview = prices(selling).preview
    assert selling.selling.pane is preview
    assert preview.shown is not None and preview.shown.after == Money(719)
    assert selling.sale.customer is None
    selling.key(ENTER)
    assert selling.sale.customer is not None and selling.sale.total == Money(719)
    assert selling.selling.cart.customer.accessibleName() == "Johanna Pichler"
    assert selling.selling.pane is selling.selling.catalogue
    selling.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert selling.sale.customer is None


def test_esc_in_the_preview_leaves_everything(selling: Driver) -> None:
    selling.scan(COFFEE)
    find(selling, "moser")
    selling.touch(prices(selling).customers.hits.findChildren(type(selling.selling.cart.pay))[0])
    selling.key(ESCAPE)
    assert selling.view.preview is None
    assert selling.sale.customer is None and selling.sale.total == Money(799)


def test_where_no_price_changes_there_is_nothing_to_confirm(selling: Driver) -> None:
    find(selling, "moser")
    selling.key(ENTER)
    assert selling.sale.customer is not None
    assert selling.selling.pane is selling.selling.catalogue


def test_nobody_is_listed_until_somebody_is_looked_for(selling: Driver) -> None:
    selling.key(Qt.Key.Key_F3)
    assert prices(selling).customers.found == ()
    assert prices(selling).customers.terms.isVisible()


def test_a_list_is_chosen_by_touch(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F3)
    selling.touch_key("Abend")
    selling.touch_key("Übernehmen")
    assert selling.sale.total == Money(500)
    assert selling.view.price_list == "Abend"


def test_a_typed_code_switches_the_list(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F3)
    selling.write("CLUB26")
    selling.key(ENTER)
    selling.key(ENTER)
    assert selling.sale.total == Money(759)


def test_a_scanned_card_tells_what_it_changed(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.scan("KK-101")
    assert selling.notices[0] == (
        "Johanna Pichler: 1 Preis geändert, Summe €\u00a07,19 statt €\u00a07,99. "
        "Strg+Z nimmt es zurück."
    )


def test_a_discount_on_the_line_by_keys(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F6)
    selling.write("10")
    selling.key(ENTER)
    assert selling.sale.total == Money(719)
    model = selling.selling.cart.model
    assert "−€\u00a00,80 Rabatt 10 %" in str(model.data(model.index(0)))


def test_a_discount_on_the_sale_by_touch(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.scan(MILK)
    selling.touch_key("Rabatt")
    selling.touch_key("Ganzer Verkauf")
    assert not prices(selling).discounts.kinds["instead"].isEnabled()
    selling.touch_key("Betrag")
    selling.write("1")
    selling.touch_key("Rabatt geben")
    assert selling.sale.total == Money(858)
    selling.touch_key("Rabatt")
    selling.touch_key("Ganzer Verkauf")
    selling.touch_key("Rabatt zurücknehmen")
    assert selling.sale.total == Money(958)


def test_a_price_instead(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F6)
    selling.touch_key("Statt-Preis")
    selling.write("5,99")
    selling.key(ENTER)
    assert selling.sale.total == Money(599)


def test_nothing_typed_discounts_nothing(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F6)
    selling.key(ENTER)
    assert selling.sale.total == Money(799)


def test_without_the_right_somebody_is_called(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.scan(COFFEE)
    driver.key(Qt.Key.Key_F6)
    driver.write("20")
    driver.key(ENTER)
    assert driver.selling.pane is prices(driver).calling.pane
    driver.write("9999")
    driver.key(ENTER)
    assert driver.sale.total == Money(639)
    assert driver.view.operator is not None and driver.view.operator.number == "anna"


def test_a_wrong_pin_is_told_and_changes_nothing(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.scan(COFFEE)
    driver.key(Qt.Key.Key_F6)
    driver.write("20")
    driver.key(ENTER)
    driver.write("1234")
    driver.key(ENTER)
    assert driver.sale.total == Money(799)
    assert "PIN" in driver.notices[0]


def test_the_question_mark_says_why(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.scan("KK-101")
    selling.write("?")
    whys = prices(selling).whys
    assert whys.isVisible()
    assert whys.rows[0].text == "Preisliste des Kunden: Stammkunden"
    assert any(row.weight is Weight.OFF for row in whys.rows)
    selling.write("?")
    assert not whys.isVisible()


def test_a_deposit_is_explained_but_not_discounted(selling: Driver) -> None:
    selling.scan(COLA)
    selling.selling.cart.lines.select(1)
    selling.key(Qt.Key.Key_F6)
    assert not prices(selling).discounts.on_line.isEnabled()
    selling.key(ESCAPE)
    selling.selling.cart.lines.select(1)
    selling.write("?")
    assert prices(selling).whys.rows


def test_a_one_off_customer_is_typed(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.key(Qt.Key.Key_F3)
    selling.touch_key("Einmalkunde")
    selling.touch_key("Firma")
    selling.write("Firma Kurz")
    selling.touch_key("Übernehmen")
    customer = selling.sale.customer
    assert customer is not None and (customer.name, customer.kind) == ("Firma Kurz", "company")


def test_a_tax_free_sale_asks_for_its_proof(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.desk.till.set_customer("301")
    selling.window.work.do(lambda till: till.view())
    selling.settle()
    selling.key(Qt.Key.Key_F3)
    selling.touch_key("Steuerfrei verkaufen")
    told = [each.text().replace("\u00a0", " ") for each in selling.visible(QLabel)]
    assert any(text.startswith("Summe € 6,66 statt € 7,99.") for text in told), "previewed (C16)"
    selling.touch_key("Zollpapier")
    assert selling.sale.tax == Money(0)
    selling.key(Qt.Key.Key_F3)
    selling.touch_key("Wieder mit Steuer")
    assert selling.sale.tax > Money(0)


@pytest.mark.parametrize("pane", ["customers", "discounts", "whys", "preview"])
def test_a_scan_ends_what_is_open(selling: Driver, pane: str) -> None:
    selling.scan(COFFEE)
    selling.selling.open_pane(getattr(prices(selling), pane))
    selling.scan(MILK)
    assert selling.selling.pane is selling.selling.catalogue
    assert selling.sale.lines_count == 2


def test_tiles_show_the_lists_price_or_none_yet(selling: Driver) -> None:
    model = selling.selling.catalogue.model
    product = selling.desk.desk.catalogue.products(["1"])["1"]
    tiles = (
        ProductTile(product, price=Decimal("6.50")),
        ProductTile(product, price=Decimal("6.50"), chosen=True),
        ProductTile(product),
    )
    asked = model._question
    model.take_page(Outcome(Page(asked, tiles, 0, more=False)))
    assert [model.data(model.index(row), PRICE) for row in range(3)] == [
        "€\u00a06,50",
        "ab €\u00a06,50",
        "€\u00a07,99",
    ]
    model.show_prices(False)
    assert model.data(model.index(0), PRICE) == ""
    assert model.data(model.index(0)) == "Kaffee gemahlen 500 g"


def test_net_prices_are_shown_to_companies(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.scan("KK-102")
    selling.key(Qt.Key.Key_F3)
    selling.touch_key("Preise ohne Steuer")
    model = selling.selling.cart.model
    assert "€\u00a05,83" in str(model.data(model.index(0)))
    assert selling.selling.cart.total.text() == "€\u00a06,99"


def test_a_discount_on_the_sale_is_seen_at_any_text_size(tmp_path: Path) -> None:
    Preferences(tmp_path).scale = 200
    driver = Driver(tmp_path)
    driver.open()
    driver.scan(COFFEE)
    driver.window.work.do(lambda till: till.discount_sale(amount=Money(99)))
    driver.selling.show_cart(shown=True)
    driver.settle()
    shown = [one.text() for one in driver.selling.cart.findChildren(QLabel) if one.isVisible()]
    assert "−€\u00a00,99" in shown and "Rabatt auf alles" in shown
    driver.close()


def test_the_key_that_explains_a_price_needs_a_price_list_and_goods(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there where the till has a list, and works once something is in the sale (T-053)."""
    driver.open()
    block = driver.selling.cart.block
    assert not block.keys["why"].isEnabled()
    driver.scan(COFFEE)
    assert block.keys["why"].isEnabled()
    monkeypatch.setattr(driver.desk.desk.catalogue, "tills", lambda: (TillProfile("1", "Kasse 1"),))
    driver.scan(COFFEE)
    assert "why" not in block.keys
