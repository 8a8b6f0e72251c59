"""Value added tax: dated rates, the tax of a line, the VAT table of a document.

Every amount is exact until a named function rounds it. The rules are those of a recorded retail
server; its cases are replayed by `python -m tests.vectors taxes`:

* A line's price is reduced by its discount percent without rounding, taken times the quantity, and
  only then rounded to the cent.
* Where the price holds the tax, the net amount is the rounded line price without the tax, rounded;
  the tax is what is left. So net + tax = gross, and the line prices add up to the total.
* Where it doesn't, the tax is the rate on the rounded net amount. `PER_LINE` rounds it there;
  `PER_GROUP` adds up the unrounded taxes of a document and rounds each sum once.
* A document rounds its sales and its refunds of one tax apart (`TaxPool.DIRECTION`).

All five blocks of a recorded case are reproduced: `lines` by `line_amounts`, `taxes` by
`tax_table`, `document`, `till` and `order_recomputed` by `document_total` with its three pools.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.money import EXACT, Money, round_half_up, rounded_quotient
from pos.domain.quantity import Quantity

BASIS_POINTS = 10_000
"""Basis points in the whole: 2,000 are 20 %."""


class TaxRounding(StrEnum):
    """Where tax that isn't part of the price is rounded. Austria's default is `PER_GROUP`."""

    PER_LINE = "per_line"
    PER_GROUP = "per_group"


class TaxPool(StrEnum):
    """Which lines' taxes are added up before they are rounded, where rounding is per group.

    Attributes:
        DIRECTION: sales and refunds of one tax, each by itself. Our documents.
        TAX: all lines of one tax.
        ALL: all lines. A back office that recalculates an order may do this; the till uses it to
            tell a difference of its own making from one of the office's (complaint 19 of peers).
    """

    DIRECTION = "direction"
    TAX = "tax"
    ALL = "all"


class TaxCategory(StrEnum):
    """What a rate is in law, free of its height; a fiscal unit maps it to its own fields.

    Austria sums by these on the signed receipt (annex of the RKSV): normal, reduced 1, reduced 2,
    special (19 % in two valleys, 4.9 % on basic food), zero.
    """

    NORMAL = "normal"
    REDUCED_1 = "reduced_1"
    REDUCED_2 = "reduced_2"
    SPECIAL = "special"
    ZERO = "zero"


class TaxRate(Struct, frozen=True):
    """A rate from a day on. The category is dated too: basic food leaves `REDUCED_1` with 10 %."""

    since: date
    basis_points: int
    category: TaxCategory


class TaxCode(Struct, frozen=True):
    """A tax as products name it, with the rates it has had and will have, in any order."""

    code: str
    name: str
    rates: tuple[TaxRate, ...]

    def rate_on(self, day: date) -> TaxRate:
        """The rate on the day of supply; raises Refusal "tax_rate_missing" before the first."""
        begun = [rate for rate in self.rates if rate.since <= day]
        if not begun:
            raise Refusal("tax_rate_missing", code=self.code, day=day)
        return max(begun, key=lambda rate: rate.since)


class TaxAmount(Struct, frozen=True):
    """Net, tax and gross of one thing. Rounded figures; net + tax = gross always."""

    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """What is paid."""
        return self.net + self.tax

    def __add__(self, other: TaxAmount) -> TaxAmount:
        return TaxAmount(self.net + other.net, self.tax + other.tax)


class TaxLine(Struct, frozen=True):
    """What the tax of a line depends on.

    Attributes:
        unit_price: of one unit, in major currency units, with the tax if `tax_included`.
        discount: percent off the unit price, exact; the reduced unit price isn't rounded.
        rate: basis points.
        reduction: taken off what is paid for the line, such as a share of a discount on the sale.
            10.00 off are 10.00 less to pay, whether the price holds its tax or bears none.
        untaxed: no tax is charged (COMARCH-9: intra-community, third country); the price gives up
            the tax it holds, so 120.00 with 20 % becomes 100.00.
        code: of the tax, kept apart in the VAT table even at equal rates.
        exact: what the line comes to, computed elsewhere: goods given back for what they cost.
    """

    unit_price: Decimal
    quantity: Quantity
    rate: int
    tax_included: bool = True
    discount: Decimal = Decimal(0)
    reduction: Money | None = None
    untaxed: bool = False
    code: str = ""
    currency: str = "EUR"
    exact: TaxAmount | None = None

    @property
    def price(self) -> Money:
        """Unit price times quantity, less the discount percent; holds the tax if included."""
        if self.exact is not None:
            return self.exact.gross if self.tax_included else self.exact.net
        kept = (100 - self.discount).scaleb(-2)
        amount = EXACT.multiply(EXACT.multiply(self.unit_price, kept), self.quantity.decimal)
        return Money.of(amount, self.currency)

    @property
    def paid(self) -> Money:
        """What the customer pays for the line alone, less all that comes off it."""
        return line_amounts(self).gross

    @property
    def is_refund(self) -> bool:
        """Whether goods come back."""
        return self.quantity.thousandths < 0


class TaxGroup(Struct, frozen=True):
    """One row of the VAT table: all lines of one tax that hold it, or don't hold it, alike."""

    code: str
    rate: int
    tax_included: bool
    amount: TaxAmount


def without_tax(price: Decimal, rate: int) -> Decimal:
    """A unit price that holds its tax, without it, to the cent: for looking at, not for sums."""
    cents = rounded_quotient(price.scaleb(2) * BASIS_POINTS, Decimal(BASIS_POINTS + rate))
    return Decimal(cents).scaleb(-2)


def with_tax(price: Decimal, rate: int) -> Decimal:
    """A unit price that doesn't hold its tax, with it; exact."""
    return EXACT.multiply(price, Decimal(BASIS_POINTS + rate).scaleb(-4))


def line_amounts(line: TaxLine) -> TaxAmount:
    """Net and tax of a line to the cent, in either rounding mode."""
    net, tax = _net_and_tax(line)
    return TaxAmount(net, Money(round_half_up(tax), line.currency))


def line_shares(lines: Sequence[TaxLine], rounding: TaxRounding) -> tuple[TaxAmount, ...]:
    """Net and tax of each line such that the lines of each row of the VAT table add up to it.

    Where a group's tax is rounded once, a line bears what its tax moves the rounded sum by.
    """
    sums: dict[object, Decimal] = defaultdict(Decimal)
    shares = []
    for index, line in enumerate(lines):
        net, tax = _net_and_tax(line)
        pool = index if rounding is TaxRounding.PER_LINE else _pool_of(line, TaxPool.DIRECTION)
        before = round_half_up(sums[pool])
        sums[pool] += tax
        shares.append(TaxAmount(net, Money(round_half_up(sums[pool]) - before, net.currency)))
    return tuple(shares)


def tax_table(lines: Sequence[TaxLine], rounding: TaxRounding) -> tuple[TaxGroup, ...]:
    """The VAT table of a document: highest rate first, prices holding their tax first.

    Its rows add up to `document_total`.
    """
    groups: dict[tuple[int, bool, str], list[TaxLine]] = defaultdict(list)
    for line in lines:
        rate, included, code = _tax_of(line)
        groups[-rate, not included, code].append(line)
    return tuple(
        TaxGroup(code, -rate, not excluded, document_total(groups[rate, excluded, code], rounding))
        for rate, excluded, code in sorted(groups)
    )


def document_total(
    lines: Sequence[TaxLine],
    rounding: TaxRounding,
    pool: TaxPool = TaxPool.DIRECTION,
    currency: str = "EUR",
) -> TaxAmount:
    """Net, tax and gross of all lines; zero in `currency` when there are none."""
    net = Money(0, lines[0].currency if lines else currency)
    pools: dict[object, Decimal] = defaultdict(Decimal)
    for index, line in enumerate(lines):
        line_net, tax = _net_and_tax(line)
        net += line_net
        pools[index if rounding is TaxRounding.PER_LINE else _pool_of(line, pool)] += tax
    return TaxAmount(net, Money(sum(map(round_half_up, pools.values())), net.currency))


def _net_and_tax(line: TaxLine) -> tuple[Money, Decimal]:
    """Rounded net amount, and the tax in minor units: whole if included, else unrounded."""
    if line.exact is not None:
        return line.exact.net, Decimal(line.exact.tax.minor)
    price, off = line.price.minor, line.reduction.minor if line.reduction else 0
    net, tax = price, Decimal(price * line.rate) / BASIS_POINTS
    if line.untaxed:
        net, tax = (_without(price, line.rate) if line.tax_included else price) - off, Decimal(0)
    elif line.tax_included or off:
        gross = (price if line.tax_included else price + round_half_up(tax)) - off
        net = _without(gross, line.rate)
        tax = Decimal(gross - net)
    return Money(net, line.currency), tax


def _without(gross: int, rate: int) -> int:
    """Minor units that hold their tax, without it."""
    return round_half_up(Decimal(gross * BASIS_POINTS) / (BASIS_POINTS + rate))


def _tax_of(line: TaxLine) -> tuple[int, bool, str]:
    """Rate, inclusion and code as charged."""
    return (0, False, line.code) if line.untaxed else (line.rate, line.tax_included, line.code)


def _pool_of(line: TaxLine, pool: TaxPool) -> object:
    if pool is TaxPool.ALL:
        return pool
    return (_tax_of(line), pool is TaxPool.DIRECTION and line.is_refund)
