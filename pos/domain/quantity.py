"""Quantities in integer thousandths of a unit."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pos.domain.money import parse_decimal, round_half_up


class Quantity(Struct, frozen=True, order=True):
    """How much of a product: thousandths of its unit (1,000 = one piece, or one kilogram)."""

    thousandths: int

    @classmethod
    def of(cls, amount: Decimal | int) -> Quantity:
        """The amount in whole units, rounded half up to thousandths."""
        return cls(round_half_up(Decimal(amount).scaleb(3)))

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read "3", "0.25" or "0,25" exactly; raises ValueError on anything finer or other."""
        thousandths = parse_decimal(text).scaleb(3)
        if thousandths != thousandths.to_integral_value():
            raise ValueError(f"{text!r} is finer than a thousandth")
        return cls(int(thousandths))

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, exact."""
        return Decimal(self.thousandths).scaleb(-3)

    def __str__(self) -> str:
        text = f"{self.decimal:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.thousandths + other.thousandths)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.thousandths - other.thousandths)

    def __neg__(self) -> Quantity:
        return Quantity(-self.thousandths)

    def times(self, count: Quantity) -> Quantity:
        """This content taken `count` times (a carton of 10, three times), to thousandths."""
        return Quantity.of(self.decimal * count.decimal)

    def rounded(self, step: int) -> Quantity:
        """The nearest multiple of a step in thousandths; a tie goes away from zero."""
        return Quantity(step * round_half_up(Decimal(self.thousandths) / step))


ONE = Quantity(1000)
