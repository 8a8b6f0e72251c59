"""What a back office in reach would charge a customer right now (OXOMI-16).

A plug-in of the kind "prices" is a `PriceSource`: it asks, and may take its time. `PriceLane`
(`pos/runtime/price_lane.py`) asks it on a lane of its own and is what the till looks at. What both
keep to stands in tests/contracts/test_live_prices.py.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from pos.domain.display_prices import LivePrice


class LivePrices(Protocol):
    """Prices for one customer, with this customer's discounts and tiers in them."""

    def known(self, product: str, customer: str) -> LivePrice | None:
        """The newest answer there is, at once; None without one, and while off line.

        Never waits and never raises: it is asked on the till's lane. The question goes out in the
        background, so that the next look finds an answer. `LivePrice.at` is when it came.
        """


class PriceQuestion(Struct, frozen=True):
    """One unit of a product, for one customer, in the shop's currency, at one till."""

    product: str
    customer: str
    currency: str
    till: str


class Quote(Struct, frozen=True):
    """What the back office answered: the price of one unit, and until when it stands (UTC)."""

    price: Decimal
    until: datetime | None = None


class PriceError(Exception):
    """There is no answer.

    Attributes:
        fault: "unreachable", "refused" or "unreadable".
        off_line: nobody is there: what was answered before doesn't count either.
    """

    def __init__(self, fault: str, *, off_line: bool = False) -> None:
        super().__init__(fault)
        self.fault, self.off_line = fault, off_line


class PriceSource(Protocol):
    """Asks the back office. Waits, so it belongs on a lane of its own."""

    def ask(self, question: PriceQuestion) -> Quote:
        """The answer; raises PriceError without one."""
