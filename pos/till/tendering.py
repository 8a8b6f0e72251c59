"""Taking money: tenders come and go until the total is covered, then the sale closes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.refunding import Refund
from pos.domain.sale import Sale, SaleState
from pos.domain.tender import Tender, TenderState, check_tender
from pos.ports.payment import TenderMethod, TenderRequest
from pos.till import closing, coupons, points, refunding
from pos.till.approving import NO_APPROVAL, Approval
from pos.till.desk import Desk
from pos.till.discount_limits import demand_payable
from pos.till.lookup import demand_unpaid
from pos.till.paper_choice import demand_recipient
from pos.till.rating import rate_changes, rated
from pos.till.tracing import demand_named


def finished_late(desk: Desk) -> bool:
    """Finish a sale that has its number but couldn't be written, as on a full disk; whether there
    was one. Nothing else can become of it, so any step of paying is a new try.
    """
    sale = desk.open_sale()
    if sale.state is SaleState.SEALING:
        closing.finish(desk, sale)
        return True
    return False


def start_checkout(desk: Desk) -> None:
    """Freeze the lines while the customer pays, at the rates of today."""
    if finished_late(desk):
        return
    before = desk.open_sale()
    sale = before if before.state is not SaleState.OPEN else rated(desk, before)
    if not sale.active_lines:
        raise Refusal("nothing_to_pay")
    demand_named(sale)
    demand_payable(desk, sale)
    coupons.demand_payable(desk, sale)
    points.demand_payable(desk, sale)
    demand_recipient(desk, sale)
    for line in sale.active_lines:
        if line.goods.invoice and line.returns is None:
            demand_unpaid(desk, line.goods.invoice)
    facts = {"total": sale.total.minor} | rate_changes(before, sale)
    desk.keep(sale.move(SaleState.TENDERING), Kind.CHECKOUT_BEGUN, facts)


def back_to_sale(desk: Desk) -> None:
    """Give back what was tendered and go on selling."""
    if finished_late(desk):
        return
    sale = desk.open_sale()
    tenders = tuple(
        tender.move(TenderState.REVERSED) if tender.counts else tender for tender in sale.tenders
    )
    given_back = sale.settlement.paid.minor
    opened = replace(sale.move(SaleState.OPEN), tenders=tenders)
    desk.keep(opened, Kind.CHECKOUT_LEFT, {"given_back": given_back})


def remove_tender(desk: Desk, number: int) -> None:
    """Give one tender back."""
    sale = desk.open_sale()
    tender = next((one for one in sale.tenders if one.number == number and one.counts), None)
    if tender is None:
        raise Refusal("no_such_tender", number=number)
    reversed_ = tender.move(TenderState.REVERSED)
    desk.keep(_with_tender(sale, reversed_), Kind.TENDER_REVERSED, _facts(reversed_))


def tender(desk: Desk, method_key: str, amount: Money | None) -> None:
    """Take money; None takes exactly what is due. Covers the total: the sale closes.

    Where the customer is owed something, it gives that back by this method.
    """
    if finished_late(desk):
        return
    sale = desk.open_sale()
    due = (rated(desk, sale) if sale.state is SaleState.OPEN else sale).settlement.due
    if due.minor < 0:
        refund(desk, method_key, amount)
        return
    method = desk.methods.get(method_key)
    if method is None:
        raise Refusal("no_such_method", method=method_key)
    wanted = due if amount is None else amount
    if due or wanted:
        check_tender(wanted, method.is_cash, due)
    if sale.state is SaleState.OPEN:
        start_checkout(desk)
        sale = desk.open_sale()
    if due or wanted:
        sale = _take(desk, sale, method, wanted)
    take(desk, sale)


def refund(desk: Desk, method: str, amount: Money | None, approval: Approval = NO_APPROVAL) -> None:
    """Give back what the customer is owed; without a method each part the way it was paid.

    More cash than was paid in cash wants the right. All given: the sale closes. What can't be
    given back wholly changes nothing.
    """
    if finished_late(desk):
        return
    sale = desk.open_sale()
    if sale.settlement.due.minor >= 0:
        raise Refusal("nothing_to_refund")
    given = None if amount is None else max(amount, -amount)
    ways = (
        refunding.chosen(desk, sale, method, given) if method else refunding.proposals(desk, sale)
    )
    _try(desk, sale, ways)
    refunding.demand_right(desk, sale, ways, approval)
    refunding.demand_cash(desk, ways)
    if sale.state is SaleState.OPEN:
        start_checkout(desk)
    for way in ways:
        take(desk, refunding.with_refunds(desk, desk.open_sale(), [way]))


def _try(desk: Desk, sale: Sale, ways: Sequence[Refund]) -> None:
    """Refuse before the first tender what the last one would be refused for."""
    refunding.demand_confirmed(ways)
    refunding.demand_methods(desk, ways)
    paying = sale.move(SaleState.TENDERING) if sale.state is SaleState.OPEN else sale
    paid = refunding.as_if_given(paying, ways)
    if not paid.settlement.due:
        closing.check(desk, paid)


def take(desk: Desk, sale: Sale) -> None:
    """Keep the sale with its newest tender; where all is covered it closes."""
    if sale.settlement.due:
        desk.keep(sale, Kind.TENDER_ADDED, _facts(sale.tenders[-1]))
    else:
        closing.close(desk, sale)


def _take(desk: Desk, sale: Sale, method: TenderMethod, amount: Money) -> Sale:
    pending = Tender(len(sale.tenders) + 1, method.key, amount, method.is_cash)
    outcome = method.authorise(TenderRequest(f"{sale.id}-{pending.number}", amount))
    taken = pending.move(outcome)
    if not taken.counts:
        raise Refusal("tender_not_approved", method=desk.texts.get(f"tender.method.{method.key}"))
    return _with_tender(sale, taken)


def _with_tender(sale: Sale, changed: Tender) -> Sale:
    tenders = {old.number: old for old in sale.tenders} | {changed.number: changed}
    return replace(sale, tenders=tuple(tenders.values()))


def _facts(taken: Tender) -> dict[str, object]:
    facts: dict[str, object] = {
        "number": taken.number,
        "method": taken.method,
        "amount": taken.amount.minor,
    }
    if taken.refunds is not None:
        facts["refunds"] = taken.refunds.record()
    if taken.redeems is not None:
        facts |= {"card": taken.redeems.card, "masked": taken.redeems.masked}
    return facts
