"""What surfaces show beside the sale: prices that are never charged, goods that go with others."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct


class ShownPriceView(Struct, frozen=True):
    """The price a surface shows of an article, never charged (OXOMI-2).

    Attributes:
        surface: "cashier", "display" or "print".
        product: number of the article.
        title: what stands beside it: the short label, else the full name (OXOMI-6).
        price: of one unit, in major currency units; None where nothing is shown.
        live_at: when the back office gave it, None for a stored one (OXOMI-16).
        failed: text keys under `display_price.failed.` of why nothing is shown; only those who
            may change settings are told (OXOMI-11).
    """

    surface: str
    product: str
    title: str = ""
    price: Decimal | None = None
    live_at: datetime | None = None
    failed: tuple[str, ...] = ()


class SuggestionView(Struct, frozen=True):
    """Goods that go with what was rung up.

    Attributes:
        kind: text key under `related.`: accessory, upsell, cross.
        price: of one unit for this sale, in major currency units; the least where `is_from`.
    """

    kind: str
    product: str
    name: str
    price: Decimal
    is_from: bool = False
    picture: str = ""
