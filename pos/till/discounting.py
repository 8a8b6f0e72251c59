"""Discounts by hand: on a line or on the sale, by percent, amount or a price instead (T-050…052).

A discount comes off whatever the line costs: a list's price or one set by hand. It wants the
right, stays below the limit of whoever answers for it, and has its reason where the shop wants one.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.balance import prices_to_discount
from pos.domain.discount import (
    AmountOff,
    Discount,
    DiscountRight,
    Granted,
    InsteadOff,
    LineDiscount,
    PercentOff,
    amount_off,
    check_right,
    spread,
)
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Operator, Right
from pos.domain.panel import Feature
from pos.domain.sale import LineItem, Sale
from pos.till.approving import Approval, answerable
from pos.till.deducting import balanced
from pos.till.desk import Desk, line_facts
from pos.till.discount_limits import demand_within
from pos.till.offering import demand
from pos.till.undo import DiscountChanged
from pos.till.visibility import demand_discounts_for

MAX_REASON = 80


def read_discount(
    percent: Decimal | None, amount: Money | None, instead: Money | None = None
) -> LineDiscount:
    """The one discount that was asked for; raises Refusal "discount_unclear" on none or several."""
    given: list[LineDiscount] = [
        *([PercentOff(percent)] if percent is not None else []),
        *([AmountOff(amount)] if amount is not None else []),
        *([InsteadOff(instead)] if instead is not None else []),
    ]
    if len(given) != 1:
        raise Refusal("discount_unclear")
    return given[0]


def discount_line(desk: Desk, number: int, wanted: LineDiscount, approval: Approval) -> None:
    """Take something off a line, in place of what was taken off it before."""
    demand(desk, Feature.DISCOUNTS)
    sale = desk.open_sale()
    sale.demand_open()
    line = sale.line(number)
    if line.removed:
        raise Refusal("line_removed", line=number)
    if line.goods.invoice:
        raise Refusal("invoice_fixed", invoice=line.goods.invoice)
    if line.returns is not None:
        raise Refusal("return_price_fixed", name=line.name)
    if not line.is_discountable:
        raise Refusal("discount_deposit")
    if line.goods.fixed_price:
        raise Refusal("discount_fixed_price", name=line.name)
    price = replace(line, discount=None, share=0).amount(sale.currency)
    answers = _approve(desk, sale, _plain(wanted, line, price), price, approval)
    granted = _granted(wanted, answers, approval)
    demand_within(desk, _discounted(desk, sale, line, granted), answers.discount_limit)
    _keep(desk, sale, line, granted)


def discount_sale(desk: Desk, wanted: LineDiscount, approval: Approval) -> None:
    """Take something off the whole sale; each line bears its share."""
    demand(desk, Feature.DISCOUNTS)
    sale = desk.open_sale()
    sale.demand_open()
    if isinstance(wanted, InsteadOff):
        raise Refusal("discount_unclear")
    prices = list(prices_to_discount(sale).values())
    if not prices:
        raise Refusal("discount_nothing")
    price = Money.total((each for each in prices if each.minor > 0), sale.currency)
    spread(wanted, prices)
    answers = _approve(desk, sale, wanted, price, approval)
    granted = _granted(wanted, answers, approval)
    demand_within(desk, _discounted(desk, sale, None, granted), answers.discount_limit)
    _keep(desk, sale, None, granted)


def remove_discount(desk: Desk, number: int | None) -> None:
    """Take a discount back: a line's, or the sale's where no line is named."""
    sale = desk.open_sale()
    sale.demand_open()
    line = None if number is None else sale.line(number)
    if (sale.discount if line is None else line.discount) is None:
        raise Refusal("no_discount")
    _keep(desk, sale, line, None)


def put_back(desk: Desk, change: DiscountChanged) -> None:
    """Undo: the discount that was there before."""
    sale = desk.open_sale()
    sale.demand_open()
    line = sale.line(change.line) if change.line else None
    _keep(desk, sale, line, change.before, undone=True)


def _approve(
    desk: Desk, sale: Sale, wanted: Discount, price: Money, approval: Approval
) -> Operator:
    """Who answers for this discount off this price; raises Refusal why nobody may."""
    demand_discounts_for(desk, sale.customer)
    amount_off(wanted, price)
    answers = answerable(desk, Right.DISCOUNT, approval)
    right = DiscountRight(answers.discount_limit, desk.shop.discount_reason)
    check_right(wanted, price, right, approval.reason)
    return answers


def _granted(wanted: LineDiscount, answers: Operator, approval: Approval) -> Granted:
    return Granted(wanted, answers.number, approval.reason.strip()[:MAX_REASON])


def _plain(wanted: LineDiscount, line: LineItem, price: Money) -> Discount:
    """A price instead, as the amount it takes off."""
    if not isinstance(wanted, InsteadOff):
        return wanted
    if wanted.price.minor < 0 or wanted.price.decimal >= line.shown_price:
        raise Refusal("discount_instead", instead=wanted.price, price=line.shown_price)
    reduced = replace(line, share=0, discount=Granted(wanted, ""))
    return AmountOff(price - reduced.amount(price.currency))


def _discounted(desk: Desk, sale: Sale, line: LineItem | None, granted: Granted | None) -> Sale:
    """The sale with this discount on the line, or on itself."""
    if line is None:
        return balanced(desk, replace(sale, discount=granted))
    return balanced(desk, sales.change_line(sale, replace(line, discount=granted))[0])


def _keep(
    desk: Desk, sale: Sale, line: LineItem | None, granted: Granted | None, *, undone: bool = False
) -> None:
    before = sale.discount if line is None else line.discount
    changed = _discounted(desk, sale, line, granted)
    facts: dict[str, object] = {
        "discount": granted.record() if granted else None,
        "before": before.record() if before else None,
        "total_before": sale.total.minor,
        "total": changed.total.minor,
        "undone": undone,
    }
    if line is not None:
        facts |= {"of": line_facts(changed.line(line.number), sale.currency)}
    desk.keep(changed, Kind.DISCOUNT_GRANTED if granted else Kind.DISCOUNT_REMOVED, facts)
    if not undone:
        desk.undos.append(DiscountChanged(line.number if line else 0, before))
