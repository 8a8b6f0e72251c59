"""Discounts given at the till, on a line or on the whole sale, percent or amount (T-050, T-051).

A discount on the sale is spread over its lines in proportion to their prices, so that each tax code
bears its share and the shares add up to the discount to the cent. A line keeps its share in
`TaxLine.reduction`; a percentage on a line itself goes into `TaxLine.discount` and stays exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.money import EXACT, Money, round_half_up, split_by_weight

HUNDRED = Decimal(100)


class PercentOff(Struct, frozen=True):
    """A percentage off, above 0 and at most 100."""

    percent: Decimal


class AmountOff(Struct, frozen=True):
    """An amount off, above 0 and at most the price."""

    amount: Money


class InsteadOff(Struct, frozen=True):
    """A unit sold at this price in place of its own: the was-price way (T-052)."""

    price: Money


Discount = PercentOff | AmountOff
LineDiscount = Discount | InsteadOff


class Granted(Struct, frozen=True):
    """A discount somebody gave.

    Attributes:
        by: number of the operator who answers for it.
        reason: as told, empty where the shop asks for none.
    """

    discount: LineDiscount
    by: str
    reason: str = ""

    @property
    def percent(self) -> Decimal:
        """The percentage, 0 where it isn't one."""
        return self.discount.percent if isinstance(self.discount, PercentOff) else Decimal(0)

    def record(self) -> dict[str, object]:
        """The discount as plain values: percent as text, amounts in minor units."""
        record: dict[str, object] = {"by": self.by, "reason": self.reason}
        match self.discount:
            case PercentOff(percent=percent):
                return record | {"kind": "percent", "percent": format(percent, "f")}
            case AmountOff(amount=amount):
                return record | {"kind": "amount", "minor": amount.minor, "of": amount.currency}
            case InsteadOff(price=price):
                return record | {"kind": "instead", "minor": price.minor, "of": price.currency}

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Granted:
        """The discount a record holds."""
        by, reason = record["by"], record["reason"]
        if record["kind"] == "percent":
            return cls(PercentOff(Decimal(record["percent"])), by, reason)
        money = Money(record["minor"], record["of"])
        made = AmountOff(money) if record["kind"] == "amount" else InsteadOff(money)
        return cls(made, by, reason)


class DiscountRight(Struct, frozen=True):
    """What one operator may grant.

    Attributes:
        limit: percent of the price before the discount; 0 is no right at all.
        reason_needed: whether the shop wants each discount explained.
    """

    limit: Decimal
    reason_needed: bool = False


def amount_off(discount: Discount, price: Money) -> Money:
    """What the discount takes off a price, rounded to the cent; raises Refusal on a senseless one.

    A percentage off what a return line gives back is negative: less is given back. An amount can
    only come off a price above zero.
    """
    if isinstance(discount, PercentOff):
        if not 0 < discount.percent <= HUNDRED:
            raise Refusal("discount_percent", percent=discount.percent)
        share = EXACT.multiply(discount.percent.scaleb(-2), Decimal(price.minor))
        return Money(round_half_up(share), price.currency)
    if discount.amount.minor <= 0 or discount.amount > price:
        raise Refusal("discount_amount", amount=discount.amount, price=price)
    return discount.amount


def spread(discount: Discount, prices: Sequence[Money]) -> tuple[Money, ...]:
    """Each line's share of a discount on the sale; the shares add up to the discount.

    `prices` are what the lines cost before it, in their order. A price of zero or below takes no
    share, and neither do lines the shop never discounts (deposits, vouchers): give them as zero.
    No share exceeds its price.
    """
    bearing = [max(price.minor, 0) for price in prices]
    if not any(bearing):
        raise Refusal("discount_nothing")
    total = Money(sum(bearing), prices[0].currency)
    shares = split_by_weight(amount_off(discount, total).minor, bearing)
    return tuple(Money(share, total.currency) for share in shares)


def check_right(discount: Discount, price: Money, right: DiscountRight, reason: str = "") -> None:
    """Refuse a discount beyond the operator's limit, or without the reason the shop wants.

    An amount is weighed against what the limit would take off the price, rounded alike.
    """
    if isinstance(discount, PercentOff):
        beyond = discount.percent > right.limit
    else:
        beyond = not right.limit or discount.amount > amount_off(PercentOff(right.limit), price)
    if beyond:
        raise Refusal("discount_limit", limit=right.limit)
    if right.reason_needed and not reason.strip():
        raise Refusal("discount_reason")
