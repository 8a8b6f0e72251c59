"""Turnover by product category and tax, for the books (ETRON-4, ETRON-7).

It comes from what the journal says of closed sales alone, and always adds up to their receipts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from pos.domain.money import Money, rounded_quotient

_WHOLE = 10_000
"""Basis points in one."""

Taxed = tuple[str, int]
"""A tax code and its rate in basis points."""


class Booking(Struct, frozen=True):
    """What goods of one category brought in at one tax; `category` is empty where goods have none,
    and for what isn't goods: turnover that redeemed vouchers take back.
    """

    category: str
    tax_code: str
    tax_rate: int
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """Net and tax."""
        return self.net + self.tax


def bookings(
    sales: Iterable[Mapping[str, Any]], categories: Mapping[str, str], currency: str
) -> tuple[Booking, ...]:
    """The bookings of closed sales, as the journal tells them.

    Args:
        categories: of products, by number; goods that aren't named belong to none.
    """
    sums: dict[tuple[str, Taxed], list[int]] = defaultdict(lambda: [0, 0])
    for sale in sales:
        for category, taxed, net, tax in _of_sale(sale, categories):
            sums[category, taxed][0] += net
            sums[category, taxed][1] += tax
    return tuple(
        Booking(category, code, rate, Money(net, currency), Money(tax, currency))
        for (category, (code, rate)), (net, tax) in sorted(sums.items())
        if net or tax
    )


def _of_sale(
    sale: Mapping[str, Any], categories: Mapping[str, str]
) -> Iterator[tuple[str, Taxed, int, int]]:
    """Category, tax, net and tax amount of one sale, in minor units."""
    gross: dict[Taxed, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines: dict[Taxed, int] = defaultdict(int)
    for line in sale["lines"]:
        taxed = (line["tax_code"], 0 if line.get("untaxed") else line["tax_rate"])
        gross[taxed][categories.get(line["product"], "")] += line["amount"]
        lines[taxed] += 1
    totals: dict[Taxed, list[int]] = defaultdict(lambda: [0, 0])
    for code, rate, net, tax, _ in sale["taxes"]:
        totals[code, rate][0] += net
        totals[code, rate][1] += tax
    for taxed, (net, tax) in totals.items():
        yield from _shared(taxed, net, tax, gross[taxed], lines[taxed])


def _shared(
    taxed: Taxed, net: int, tax: int, gross: dict[str, int], lines: int
) -> Iterator[tuple[str, Taxed, int, int]]:
    """One tax of one receipt, shared over its categories to the cent.

    What rounding leaves over goes to the largest; more than a cent a line is no rounding but
    turnover without goods, and stands by itself.
    """
    rest = net + tax - sum(gross.values())
    if abs(rest) > lines:
        gross[""] = gross.get("", 0) + rest
    elif rest:
        gross[_largest(gross)] += rest
    nets = {each: _net(amount, taxed[1]) for each, amount in gross.items()}
    if nets:
        nets[_largest(gross)] += net - sum(nets.values())
    for category, amount in gross.items():
        yield category, taxed, nets[category], amount - nets[category]


def _net(gross: int, rate: int) -> int:
    return rounded_quotient(Decimal(gross) * _WHOLE, Decimal(_WHOLE + rate))


def _largest(amounts: Mapping[str, int]) -> str:
    return max(sorted(amounts), key=lambda each: abs(amounts[each]))
