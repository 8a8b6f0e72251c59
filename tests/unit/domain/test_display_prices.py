from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

import pytest
from msgspec.structs import replace

from pos.domain.display_prices import (
    Agreement,
    Condition,
    HiddenPrice,
    Level,
    LivePrice,
    PriceKind,
    PriceType,
    Show,
    ShownPrice,
    Surface,
    SurfaceSetting,
    shown_price,
)

RRP = PriceType("uvp", "Unverbindliche Preisempfehlung inkl. MwSt.", PriceKind.RRP_GROSS)
NET = PriceType("uvpn", "UVP ohne MwSt.", PriceKind.RRP_NET, "exkl. MwSt.")
LIST = PriceType("liste", "Listenpreis", PriceKind.LIST)
AGREED = PriceType("k102", "Preis der Kanzlei", PriceKind.CUSTOMER)
TYPES = {each.number: each for each in (RRP, NET, LIST, AGREED)}
PRICES = {"uvp": Decimal("99.90"), "liste": Decimal("80.00"), "k102": Decimal("70.00")}
ALL = Agreement(kept=True, shared=True, received=True)
CASHIER = SurfaceSetting(Surface.CASHIER, Show.OWN_AND_PARTNER, "uvp")


@pytest.mark.parametrize("flags", list(product((True, False), repeat=4)))
def test_a_partner_s_price_shows_only_where_all_four_agree(
    flags: tuple[bool, bool, bool, bool],
) -> None:
    """(OXOMI-11)"""
    kept, shared, received, displayed = flags
    setting = replace(CASHIER, show=Show.OWN_AND_PARTNER if displayed else Show.OWN)
    shown = shown_price(setting, TYPES, PRICES, Agreement(kept, shared, received))
    if all(flags):
        assert shown == ShownPrice(RRP, Decimal("99.90"))
    else:
        permissions = (Condition.KEPT, Condition.SHARED, Condition.RECEIVED, Condition.DISPLAYED)
        failed = tuple(each for each, good in zip(permissions, flags, strict=True) if not good)
        assert shown == HiddenPrice(failed)


def test_nothing_shows_unless_set() -> None:
    """(OXOMI-1)"""
    for surface in Surface:
        for agreement in (None, ALL):
            shown = shown_price(SurfaceSetting(surface), TYPES, PRICES, agreement)
            assert isinstance(shown, HiddenPrice)


@pytest.mark.parametrize("show", [Show.OWN, Show.OWN_AND_PARTNER])
def test_own_goods_need_no_partner(show: Show) -> None:
    """(OXOMI-3, OXOMI-7)"""
    shown = shown_price(replace(CASHIER, show=show), TYPES, PRICES, None)
    assert shown == ShownPrice(RRP, Decimal("99.90"))


def test_own_goods_without_that_price_show_nothing_and_not_zero() -> None:
    """(OXOMI-7)"""
    shown = shown_price(replace(CASHIER, type="uvpn"), TYPES, PRICES, None)
    assert shown == HiddenPrice((Condition.KEPT,))


def test_a_net_price_never_stands_in_for_a_gross_one() -> None:
    """(OXOMI-9)"""
    shown = shown_price(CASHIER, TYPES, {"uvpn": Decimal("83.25")}, None)
    assert isinstance(shown, HiddenPrice)


@pytest.mark.parametrize(
    ("level", "kind", "shows"),
    [
        (Level.WHOLESALE, "liste", True),
        (Level.WHOLESALE, "uvp", True),
        (Level.RETAIL, "liste", False),
        (Level.RETAIL, "uvp", True),
        (Level.CONSUMER, "liste", False),
        (Level.CONSUMER, "uvp", False),
    ],
)
def test_the_trade_level_decides_what_is_seen_of_partners(
    level: Level, kind: str, shows: bool
) -> None:
    """(OXOMI-12, OXOMI-13)"""
    setting = replace(CASHIER, level=level, type=kind)
    assert isinstance(shown_price(setting, TYPES, PRICES, ALL), ShownPrice) is shows
    assert isinstance(shown_price(setting, TYPES, PRICES, None), ShownPrice)


@pytest.mark.parametrize("surface", [Surface.DISPLAY, Surface.PRINT])
@pytest.mark.parametrize("level", Level)
def test_what_customers_see_cannot_be_raised(surface: Surface, level: Level) -> None:
    """(OXOMI-14)"""
    setting = SurfaceSetting(surface, Show.OWN_AND_PARTNER, "uvp", level)
    assert shown_price(setting, TYPES, PRICES, ALL) == HiddenPrice((Condition.LEVEL,))
    assert isinstance(shown_price(setting, TYPES, PRICES, None), ShownPrice)


@pytest.mark.parametrize("agreement", [None, ALL])
def test_a_price_agreed_with_a_customer_shows_nowhere(agreement: Agreement | None) -> None:
    """(OXOMI-5)"""
    for surface, level in product(Surface, Level):
        setting = SurfaceSetting(surface, Show.OWN_AND_PARTNER, "k102", level)
        shown = shown_price(setting, TYPES, PRICES, agreement)
        assert isinstance(shown, HiddenPrice) and Condition.CUSTOMER in shown.failed


def test_either_side_ends_it_alone() -> None:
    """(OXOMI-15)"""
    for ended in (replace(ALL, shared=False), replace(ALL, received=False)):
        assert isinstance(shown_price(CASHIER, TYPES, PRICES, ended), HiddenPrice)


def test_a_live_price_overrides_and_is_marked_with_its_time() -> None:
    """(OXOMI-16)"""
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    live = LivePrice(Decimal("88.00"), at)
    assert shown_price(CASHIER, TYPES, PRICES, ALL, live) == ShownPrice(RRP, Decimal("88.00"), at)
    assert shown_price(CASHIER, TYPES, {}, Agreement(), live) == ShownPrice(
        RRP, Decimal("88.00"), at
    )
    off = replace(CASHIER, show=Show.NONE)
    assert isinstance(shown_price(off, TYPES, PRICES, ALL, live), HiddenPrice)


def test_the_short_label_goes_before_the_name() -> None:
    """(OXOMI-6)"""
    assert (NET.title, LIST.title) == ("exkl. MwSt.", "Listenpreis")
