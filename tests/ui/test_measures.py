"""Units and packagings at the window: weighing by hand, and counting a line otherwise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ports.goods import PackageType
from pos.ui.panes.measure import MeasurePane
from pos.ui.widgets.button import Key
from tests.support.catalogue import FOOD, MemoryCatalogue, _product
from tests.support.goods import KILO
from tests.ui.driver import Driver


@pytest.fixture
def shop(selling: Driver) -> Driver:
    catalogue = selling.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    salad = _product("31", "Salat", "10.00", FOOD, unit=KILO, weighed=True, tare=Quantity(20))
    catalogue.goods["31"] = salad
    return selling


def key_of(driver: Driver, words: str) -> Key:
    (found,) = [key for key in driver.visible(Key) if key.text().startswith(words)]
    return found


def weigh(driver: Driver, product: str) -> None:
    driver.selling.ring_up(product, None)
    driver.settle()
    assert isinstance(driver.selling.pane, MeasurePane)


def test_the_weight_is_asked_in_the_unit_of_the_goods(shop: Driver) -> None:
    weigh(shop, "31")
    assert shop.selling.goods.measures.entry.suffix == "kg"
    shop.write("0,52")
    shop.key(Qt.Key.Key_Return)
    line = shop.sale.lines[0]
    assert (line.quantity, line.unit, line.amount) == (Quantity(500), "kg", Money(500))


def test_weighed_by_the_gram_and_without_wrapping_by_keys_alone(shop: Driver) -> None:
    weigh(shop, "31")
    shop.write("b")
    assert shop.selling.goods.measures.entry.suffix == "g"
    shop.write("t500")
    shop.key(Qt.Key.Key_Return)
    line = shop.sale.lines[0]
    assert (line.quantity, line.unit, line.amount) == (Quantity.of(500), "g", Money(500))


def test_the_wrapping_stays_on_the_scale_by_touch(shop: Driver) -> None:
    weigh(shop, "31")
    shop.touch(shop.selling.goods.measures.tare)
    shop.write("0,52")
    shop.touch(shop.selling.goods.measures.take)
    assert shop.sale.lines[0].quantity == Quantity(520)


def test_nothing_typed_rings_nothing_up(shop: Driver) -> None:
    weigh(shop, "31")
    shop.key(Qt.Key.Key_Return)
    assert isinstance(shop.selling.pane, MeasurePane)
    shop.key(Qt.Key.Key_Escape)
    assert shop.view.sale is None


def test_a_line_becomes_a_carton_and_plus_steps_by_cartons(shop: Driver) -> None:
    """Packagings are chosen without scanning; keys step by them (ETRON-28, ETRON-30)."""
    shop.selling.ring_up("1", None)
    shop.settle()
    shop.selling.act("measure")
    shop.settle()
    assert not [key for key in shop.visible(Key) if key.text().startswith("Palette")]
    shop.touch(key_of(shop, "Karton"))
    assert shop.sale.lines[0].packs == Quantity.of(1)
    shop.selling.act("more")
    shop.settle()
    assert shop.sale.lines[0].quantity == Quantity.of(24)


def test_a_number_typed_first_counts_in_what_is_touched(shop: Driver) -> None:
    shop.selling.ring_up("1", None)
    shop.settle()
    shop.selling.act("measure")
    shop.settle()
    shop.write("3b")
    assert shop.sale.lines[0].packs == Quantity.of(3)
    assert shop.selling.pane is shop.selling.catalogue


def test_the_last_piece_is_not_taken_by_minus(shop: Driver) -> None:
    """Minus stops at one and says where goods that come back go (T-047)."""
    shop.selling.ring_up("1", None)
    shop.settle()
    shop.selling.act("less")
    shop.settle()
    assert shop.sale.lines[0].quantity == Quantity.of(1)
    assert "Retoure" in shop.notices[0]


def test_a_package_that_is_too_weak_warns_and_may_be_taken(shop: Driver) -> None:
    """12 kg into a package for 10 (ETRON-31)."""
    catalogue = shop.desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.parcels = (PackageType("M", "Paket M", 400, 300, 200, Quantity.of(10)),)
    shop.window.work.do(lambda till: till.add_product("31", Quantity.of(12), tare=Quantity(0)))
    shop.settle()
    shop.selling.act("ship")
    shop.settle()
    key = key_of(shop, "Paket M")
    assert "trägt nur 10 kg" in key.accessibleDescription()
    shop.touch(key)
    assert [paper.kind for paper in shop.desk.tray.papers] == ["package_slip"]
