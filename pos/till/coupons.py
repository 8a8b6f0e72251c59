"""Coupons at the till: scanned or typed, checked, taken off, taken back (T-129, T-029)."""

from __future__ import annotations

from pos.domain.balance import Off, reach_of, whole_reductions
from pos.domain.code_rules import Meaning
from pos.domain.coupon import Coupon
from pos.domain.deduction import Deduction, Source
from pos.domain.errors import Refusal
from pos.domain.gs1 import CodeReading, GoodsReading, MarkReading, OwnCode
from pos.domain.gtin import normalise_code
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.till.deducting import balanced, keep, place, put, reaching, without
from pos.till.desk import Desk
from pos.till.visibility import demand_discounts_for


def take_scanned(desk: Desk, reading: CodeReading) -> bool:
    """Take the coupon whose code was read; False where it is none. Goods of that code go first."""
    match reading:
        case MarkReading(meaning=Meaning.COUPON, key=key, text=text):
            take(desk, key if _find(desk, key) else text)
            return True
        case OwnCode(text=text) | GoodsReading(gtin=text) if _find(desk, text) is not None:
            if desk.catalogue.find_code(text) is None:
                take(desk, text)
                return True
    return False


def take(desk: Desk, code: str) -> None:
    """Take a coupon off the sale on the screen; raises Refusal why it doesn't count."""
    desk.open_session()
    if desk.sale is None:
        raise Refusal("coupon_no_sale")
    sale = desk.sale
    sale.demand_free()
    coupon = _find(desk, code)
    if coupon is None:
        raise Refusal("coupon_unknown", code=code.strip()[:40])
    if any(_is(each, coupon.number) for each in sale.deductions):
        raise Refusal("coupon_twice", coupon=coupon.name)
    demand_discounts_for(desk, sale.customer)
    demand_valid(desk, sale, coupon)
    deduction = reaching(desk, sale, coupon)
    _demand_reached(sale, coupon, deduction)
    changed = balanced(desk, put(sale, *sale.deductions, deduction))
    keep(desk, changed, Kind.COUPON_TAKEN, {"coupon": coupon.number, "name": coupon.name})


def remove(desk: Desk, number: str) -> None:
    """Take a coupon back; raises Refusal "no_discount"."""
    sale = desk.open_sale()
    sale.demand_open()
    changed = balanced(desk, without(sale, Source.COUPON, number))
    keep(desk, changed, Kind.COUPON_REMOVED, {"coupon": number})


def demand_payable(desk: Desk, sale: Sale) -> None:
    """Refuse to take money for a coupon that has been used up, or has run out, meanwhile."""
    for each in sale.deductions:
        if each.source is Source.COUPON:
            coupon = desk.catalogue.coupons().get(each.number)
            if coupon is None:
                raise Refusal("coupon_inactive", coupon=each.name)
            demand_valid(desk, sale, coupon)


def demand_valid(desk: Desk, sale: Sale, coupon: Coupon) -> None:
    """Refuse a coupon that doesn't count here, now, for this customer, or any more."""
    reach = coupon.reach
    why = reach.why_not(place(desk), desk.today())
    if why:
        day = reach.first_day if why == "not_yet" else reach.last_day
        raise Refusal(f"coupon_{why}", coupon=coupon.name, day=day or desk.today())
    book = desk.store.coupons
    if coupon.limit is not None and book.used(coupon.number) >= coupon.limit:
        raise Refusal("coupon_used", coupon=coupon.name, limit=coupon.limit)
    if not coupon.per_customer:
        return
    if sale.customer is None or sale.customer.is_one_off:
        raise Refusal("coupon_customer", coupon=coupon.name)
    if book.used_by(coupon.number, sale.customer.number) > 0:
        raise Refusal("coupon_used_by", coupon=coupon.name, name=sale.customer.name)


def book(desk: Desk, closed: Sale) -> None:
    """Note the coupons a closed sale has used; a void takes those of its receipt back."""
    if closed.voids is not None:
        voided = desk.store.sale_by_receipt(closed.voids)
        desk.store.coupons.take_back(voided.id, closed.id, desk.now())
    customer = closed.customer.number if closed.customer else ""
    for number in _used(closed):
        desk.store.coupons.use(number, closed.id, customer, desk.now())


def _used(sale: Sale) -> list[str]:
    """The coupons that took something off; whatever took nothing is good for another time."""
    return [
        each.number for each in whole_reductions(sale) if each.kind is Off.COUPON and each.amount
    ]


def _demand_reached(sale: Sale, coupon: Coupon, deduction: Deduction) -> None:
    reached = reach_of(sale, deduction)
    if not reached:
        raise Refusal("coupon_nothing", coupon=coupon.name)
    if reached.minor < coupon.minimum:
        minimum = Money(coupon.minimum, sale.currency)
        raise Refusal("coupon_minimum", coupon=coupon.name, minimum=minimum, reached=reached)


def _find(desk: Desk, code: str) -> Coupon | None:
    """By the code as it stands, or as letters are usually printed."""
    known = desk.catalogue.coupons()
    plain = code.strip()
    tries = (plain, plain.upper(), normalise_code(plain)) if known else ()
    return next((known[each] for each in tries if each in known), None)


def _is(deduction: Deduction, number: str) -> bool:
    return deduction.source is Source.COUPON and deduction.number == number
