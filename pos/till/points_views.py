"""Snapshots of points and coupons (T-129). All frozen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from pos.domain.money import Money


class DeductionView(Struct, frozen=True):
    """A coupon, or points, that come off the sale.

    Attributes:
        kind: text key under `discount.on_sale.`.
        amount: what it takes off by now, above zero; 0 where it takes nothing.
        percent: of a coupon by percent, else 0.
        points: how many are spent; 0 for a coupon.
        minimum: what its goods have to come to; None where that is reached or nothing is asked.
    """

    kind: str
    number: str
    name: str
    amount: Money
    percent: Decimal = Decimal(0)
    points: int = 0
    minimum: Money | None = None


class PointsView(Struct, frozen=True):
    """The points of the customer on the sale; nobody else's are ever shown.

    Attributes:
        balance: what the account has; `owed` comes off the next points.
        step, worth: so many points take off so much; step 0: they can't be spent here.
        most: how many this sale has room for, and `most_worth` what they take off.
        spending: how many it spends now.
    """

    programme: str
    name: str
    balance: int
    owed: int = 0
    step: int = 0
    worth: Money = Money(0)
    most: int = 0
    most_worth: Money = Money(0)
    spending: int = 0


class PointsEntryView(Struct, frozen=True):
    """A step of a customer's points: `kind` is a text key under `points.kind.`.

    Attributes:
        points: with their sign; `balance` and `owed` stand after it.
        receipt: what it belongs to, 0 for none.
    """

    at: datetime
    programme: str
    kind: str
    points: int
    balance: int
    owed: int
    receipt: int
    reason: str
    operator: str
