"""What comes off a whole sale besides a discount by hand: coupons and spent points (T-129).

All of it lowers the price, so each tax code bears its share, as with a discount on the sale. It is
taken off in a fixed order: the discount by hand, the coupons as they came, the points last.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct

from pos.domain.discount import AmountOff, Discount, PercentOff
from pos.domain.money import Money


class Source(StrEnum):
    """Where a deduction comes from; text keys under `discount.`."""

    COUPON = "coupon"
    POINTS = "points"


class Deduction(Struct, frozen=True):
    """A coupon or points on one sale: a copy of what counted when they were taken.

    Attributes:
        number: of the coupon or of the points programme.
        name: as on screen and receipt.
        discount: what a coupon takes off, or one step of points.
        minimum: minor units; what the lines it counts for must come to, else it takes nothing.
        lines: numbers of the lines it counts for; None for all that allow discounts.
        points: of one step; 0 for a coupon.
        steps: how many were asked for; never more are taken than the price has room for.
    """

    source: Source
    number: str
    name: str
    discount: Discount
    minimum: int = 0
    lines: tuple[int, ...] | None = None
    points: int = 0
    steps: int = 1

    @property
    def percent(self) -> Decimal:
        """The percentage, 0 where it isn't one."""
        return self.discount.percent if isinstance(self.discount, PercentOff) else Decimal(0)

    def steps_within(self, payable: Money) -> int:
        """How many steps of points the price has room for: no point is given for nothing."""
        if not isinstance(self.discount, AmountOff) or self.discount.amount.minor <= 0:
            return 0
        return max(0, min(self.steps, payable.minor // self.discount.amount.minor))

    def taken_from(self, payable: Money) -> Discount | None:
        """What it takes off lines that cost so much by now; None where it takes nothing."""
        if payable.minor <= 0:
            return None
        if isinstance(self.discount, PercentOff):
            return self.discount
        if self.source is Source.COUPON:
            return AmountOff(min(self.discount.amount, payable))
        steps = self.steps_within(payable)
        amount = Money(self.discount.amount.minor * steps, payable.currency)
        return AmountOff(amount) if steps else None

    def record(self) -> dict[str, object]:
        """The deduction as plain values: percent as text, amounts in minor units."""
        off: dict[str, object] = (
            {"percent": format(self.discount.percent, "f")}
            if isinstance(self.discount, PercentOff)
            else {"minor": self.discount.amount.minor, "of": self.discount.amount.currency}
        )
        return off | {
            "source": self.source.value,
            "number": self.number,
            "name": self.name,
            "minimum": self.minimum,
            "lines": None if self.lines is None else list(self.lines),
            "points": self.points,
            "steps": self.steps,
        }

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Deduction:
        """The deduction a record holds."""
        lines = record["lines"]
        return cls(
            source=Source(record["source"]),
            number=record["number"],
            name=record["name"],
            discount=PercentOff(Decimal(record["percent"]))
            if "percent" in record
            else AmountOff(Money(record["minor"], record["of"])),
            minimum=record["minimum"],
            lines=None if lines is None else tuple(lines),
            points=record["points"],
            steps=record["steps"],
        )
