"""Money in integer minor units, and the one place where amounts are rounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation

from msgspec import Struct

CURRENCY_DECIMALS = {"EUR": 2, "CHF": 2, "USD": 2, "GBP": 2, "CZK": 2, "HUF": 2, "JPY": 0}

EXACT = Context(prec=1_000_000, traps=[Inexact, InvalidOperation, DivisionByZero])
"""Arithmetic that never drops a digit: it raises instead. Python's own stops at 28 digits."""

_WIDE = Context(prec=1_000_000, traps=[InvalidOperation])
_LAST_PLACE = tuple(Decimal(1).scaleb(-places) for places in range(13))


def round_half_up(value: Decimal) -> int:
    """Round to a whole number; a tie goes away from zero, so a refund mirrors its sale."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def round_to_places(value: Decimal, places: int) -> Decimal:
    """Round half up to so many decimals, as `round_half_up` does to none."""
    return value.quantize(_LAST_PLACE[places], ROUND_HALF_UP, _WIDE)


def rounded_quotient(dividend: Decimal, divisor: Decimal) -> int:
    """Divide and round half up as one step, so that no digit is lost in between."""
    twice = EXACT.multiply(divisor.copy_abs(), Decimal(2))
    ties_up = EXACT.add(EXACT.multiply(dividend.copy_abs(), Decimal(2)), divisor.copy_abs())
    size = int(EXACT.divide_int(ties_up, twice))
    return -size if dividend.is_signed() != divisor.is_signed() else size


def round_to_step(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of the step; a tie goes away from zero."""
    return EXACT.multiply(Decimal(rounded_quotient(value, step)), step)


class Money(Struct, frozen=True):
    """An amount in minor units (cents) of one currency. Mixing currencies raises ValueError."""

    minor: int
    currency: str = "EUR"

    @classmethod
    def of(cls, amount: Decimal, currency: str = "EUR") -> Money:
        """The amount in major units, rounded half up to the currency's minor unit."""
        return cls(round_half_up(EXACT.scaleb(amount, CURRENCY_DECIMALS[currency])), currency)

    @classmethod
    def parse(cls, text: str, currency: str = "EUR") -> Money:
        """Read "12.90" or "12,90" exactly; raises ValueError on anything finer or other."""
        amount = parse_decimal(text)
        minor = amount.scaleb(CURRENCY_DECIMALS[currency])
        if minor != minor.to_integral_value():
            raise ValueError(f"{text!r} is finer than the minor unit of {currency}")
        return cls(int(minor), currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str = "EUR") -> Money:
        """The sum; zero in `currency` when there are none."""
        result = cls(0, currency)
        for amount in amounts:
            result += amount
        return result

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-CURRENCY_DECIMALS[self.currency])

    def __str__(self) -> str:
        return f"{self.decimal:f}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def times(self, count: int) -> Money:
        """So many times the amount."""
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} don't mix")
        return other.minor


MAX_DIGITS = 12


def parse_decimal(text: str) -> Decimal:
    """Read a plain number; comma and point both mean the decimal sign. Raises ValueError."""
    plain = text.strip().replace(",", ".")
    unsigned = plain[1:] if plain.startswith(("+", "-")) else plain
    digits = unsigned.replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > MAX_DIGITS:
        raise ValueError(f"not a number: {text[:40]!r}")
    return Decimal(plain)


def split_by_weight(total: int, weights: Sequence[int]) -> list[int]:
    """Split minor units in proportion to weights; the parts add up to the total exactly.

    Largest remainder; on equal remainders the earlier part gets the unit. Negative totals mirror
    positive ones. All weights zero raises ValueError.
    """
    weight_sum = sum(weights)
    if weight_sum == 0:
        raise ValueError("nothing to split over")
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // weight_sum for weight in weights]
    remainders = [abs(total) * weight % weight_sum for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -remainders[index])
    for index in by_remainder[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
