"""Coupons and points on the open sale: what they count for follows the lines (T-129)."""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.balance import balance
from pos.domain.coupon import Coupon
from pos.domain.deduction import Deduction, Source
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.sale import Sale
from pos.domain.stock_category import ancestry
from pos.domain.stored_value.programme import Place
from pos.till.desk import Desk
from pos.till.undo import DeductionsChanged


def balanced(desk: Desk, sale: Sale) -> Sale:
    """The sale with each line's share of what comes off the whole, to be kept after any change.

    Asks the catalogue only where a coupon counts for some goods alone.
    """
    if any(each.lines is not None for each in sale.deductions):
        renewed = tuple(_renewed(desk, sale, each) for each in sale.deductions)
        sale = replace(sale, deductions=renewed)
    return balance(sale)


def put(sale: Sale, *deductions: Deduction) -> Sale:
    """The sale with these taken off it, the points last."""
    ordered = sorted(deductions, key=lambda each: each.source is Source.POINTS)
    return replace(sale, deductions=tuple(ordered))


def without(sale: Sale, source: Source, number: str = "") -> Sale:
    """The sale without a coupon, or without points; raises Refusal "no_discount"."""
    left = [
        each
        for each in sale.deductions
        if each.source is not source or number not in ("", each.number)
    ]
    if len(left) == len(sale.deductions):
        raise Refusal("no_discount")
    return put(sale, *left)


def collector(sale: Sale) -> str:
    """Number of the customer whose points a sale moves; empty for anybody without an account."""
    return sale.customer.number if sale.customer is not None else ""


def spending(sale: Sale) -> Deduction | None:
    """The points that come off a sale."""
    return next((each for each in sale.deductions if each.source is Source.POINTS), None)


def reaching(desk: Desk, sale: Sale, coupon: Coupon) -> Deduction:
    """What a sale keeps of a coupon, with the lines it counts for."""
    return _with_lines(desk, sale, coupon.deduction(), coupon)


def keep(desk: Desk, sale: Sale, kind: Kind, facts: dict[str, object]) -> None:
    """Make the sale durable with other deductions than before; undo brings those back."""
    before = desk.open_sale()
    totals = {"total_before": before.total.minor, "total": sale.total.minor}
    desk.keep(sale, kind, facts | totals)
    desk.undos.append(DeductionsChanged(before.deductions))


def put_back(desk: Desk, deductions: tuple[Deduction, ...]) -> None:
    """Undo: the coupons and points there were before. Whether they count is asked at the payment,
    as always.
    """
    sale = desk.open_sale()
    sale.demand_open()
    back = balanced(desk, replace(sale, deductions=deductions))
    more = len(deductions) > len(sale.deductions)
    kind = Kind.COUPON_TAKEN if more else Kind.COUPON_REMOVED
    facts = {"deductions": [each.record() for each in deductions], "undone": True}
    desk.keep(back, kind, facts | {"total": back.total.minor})


def place(desk: Desk) -> Place:
    """This till, for what counts somewhere only."""
    return Place(desk.till, desk.currency)


def categories_of(desk: Desk, product: str) -> tuple[str, ...]:
    """The stock categories of a product, the nearest first."""
    found = desk.catalogue.product(product)
    if found is None or not found.category:
        return ()
    line = ancestry(desk.catalogue.stock_categories(), found.category)
    return tuple(each.number for each in reversed(line))


def _renewed(desk: Desk, sale: Sale, deduction: Deduction) -> Deduction:
    coupon = desk.catalogue.coupons().get(deduction.number)
    bound = deduction.source is Source.COUPON and deduction.lines is not None
    if not bound or coupon is None:
        return deduction
    return _with_lines(desk, sale, deduction, coupon)


def _with_lines(desk: Desk, sale: Sale, deduction: Deduction, coupon: Coupon) -> Deduction:
    if not coupon.is_bound:
        return deduction
    lines = tuple(
        line.number
        for line in sale.active_lines
        if line.bears_discounts
        and coupon.counts_for(line.product, categories_of(desk, line.product))
    )
    return replace(deduction, lines=lines)
