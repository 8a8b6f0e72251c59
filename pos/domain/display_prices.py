"""Prices that are shown and never charged: a maker's recommended price, a list price (OXOMI-1…16).

They are kept apart from selling prices, and nothing here adds or takes off tax: a net price never
becomes a gross one (OXOMI-9). Nothing shows unless every party allowed it; `shown_price` is the one
place where that is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class PriceKind(StrEnum):
    """What a kind of price is to the trade. Those agreed with one customer show nowhere."""

    RRP_GROSS = "rrp_gross"
    RRP_NET = "rrp_net"
    LIST = "list"
    OTHER = "other"
    CUSTOMER = "customer"


RECOMMENDED = frozenset({PriceKind.RRP_GROSS, PriceKind.RRP_NET})


class Surface(StrEnum):
    """Where a price may appear."""

    CASHIER = "cashier"
    DISPLAY = "display"
    PRINT = "print"


class Show(StrEnum):
    """Whose goods a surface shows prices of (OXOMI-3)."""

    NONE = "none"
    OWN = "own"
    OWN_AND_PARTNER = "own_and_partner"


class Level(StrEnum):
    """Who looks at a surface (OXOMI-12 to OXOMI-14)."""

    WHOLESALE = "wholesale"
    RETAIL = "retail"
    CONSUMER = "consumer"


class Condition(StrEnum):
    """What must hold for a price to show; text keys under `display_price.failed.`.

    The first four are the permissions, each in the hand of another side (OXOMI-11).
    """

    KEPT = "kept"
    SHARED = "shared"
    RECEIVED = "received"
    DISPLAYED = "displayed"
    LEVEL = "level"
    CUSTOMER = "customer"


class PriceType(Struct, frozen=True):
    """A kind of price. `label` is shown in place of the name (OXOMI-6)."""

    number: str
    name: str
    kind: PriceKind
    label: str = ""

    @property
    def title(self) -> str:
        """What stands beside the price."""
        return self.label or self.name


class Agreement(Struct, frozen=True):
    """What maker and shop allow for one kind of price. Either ends it alone (OXOMI-15)."""

    kept: bool = False
    shared: bool = False
    received: bool = False


class SurfaceSetting(Struct, frozen=True):
    """What one surface shows: at most one kind of price (OXOMI-4)."""

    surface: Surface
    show: Show = Show.NONE
    type: str = ""
    level: Level = Level.RETAIL

    @property
    def trade_level(self) -> Level:
        """The level that counts: what customers see is theirs, whatever was set (OXOMI-14)."""
        return self.level if self.surface is Surface.CASHIER else Level.CONSUMER


class LivePrice(Struct, frozen=True):
    """A price the back office gave just now, for this customer, with discounts and tiers."""

    price: Decimal
    at: datetime


class ShownPrice(Struct, frozen=True):
    """A price to show, of one unit, as it was given. `at` marks a live one with its time."""

    type: PriceType | None
    price: Decimal
    at: datetime | None = None


class HiddenPrice(Struct, frozen=True):
    """No price to show, and every condition that failed; managers are told."""

    failed: tuple[Condition, ...]


def shown_price(
    setting: SurfaceSetting,
    types: Mapping[str, PriceType],
    prices: Mapping[str, Decimal],
    agreement: Agreement | None,
    live: LivePrice | None = None,
) -> ShownPrice | HiddenPrice:
    """The price a surface shows of an article, or why it shows none.

    Args:
        setting: of the surface.
        types: all kinds of prices, by number.
        prices: of this article, by kind: what is stored, never worked out.
        agreement: with the maker about the surface's kind; None for the shop's own goods.
        live: overrides all but a surface that shows nothing (OXOMI-16).
    """
    kind = types.get(setting.type)
    if live is not None and setting.show is not Show.NONE:
        return ShownPrice(kind, live.price, live.at)
    price = prices.get(setting.type)
    failed = _failed(setting, kind, price, agreement)
    if failed or kind is None or price is None:
        return HiddenPrice(failed)
    return ShownPrice(kind, price)


def _failed(
    setting: SurfaceSetting,
    kind: PriceType | None,
    price: Decimal | None,
    agreement: Agreement | None,
) -> tuple[Condition, ...]:
    own = agreement is None
    allowed = agreement or Agreement(kept=True, shared=True, received=True)
    shows = (Show.OWN, Show.OWN_AND_PARTNER) if own else (Show.OWN_AND_PARTNER,)
    holds = {
        Condition.KEPT: allowed.kept and price is not None,
        Condition.SHARED: allowed.shared,
        Condition.RECEIVED: allowed.received,
        Condition.DISPLAYED: kind is not None and setting.show in shows,
        Condition.LEVEL: own or kind is None or _may_see(setting.trade_level, kind.kind),
        Condition.CUSTOMER: kind is None or kind.kind is not PriceKind.CUSTOMER,
    }
    return tuple(condition for condition, good in holds.items() if not good)


def _may_see(level: Level, kind: PriceKind) -> bool:
    """Whether somebody of this level may see a partner's price of this kind."""
    if level is Level.WHOLESALE:
        return True
    return level is Level.RETAIL and kind in RECOMMENDED
