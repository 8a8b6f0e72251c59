"""What a shop does without, its tills don't offer (T-207)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.panel import Feature
from pos.domain.quantity import Quantity
from pos.domain.variants import Attribute, AttributeValue, Creation, Display, Template
from tests.support.catalogue import CARTON, FOOD, MemoryCatalogue, _product
from tests.support.goods import KILO
from tests.support.till import TestTill

ENGRAVED = Template(
    "6",
    (
        Attribute(
            "gravur",
            "Gravur",
            Display.LIST,
            Creation.NEVER,
            (AttributeValue("ja", "Ja"), AttributeValue("nein", "Nein")),
        ),
    ),
)


@pytest.fixture
def without(open_desk: TestTill, monkeypatch: pytest.MonkeyPatch) -> Callable[[Feature], TestTill]:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["30"] = _product("30", "Käse", "12.00", FOOD, unit=KILO, weighed=True)
    shop = catalogue.shop()
    assert shop is not None

    def switch_off(feature: Feature) -> TestTill:
        less = replace(shop, without=frozenset({feature}))
        monkeypatch.setattr(catalogue, "shop", lambda: less)
        return open_desk

    return switch_off


def test_without_packagings_none_is_offered_or_scanned(
    without: Callable[[Feature], TestTill],
) -> None:
    shop = without(Feature.PACKAGINGS)
    assert [each.name for each in shop.till.measures("1").measures] == ["Stk."]
    with pytest.raises(Refusal, match="not_offered"):
        shop.till.add_product("1", packaging="Karton")
    view = shop.till.scan(CARTON)
    assert [each.reason for each in view.unknown] == ["not_offered"]
    assert view.sale is None


def test_without_units_goods_are_sold_in_their_own(without: Callable[[Feature], TestTill]) -> None:
    shop = without(Feature.UNITS)
    assert [each.code for each in shop.till.measures("30").measures] == ["kg"]
    with pytest.raises(Refusal, match="unit_not_here"):
        shop.till.add_product("30", Quantity.of(250), unit="g")


def test_without_discounts_neither_key_nor_command(without: Callable[[Feature], TestTill]) -> None:
    shop = without(Feature.DISCOUNTS)
    view = shop.till.add_product("1")
    assert "discount" not in view.panel and "price" in view.panel
    with pytest.raises(Refusal, match="not_offered"):
        shop.till.discount_line(1, percent=Decimal(5))
    with pytest.raises(Refusal, match="not_offered"):
        shop.till.discount_sale(percent=Decimal(5))


def test_without_price_lists_there_is_none_to_choose(
    without: Callable[[Feature], TestTill],
) -> None:
    shop = without(Feature.PRICE_LISTS)
    assert [each.number for each in shop.till.view().price_lists] == [""]
    with pytest.raises(Refusal, match="not_offered"):
        shop.till.enter_price_code("CLUB26")


def test_without_variants_nothing_is_asked(without: Callable[[Feature], TestTill]) -> None:
    shop = without(Feature.VARIANTS)
    catalogue = shop.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.templates["6"] = ENGRAVED
    view = shop.till.add_product("6")
    assert view.sale is not None and view.sale.lines[0].goods.options == ()
    with pytest.raises(Refusal, match="nothing_to_choose"):
        shop.till.choices("6")
