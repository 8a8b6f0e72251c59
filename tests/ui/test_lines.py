"""Lines at the window: another text, an invoice, the shop's own keys, each piece by itself."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.domain.panel import Feature, PanelKey
from pos.domain.till_profile import TillProfile
from tests.support.catalogue import ZERO, MemoryCatalogue, _product
from tests.ui.driver import Driver

PROFILE = TillProfile("1", "Kasse 1", price_list="shop")


def catalogue_of(driver: Driver) -> MemoryCatalogue:
    catalogue = driver.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def ring_up(driver: Driver, product: str) -> None:
    driver.selling.ring_up(product, None)
    driver.settle()


def test_the_text_of_a_line_is_changed(selling: Driver) -> None:
    """By menu and letters; the line says that it was (T-046)."""
    ring_up(selling, "1")
    selling.selling.act("rename")
    selling.settle()
    selling.selling.words.field.setText("Kaffee der Woche")
    selling.key(Qt.Key.Key_Return)
    assert selling.sale.lines[0].name == "Kaffee der Woche"


def test_the_selected_line_is_what_keys_are_meant_for(selling: Driver) -> None:
    """Up and down choose it, and it shows (T-045)."""
    ring_up(selling, "1")
    ring_up(selling, "6")
    selling.key(Qt.Key.Key_Up)
    assert selling.selling.selected_line() == selling.sale.lines[0]
    selling.write("+")
    assert [str(line.quantity) for line in selling.sale.lines] == ["2", "1"]


def test_an_invoice_asks_its_number_then_its_amount(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tile asks both before anything is rung up (T-039)."""
    catalogue = catalogue_of(selling)
    catalogue.goods["70"] = _product("70", "Rechnung", "0", ZERO)
    shop = catalogue.shop()
    assert shop is not None
    with_invoices = replace(shop, invoice_product="70")
    monkeypatch.setattr(catalogue, "shop", lambda: with_invoices)
    ring_up(selling, "70")
    assert selling.view.sale is None
    selling.write("2026-7")
    selling.key(Qt.Key.Key_Return)
    selling.write("12,50")
    selling.key(Qt.Key.Key_Return)
    line = selling.sale.lines[0]
    assert (line.goods.invoice, line.amount) == ("2026-7", Money(1250))


def test_the_shop_says_which_keys_stand_beside_the_sale(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order, minus, plus and More always with them (T-037)."""
    own = replace(PROFILE, panel=(PanelKey.EMPTIES, PanelKey.QUANTITY))
    monkeypatch.setattr(catalogue_of(selling), "tills", lambda: (own,))
    ring_up(selling, "1")
    assert list(selling.selling.cart.keys) == ["less", "more", "empties", "quantity", "menu"]
    selling.selling.cart.keys["empties"].click()
    selling.settle()
    assert selling.selling.pane is selling.selling.goods.returned


def test_each_piece_by_itself_is_a_switch_of_the_till(selling: Driver) -> None:
    """On the page of settings; it counts from the next piece on (T-049)."""
    selling.shell.open("settings")
    selling.settle()
    selling.find_key("Jedes Stück einzeln").click()
    selling.settle()
    assert not selling.view.merges
    assert selling.find_key("Jedes Stück einzeln").isChecked()
    assert not selling.find_key("Zusammenfassen").isChecked()
    selling.shell.leave()
    selling.settle()
    ring_up(selling, "6")
    ring_up(selling, "6")
    assert len(selling.sale.lines) == 2


def test_after_each_sale_the_start_category_opens(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was looked at during the sale (T-021)."""
    own = replace(PROFILE, start_category="20")
    monkeypatch.setattr(catalogue_of(selling), "tills", lambda: (own,))
    ring_up(selling, "6")
    selling.selling.catalogue.open("10")
    selling.settle()
    selling.window.work.do(lambda till: till.tender("cash"))
    selling.window.work.do(lambda till: till.new_sale())
    selling.settle()
    assert selling.selling.catalogue.model.category == "20"


@pytest.mark.parametrize("name", [key.value for key in PanelKey])
def test_each_key_a_shop_may_choose_does_something(
    selling: Driver, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It has its words and its icon, and leads somewhere or changes the sale (T-037)."""
    own = replace(PROFILE, panel=(PanelKey(name),))
    monkeypatch.setattr(catalogue_of(selling), "tills", lambda: (own,))
    ring_up(selling, "1")
    key = selling.selling.cart.keys[name]
    assert key.text() and key.icon_name
    before = (selling.selling.pane, selling.shell.page, selling.view.version, selling.notices)
    key.click()
    selling.settle()
    after = (selling.selling.pane if selling.shell.page == "sale" else None,)
    assert (*after, selling.shell.page, selling.view.version, selling.notices) != before


def test_what_the_shop_does_without_is_nowhere_offered(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither beside the sale, nor in the menu, nor by its key (T-207)."""
    catalogue = catalogue_of(selling)
    shop = catalogue.shop()
    assert shop is not None
    less = replace(shop, without=frozenset({Feature.DISCOUNTS, Feature.VARIANTS}))
    monkeypatch.setattr(catalogue, "shop", lambda: less)
    ring_up(selling, "1")
    assert "discount" not in selling.selling.cart.keys
    selling.key(Qt.Key.Key_F6)
    assert selling.selling.pane is selling.selling.catalogue
    selling.selling.act("menu")
    selling.settle()
    assert selling.selling.menu.keys["choose"].isHidden()
    assert not selling.selling.menu.keys["measure"].isHidden()
