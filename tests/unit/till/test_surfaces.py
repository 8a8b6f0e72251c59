"""What each surface of a till shows: typed prices, and goods that go with what was rung up."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from msgspec.structs import replace

from pos.domain.display_prices import (
    Agreement,
    Level,
    LivePrice,
    PriceKind,
    PriceType,
    Show,
    Surface,
    SurfaceSetting,
)
from pos.domain.errors import Refusal
from pos.domain.facts import Related
from pos.domain.money import Money
from pos.ports.goods import PricesOnShow
from pos.till.customers import CustomerFields
from pos.till.surface_views import ShownPriceView
from tests.support.catalogue import MemoryCatalogue
from tests.support.till import MORNING, TestTill

RRP = PriceType("uvp", "Empfohlener Preis", PriceKind.RRP_GROSS, "UVP")
LIST = PriceType("liste", "Listenpreis", PriceKind.LIST)
AGREED = PriceType("k", "Kundenpreis", PriceKind.CUSTOMER)
ALL = Agreement(kept=True, shared=True, received=True)
PARTNER = PricesOnShow(
    types={each.number: each for each in (RRP, LIST, AGREED)},
    prices={"uvp": Decimal("9.99"), "liste": Decimal("5.10"), "k": Decimal("4.00")},
    agreements={"uvp": ALL, "liste": ALL, "k": ALL},
    surfaces={
        surface.value: SurfaceSetting(surface, Show.OWN_AND_PARTNER, "uvp") for surface in Surface
    },
)
COFFEE_NUMBER = "1"


def goods(desk: TestTill) -> MemoryCatalogue:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def put_on_show(desk: TestTill, on_show: PricesOnShow) -> None:
    goods(desk).on_show[COFFEE_NUMBER] = on_show


def with_setting(on_show: PricesOnShow, surface: Surface, kind: str, level: Level) -> PricesOnShow:
    setting = SurfaceSetting(surface, Show.OWN_AND_PARTNER, kind, level)
    return replace(on_show, surfaces={surface.value: setting})


def test_a_fresh_till_shows_nothing_and_sells_as_ever(open_desk: TestTill) -> None:
    """(OXOMI-1)"""
    put_on_show(open_desk, replace(PARTNER, surfaces={}))
    for surface in Surface:
        found = open_desk.till.shown_price(COFFEE_NUMBER, surface.value)
        assert found == ShownPriceView(surface.value, COFFEE_NUMBER)
    view = open_desk.till.add_product(COFFEE_NUMBER)
    assert view.sale is not None and view.sale.total == Money(799)


def test_shown_prices_never_reach_the_sale(open_desk: TestTill) -> None:
    """(OXOMI-2)"""
    put_on_show(open_desk, PARTNER)
    assert open_desk.till.shown_price(COFFEE_NUMBER).price == Decimal("9.99")
    view = open_desk.till.add_product(COFFEE_NUMBER)
    assert view.sale is not None and view.sale.total == Money(799)
    words = " ".join(row.amount for row in open_desk.till.explain_in_words(1))
    assert "7,99" in words
    assert not any(price in words for price in ("9,99", "5,10", "4,00"))


def test_the_trade_level_counts_at_the_till_alone(open_desk: TestTill) -> None:
    """A trade counter sees a partner's list price; what customers see can't be raised
    (OXOMI-12, OXOMI-13, OXOMI-14).
    """
    seen = {}
    for surface, level, kind in product(Surface, Level, ("uvp", "liste")):
        put_on_show(open_desk, with_setting(PARTNER, surface, kind, level))
        seen[surface, level, kind] = open_desk.till.shown_price(COFFEE_NUMBER, surface).price
    assert {key for key, price in seen.items() if price is not None} == {
        (Surface.CASHIER, Level.WHOLESALE, "uvp"),
        (Surface.CASHIER, Level.WHOLESALE, "liste"),
        (Surface.CASHIER, Level.RETAIL, "uvp"),
    }


def test_a_customer_s_price_shows_nowhere_not_even_to_a_manager(desk: TestTill) -> None:
    """(OXOMI-5)"""
    desk.till.sign_in("maria", "9999")
    for surface, level, agreements in product(Surface, Level, (None, PARTNER.agreements)):
        on_show = replace(PARTNER, agreements=agreements)
        put_on_show(desk, with_setting(on_show, surface, "k", level))
        found = desk.till.shown_price(COFFEE_NUMBER, surface.value)
        assert found.price is None and "customer" in found.failed


def test_only_who_may_set_it_is_told_what_failed(desk: TestTill) -> None:
    """(OXOMI-11)"""
    put_on_show(desk, replace(PARTNER, agreements={}))
    desk.till.sign_in("anna", "1111")
    assert desk.till.shown_price(COFFEE_NUMBER).failed == ()
    desk.till.sign_in("maria", "9999")
    assert desk.till.shown_price(COFFEE_NUMBER).failed == ("kept", "shared", "received")
    texts = desk.desk.texts
    assert all(texts.get(f"display_price.failed.{each}") for each in ("kept", "shared", "received"))


class Office:
    """A back office that knows one price, while it is in reach."""

    def __init__(self, price: str, at: datetime) -> None:
        self.price: LivePrice | None = LivePrice(Decimal(price), at)
        self.asked: list[tuple[str, str]] = []

    def known(self, product: str, customer: str) -> LivePrice | None:
        self.asked.append((product, customer))
        return self.price


@pytest.fixture
def office(open_desk: TestTill) -> Office:
    put_on_show(open_desk, PARTNER)
    office = Office("88.00", MORNING)
    open_desk.desk.live_prices = office
    return office


def test_a_live_price_overrides_while_the_back_office_is_in_reach(
    open_desk: TestTill, office: Office
) -> None:
    """(OXOMI-16)"""
    till = open_desk.till
    till.add_product(COFFEE_NUMBER)
    till.set_customer("102")
    shown = till.shown_price(COFFEE_NUMBER)
    assert (shown.price, shown.live_at) == (Decimal("88.00"), MORNING)
    assert office.asked == [(COFFEE_NUMBER, "102")]
    view = till.view()
    assert view.sale is not None and view.sale.total == Money(699), "sold at the stored price"
    office.price = None
    assert (till.shown_price(COFFEE_NUMBER).price, till.shown_price(COFFEE_NUMBER).live_at) == (
        Decimal("9.99"),
        None,
    )


def test_an_old_answer_no_longer_stands(open_desk: TestTill, office: Office) -> None:
    """(OXOMI-16)"""
    open_desk.till.add_product(COFFEE_NUMBER)
    open_desk.till.set_customer("102")
    office.price = LivePrice(Decimal("88.00"), MORNING - timedelta(minutes=16))
    assert open_desk.till.shown_price(COFFEE_NUMBER).live_at is None


def test_nobody_is_asked_about_but_a_known_customer(open_desk: TestTill, office: Office) -> None:
    """(OXOMI-16)"""
    till = open_desk.till
    till.shown_price(COFFEE_NUMBER)
    till.add_product(COFFEE_NUMBER)
    till.set_one_off(CustomerFields("Frau Neu"))
    assert till.shown_price(COFFEE_NUMBER).live_at is None
    till.set_customer("101")
    for surface in ("display", "print"):
        assert till.shown_price(COFFEE_NUMBER, surface).price is None
    assert office.asked == []


def test_a_surface_nobody_knows_is_refused(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="no_such_surface"):
        open_desk.till.shown_price(COFFEE_NUMBER, "window")


def test_what_goes_with_goods_comes_in_order_and_once(open_desk: TestTill) -> None:
    """(SRT-8, SRT-15, SRT-23)"""
    catalogue = goods(open_desk)
    milk, cola, roll = (catalogue.goods[number] for number in ("2", "3", "6"))
    catalogue.goes_with["1"] = (
        (Related.CROSS, roll),
        (Related.UPSELL, cola),
        (Related.ACCESSORY, milk),
        (Related.CROSS, milk),
    )
    found = open_desk.till.suggestions("1")
    assert [(each.kind, each.product) for each in found] == [
        ("accessory", "2"),
        ("upsell", "3"),
        ("cross", "6"),
    ]
    open_desk.till.add_product("2")
    assert [each.product for each in open_desk.till.suggestions("1")] == ["3", "6"]
    open_desk.till.remove_line(1)
    assert len(open_desk.till.suggestions("1")) == 3
    assert open_desk.till.suggestions("9") == ()


def test_what_goes_with_goods_costs_what_it_would_in_this_sale(open_desk: TestTill) -> None:
    catalogue = goods(open_desk)
    catalogue.goes_with["2"] = ((Related.ACCESSORY, catalogue.goods["1"]),)
    assert open_desk.till.suggestions("2")[0].price == Decimal("7.99")
    open_desk.till.add_product("2")
    open_desk.till.set_customer("102")
    assert open_desk.till.suggestions("2")[0].price == Decimal("6.99")
