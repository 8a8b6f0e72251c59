"""What discounts and tax freedom take off, line by line, so that the parts make the whole.

`balance` hands a sale's discount to its lines; `reductions` tells what a line would have cost and
each thing taken off it, as shown on screen and receipt. The shown amounts add up to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pos.domain.discount import AmountOff, Discount, Granted, InsteadOff, spread
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale


class Off(StrEnum):
    """Why something came off a price; text keys under `discount.`.

    Attributes:
        SOLD: goods come back for less than their price, as they were sold for less. It takes
            off what is given back, so its amount is below zero.
    """

    LIST = "list"
    PERCENT = "percent"
    AMOUNT = "amount"
    INSTEAD = "instead"
    TAX = "tax"
    SOLD = "sold"


@dataclass(frozen=True, slots=True)
class Reduction:
    """One thing taken off, tax included.

    Attributes:
        percent: of a discount by percent, else 0.
        reason: as the operator told it.
    """

    kind: Off
    amount: Money
    percent: Decimal = Decimal(0)
    reason: str = ""


def balance(sale: Sale) -> Sale:
    """The sale with each line's share of its discount, and with or without tax as a whole.

    To be called after every change of an open sale. A discount by amount never takes more than
    there is; it comes back in full when lines come back.
    """
    shares, untaxed = _shares(sale), sale.tax_free is not None
    lines = tuple(
        line
        if line.has_own_terms or (line.share, line.untaxed) == (shares.get(line.number, 0), untaxed)
        else replace(line, share=shares.get(line.number, 0), untaxed=untaxed)
        for line in sale.lines
    )
    return sale if lines == sale.lines else replace(sale, lines=lines)


def prices_to_discount(sale: Sale) -> dict[int, Money]:
    """What a discount on the sale is taken off: each line's price after its own discount."""
    return {
        line.number: replace(line, share=0).tax_line(sale.currency).price
        for line in sale.active_lines
        if line.is_discountable
    }


def _shares(sale: Sale) -> dict[int, int]:
    if sale.discount is None:
        return {}
    prices = prices_to_discount(sale)
    payable = Money.total((price for price in prices.values() if price.minor > 0), sale.currency)
    discount = sale.discount.discount
    assert not isinstance(discount, InsteadOff)
    if not payable:
        return {}
    given: Discount = discount
    if isinstance(discount, AmountOff):
        given = AmountOff(min(discount.amount, payable))
    parts = spread(given, list(prices.values()))
    return {number: part.minor for number, part in zip(prices, parts, strict=True)}


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
        off = full_amount(line, currency) - line.amount(currency)
        return (Reduction(Off.SOLD, off),) if off else ()
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


def sale_reduction(sale: Sale) -> Reduction | None:
    """What the discount on the sale takes off its total; None without one."""
    if sale.discount is None:
        return None
    whole = replace(sale, lines=tuple(replace(line, share=0) for line in sale.lines))
    return _by_hand(sale.discount, whole.total - sale.total)


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
