"""Voiding a whole receipt: a receipt of its own that takes the other back, at once (T-115)."""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.returning import Account, void_lines
from pos.domain.sale import Sale, SaleState
from pos.domain.tender import Tender, TenderState
from pos.till import closing, refunding, returning
from pos.till.approving import Approval, answerable
from pos.till.beginning import begin
from pos.till.desk import Desk, line_facts


def void(desk: Desk, receipt: int, approval: Approval) -> None:
    """Take a receipt of this session back: same goods, same prices, same ways of payment.

    Nothing of the old receipt changes. Wants the right and a reason. What is of another session,
    or came back in part already, is returned instead.
    """
    session = desk.open_session()
    by = answerable(desk, Right.CANCEL, approval)
    reason = returning.demand_reason(approval.reason, needed=True)
    if desk.sale is not None:
        raise Refusal("sale_in_the_way")
    found = returning.sold(desk, receipt)
    if found.sale.session != session.number:
        raise Refusal("void_other_session", receipt=receipt)
    lines = void_lines(found, Account(reason, by.number))
    returning.demand_shown(desk, lines, approval)
    customer, note = found.sale.customer, found.sale.note
    sale = replace(begin(desk), lines=lines, customer=customer, note=note, voids=receipt)
    paid = _paid_back(desk, sale, approval)
    closing.check(desk, paid)
    facts = {
        "receipt": receipt,
        "voids": receipt,
        "lines": [line_facts(line, sale.currency) for line in lines],
    }
    desk.keep(sale, Kind.GOODS_RETURNED, facts)
    desk.keep(sale.move(SaleState.TENDERING), Kind.CHECKOUT_BEGUN, {"total": sale.total.minor})
    closing.close(desk, paid)


def _paid_back(desk: Desk, sale: Sale, approval: Approval) -> Sale:
    """With every tender given back the way it came; paid-out empties are paid in again."""
    paying = sale.move(SaleState.TENDERING)
    due = paying.settlement.due
    if due.minor > 0:
        cash = refunding.cash_method(desk)
        tender = Tender(1, cash.key, due, is_cash=True, state=TenderState.AUTHORISED)
        return replace(paying, tenders=(tender,))
    ways = refunding.proposals(desk, paying)
    refunding.demand_right(desk, paying, ways, approval)
    refunding.demand_confirmed(ways)
    refunding.demand_cash(desk, ways)
    return refunding.with_refunds(desk, paying, ways)
