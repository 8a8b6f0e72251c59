"""Any active unit of the category, rounding steps, and weight less its wrapping."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from tests.support.catalogue import BANANA, CARTON, FOOD, MemoryCatalogue, _product
from tests.support.goods import KILO
from tests.support.till import TestTill


@pytest.fixture
def shop(open_desk: TestTill) -> TestTill:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    for product in (
        _product("30", "Käse", "12.00", FOOD, unit=KILO, weighed=True),
        _product("31", "Salat", "10.00", FOOD, unit=KILO, weighed=True, tare=Quantity(20)),
        _product("32", "Draht", "6.00", FOOD, unit=replace(KILO, step=10)),
    ):
        catalogue.goods[product.number] = product
    return open_desk


def line_of(shop: TestTill, number: int = 1):  # type: ignore[no-untyped-def]
    sale = shop.till.view().sale
    assert sale is not None
    return sale.lines[number - 1]


def test_a_quarter_of_a_kilogram_by_the_gram(shop: TestTill) -> None:
    """12.00 a kilogram, 250 g: 3.00, and stock falls by 0.25 (ETRON-25, T-206)."""
    shop.till.add_product("30", Quantity.of(250), unit="g")
    line = line_of(shop)
    assert (line.amount, line.quantity, line.unit) == (Money(300), Quantity.of(250), "g")
    assert (line.unit_price, line.goods.price_unit) == (Decimal("12.00"), "kg")
    assert line.net_price == line.net.decimal * 4
    entry = shop.store.last_entry()
    assert entry is not None and entry.entry.data["goods"]["factor"] == "0.001"  # type: ignore[index]
    shop.till.tender("card")
    assert "250 g × 12,00/kg" in document_text(shop.tray.papers[-1])


def test_a_line_by_the_gram_counts_as_one_piece_and_goes_on_by_the_gram(shop: TestTill) -> None:
    shop.till.add_product("30", Quantity.of(250), unit="g")
    view = shop.till.set_quantity(1, Quantity.of(333))
    assert view.sale is not None
    assert (view.sale.pieces, view.sale.total) == (1, Money(400))


@pytest.mark.parametrize("unit", ["t", "pc", "nonsense"])
def test_a_unit_of_another_category_or_out_of_use_is_refused(shop: TestTill, unit: str) -> None:
    with pytest.raises(Refusal, match="unit_not_here"):
        shop.till.add_product("30", Quantity.of(1), unit=unit)
    assert shop.till.view().sale is None


def test_the_units_offered_are_those_of_the_category(shop: TestTill) -> None:
    offered = [(unit.code, unit.price) for unit in shop.till.measures("30").measures]
    assert offered == [("kg", Decimal("12.00")), ("g", Decimal("0.01200"))]
    assert [unit.code for unit in shop.till.measures("6").measures] == ["pc"]


def test_the_unit_taken_last_is_the_one_marked_for_the_rest_of_the_sale(shop: TestTill) -> None:
    """Ask once, remember (C22)."""

    def marked() -> list[str]:
        return [each.code for each in shop.till.measures("30").measures if each.chosen]

    assert marked() == ["kg"]
    shop.till.add_product("30", Quantity.of(250), unit="g")
    assert marked() == ["g"]
    assert shop.till.measures("30").quantity is None
    shop.till.tender("cash")
    assert marked() == ["kg"]


def test_a_measured_quantity_is_rounded_to_its_step_and_pieces_are_not(shop: TestTill) -> None:
    """A third becomes 0.33; one and a half pieces are refused (ETRON-26)."""
    shop.till.add_product("32", Quantity(333))
    assert line_of(shop).quantity == Quantity(330)
    shop.till.set_quantity(1, Quantity(335))
    assert line_of(shop).quantity == Quantity(340)
    with pytest.raises(Refusal, match="quantity_too_fine"):
        shop.till.add_product("6", Quantity(1500))


def test_what_rounds_to_nothing_is_refused(shop: TestTill) -> None:
    with pytest.raises(Refusal, match="quantity_not_positive"):
        shop.till.add_product("32", Quantity(4))


def test_a_line_changes_its_unit_without_losing_anything(shop: TestTill) -> None:
    shop.till.add_product("30", Quantity.of(250), unit="g")
    shop.till.set_unit(1, "kg")
    line = line_of(shop)
    assert (line.quantity, line.unit, line.amount) == (Quantity(250), "kg", Money(300))
    assert line.goods.price_unit == ""
    shop.till.set_unit(1, "g")
    assert (line_of(shop).quantity, line_of(shop).amount) == (Quantity.of(250), Money(300))


def test_a_change_of_unit_that_would_lose_a_remainder_is_refused(shop: TestTill) -> None:
    shop.till.add_product("32", Quantity.of(333), unit="g")
    with pytest.raises(Refusal, match="unit_loses"):
        shop.till.set_unit(1, "kg")
    assert line_of(shop).quantity == Quantity.of(333)


def test_packagings_keep_to_packagings(shop: TestTill) -> None:
    shop.till.scan(CARTON)
    with pytest.raises(Refusal, match="unit_not_here"):
        shop.till.set_unit(1, "g")


def test_the_wrapping_is_taken_off_and_told(shop: TestTill) -> None:
    shop.till.add_product("31", Quantity(520))
    line = line_of(shop)
    assert (line.quantity, line.amount, line.goods.tare) == (
        Quantity(500),
        Money(500),
        Quantity(20),
    )
    shop.till.tender("card")
    assert "Tara 0,02 kg abgezogen" in document_text(shop.tray.papers[-1])


def test_a_typed_tare_goes_before_the_one_in_the_catalogue(shop: TestTill) -> None:
    shop.till.add_product("31", Quantity(520), tare=Quantity(120))
    assert line_of(shop).quantity == Quantity(400)
    shop.till.add_product("31", Quantity(520), tare=Quantity(0))
    assert (line_of(shop, 2).quantity, line_of(shop, 2).goods.tare) == (Quantity(520), None)


def test_tare_follows_the_unit(shop: TestTill) -> None:
    shop.till.add_product("31", Quantity.of(520), unit="g")
    line = line_of(shop)
    assert (line.quantity, line.goods.tare, line.amount) == (
        Quantity.of(500),
        Quantity.of(20),
        Money(500),
    )


@pytest.mark.parametrize("tare", [Quantity(520), Quantity(600), Quantity(-20)])
def test_a_tare_that_cannot_be_is_refused(shop: TestTill, tare: Quantity) -> None:
    with pytest.raises(Refusal, match="tare_too_heavy"):
        shop.till.add_product("31", Quantity(520), tare=tare)


def test_labels_are_weighed_without_wrapping(shop: TestTill) -> None:
    body = "240003100520"
    shop.till.scan(f"{body}{check_digit(body)}")
    assert (line_of(shop).quantity, line_of(shop).goods.tare) == (Quantity(520), None)


def test_a_weight_typed_anew_is_without_wrapping(shop: TestTill) -> None:
    shop.till.add_product("31", Quantity(520))
    shop.till.set_quantity(1, Quantity(700))
    assert (line_of(shop).quantity, line_of(shop).goods.tare) == (Quantity(700), None)


def test_a_price_label_buys_whole_steps(shop: TestTill) -> None:
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    coarse = replace(catalogue.goods["4"], unit=replace(KILO, step=5))
    catalogue.goods["4"] = coarse
    body = "250000400497"
    shop.till.scan(f"{body}{check_digit(body)}")
    line = line_of(shop)
    assert (line.quantity, line.amount) == (Quantity(1995), Money(497))
    assert shop.till.scan(f"1*{BANANA}").sale is not None
