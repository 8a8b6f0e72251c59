"""What discounts and tax freedom take off, line by line, so that the parts make the whole.

`balance` hands a sale's discount to its lines; `reductions` tells what a line would have cost and
each thing taken off it, as shown on screen and receipt. The shown amounts add up to the cent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.deduction import Deduction, Source
from pos.domain.discount import AmountOff, Discount, Granted, InsteadOff, spread
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale


class Off(StrEnum):
    """Why something came off a price; text keys under `discount.`.

    Attributes:
        SOLD: goods come back for less than their price, as they were sold for less. It takes
            off what is given back, so its amount is below zero.
        KEPT: less of what was paid is given back; below zero too.
    """

    LIST = "list"
    PERCENT = "percent"
    AMOUNT = "amount"
    INSTEAD = "instead"
    TAX = "tax"
    SOLD = "sold"
    KEPT = "kept"
    COUPON = "coupon"
    POINTS = "points"


class Reduction(Struct, frozen=True):
    """One thing taken off, tax included.

    Attributes:
        percent: of a discount by percent, else 0.
        reason: as the operator told it.
        name, number: of a coupon or a points programme.
        points: how many were spent.
    """

    kind: Off
    amount: Money
    percent: Decimal = Decimal(0)
    reason: str = ""
    name: str = ""
    number: str = ""
    points: int = 0


def balance(sale: Sale) -> Sale:
    """The sale with each line's share of what comes off the whole, and with or without tax.

    To be called after every change of an open sale. A discount by amount never takes more than
    there is; it comes back in full when lines come back.
    """
    lines = tuple(_taxed_as(sale, line) for line in sale.lines)
    taxed = sale if lines == sale.lines else replace(sale, lines=lines)
    shares = sum(whole_shares(taxed), Counter[int]())
    lines = tuple(
        line
        if line.has_own_terms or line.share == shares.get(line.number, 0)
        else replace(line, share=shares.get(line.number, 0))
        for line in taxed.lines
    )
    return taxed if lines == taxed.lines else replace(taxed, lines=lines)


def _taxed_as(sale: Sale, line: LineItem) -> LineItem:
    untaxed = _is_untaxed(sale, line)
    if line.has_own_terms or line.untaxed is untaxed:
        return line
    return replace(line, untaxed=untaxed)


def _is_untaxed(sale: Sale, line: LineItem) -> bool:
    """Whether a line goes without tax: goods that leave the country do, money on a card doesn't.

    A single-purpose voucher is taxed when it is sold, wherever its buyer lives: the goods it pays
    for give that tax back (ETRON-35).
    """
    return sale.tax_free is not None and line.loads is None


def prices_to_discount(sale: Sale) -> dict[int, Money]:
    """What a discount on the sale is taken off: what is paid for each line, less its own."""
    return {
        line.number: own_amount(line, sale.currency)
        for line in sale.active_lines
        if line.bears_discounts
    }


def whole_shares(sale: Sale) -> list[Counter[int]]:
    """What each line bears of the discount on the sale, then of each deduction, in minor units."""
    if sale.discount is None and not sale.deductions:
        return []
    prices = prices_to_discount(sale)
    shares = [_by_hand_shares(sale.discount, prices)] if sale.discount else []
    left = _less(prices, shares[0]) if shares else prices
    for deduction in sale.deductions:
        found = _deducted(deduction, _among(deduction, prices), _among(deduction, left))
        shares.append(found)
        left = _less(left, found)
    return shares


def shares_by_hand(sale: Sale) -> Mapping[int, int]:
    """What each line bears of the discount by hand on the sale, in minor units."""
    return whole_shares(sale)[0] if sale.discount else {}


def reach_of(sale: Sale, deduction: Deduction) -> Money:
    """What the lines a deduction counts for come to, before anything comes off the whole sale."""
    return _sum(_among(deduction, prices_to_discount(sale)), sale.currency)


def _by_hand_shares(granted: Granted, prices: Mapping[int, Money]) -> Counter[int]:
    discount, payable = granted.discount, _sum(prices)
    assert not isinstance(discount, InsteadOff)
    if isinstance(discount, AmountOff) and payable:
        discount = AmountOff(min(discount.amount, payable))
    return _spread(discount, prices)


def _deducted(
    deduction: Deduction, whole: Mapping[int, Money], left: Mapping[int, Money]
) -> Counter[int]:
    """`whole` decides whether a minimum is reached, `left` is what something can come off."""
    if _sum(whole).minor < deduction.minimum:
        return Counter()
    return _spread(deduction.taken_from(_sum(left)), left)


def _spread(discount: Discount | None, prices: Mapping[int, Money]) -> Counter[int]:
    if discount is None or not _sum(prices):
        return Counter()
    parts = spread(discount, list(prices.values()))
    return Counter({number: part.minor for number, part in zip(prices, parts, strict=True)})


def _among(deduction: Deduction, prices: Mapping[int, Money]) -> Mapping[int, Money]:
    wanted = deduction.lines
    if wanted is None:
        return prices
    return {number: price for number, price in prices.items() if number in wanted}


def _less(prices: Mapping[int, Money], shares: Mapping[int, int]) -> dict[int, Money]:
    return {
        number: Money(price.minor - shares.get(number, 0), price.currency)
        for number, price in prices.items()
    }


def _sum(prices: Mapping[int, Money], currency: str = "") -> Money:
    """What can bear a discount; lines that cost nothing or less can't."""
    bearing = [price for price in prices.values() if price.minor > 0]
    return Money.total(bearing, currency or next((each.currency for each in bearing), "EUR"))


def full_amount(line: LineItem, currency: str) -> Money:
    """What the line would cost at its public price, without any discount, with its tax."""
    return _bare(line, line.public_price or line.unit_price).amount(currency)


def own_amount(line: LineItem, currency: str) -> Money:
    """What a line costs by itself, before its share of the discount on the sale."""
    return (replace(line, share=0) if line.share else line).amount(currency)


def reductions(line: LineItem, currency: str) -> tuple[Reduction, ...]:
    """What was taken off a line itself, in order; with the share of the sale's discount left out.

    `full_amount` less these is the line's amount before that share. Freedom from tax counts here.
    """
    if line.has_own_terms:
        return tuple(_as_sold(line, currency))
    found: list[Reduction] = []
    priced = _bare(line, line.unit_price).amount(currency)
    if line.public_price is not None and (before := full_amount(line, currency)) != priced:
        found.append(Reduction(Off.LIST, before - priced))
    if line.discount is not None:
        reduced = replace(line, share=0, untaxed=False).amount(currency)
        found.append(_by_hand(line.discount, priced - reduced))
        priced = reduced
    if line.untaxed:
        found.append(Reduction(Off.TAX, priced - own_amount(line, currency)))
    return tuple(found)


def _as_sold(line: LineItem, currency: str) -> Iterator[Reduction]:
    """What was taken off when it was sold, and what is kept of the money now."""
    assert line.returns is not None
    kept = Money(line.returns.kept, currency)
    off = full_amount(line, currency) - line.amount(currency) + kept
    if off:
        yield Reduction(Off.SOLD, off)
    if kept:
        yield Reduction(Off.KEPT, -kept, reason=line.returns.kept_reason)


def sale_reduction(sale: Sale) -> Reduction | None:
    """What the discount by hand on the sale takes off its total; None without one."""
    if sale.discount is None:
        return None
    return next(iter(whole_reductions(sale)))


def whole_reductions(sale: Sale) -> tuple[Reduction, ...]:
    """What comes off the sale's total as a whole, in order; what takes nothing is 0.

    Each is what it changes of the total, so all of them lead from the lines' sum to the total.
    """
    return tuple(_whole_reductions(sale)) if sale.discount or sale.deductions else ()


def _whole_reductions(sale: Sale) -> Iterator[Reduction]:
    causes = ([sale.discount] if sale.discount else []) + list(sale.deductions)
    borne: Counter[int] = Counter()
    before = _bearing(sale, borne)
    for cause, shares in zip(causes, whole_shares(sale), strict=True):
        borne = borne + shares
        after = _bearing(sale, borne)
        yield _reduction(cause, before - after, Money(shares.total(), sale.currency))
        before = after


def _bearing(sale: Sale, shares: Mapping[int, int]) -> Money:
    lines = tuple(replace(line, share=shares.get(line.number, 0)) for line in sale.lines)
    return replace(sale, lines=lines).total


def _reduction(cause: Granted | Deduction, amount: Money, borne: Money) -> Reduction:
    if isinstance(cause, Granted):
        return _by_hand(cause, amount)
    steps = cause.steps_within(borne) if cause.source is Source.POINTS else 0
    return Reduction(
        Off(cause.source.value),
        amount,
        cause.percent,
        name=cause.name,
        number=cause.number,
        points=steps * cause.points,
    )


def deduction_facts(sale: Sale) -> list[dict[str, object]]:
    """Every coupon and spending of points that took something off, for journal and reports."""
    return [
        {
            "source": each.kind.value,
            "number": each.number,
            "name": each.name,
            "off": each.amount.minor,
            "points": each.points,
        }
        for each in whole_reductions(sale)
        if each.kind in (Off.COUPON, Off.POINTS) and each.amount
    ]


def discount_facts(sale: Sale) -> list[dict[str, object]]:
    """Every discount given by hand in a sale and what it took off, for journal and reports."""
    facts = [
        (line.number, line.discount, reduction.amount)
        for line in sale.active_lines
        if line.discount is not None
        for reduction in reductions(line, sale.currency)
        if reduction.kind not in (Off.LIST, Off.TAX)
    ]
    whole = sale_reduction(sale)
    if sale.discount is not None and whole is not None:
        facts.append((0, sale.discount, whole.amount))
    return [
        {"line": line, "off": amount.minor} | granted.record() for line, granted, amount in facts
    ]


def _by_hand(granted: Granted, amount: Money) -> Reduction:
    match granted.discount:
        case InsteadOff():
            kind = Off.INSTEAD
        case AmountOff():
            kind = Off.AMOUNT
        case _:
            kind = Off.PERCENT
    return Reduction(kind, amount, granted.percent, granted.reason)


def _bare(line: LineItem, unit_price: Decimal) -> LineItem:
    return replace(line, unit_price=unit_price, discount=None, share=0, untaxed=False, returns=None)
