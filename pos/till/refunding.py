"""Giving money back: the way it was paid, or in cash by whoever has the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.refunding import PaidSale, Refund, proposal
from pos.domain.sale import Sale
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.tender import Tender, TenderState
from pos.ports.payment import TenderMethod, TenderRequest
from pos.ports.stored_value import Unreachable
from pos.till import returning, session
from pos.till.approving import Approval, answerable
from pos.till.card_ledger import hold_name
from pos.till.desk import Desk


def proposals(desk: Desk, sale: Sale) -> tuple[Refund, ...]:
    """How what is due below zero goes back; nothing where the customer has to pay."""
    if sale.settlement.due.minor >= 0:
        return ()
    receipts = {line.returns.receipt for line in sale.active_lines if line.returns is not None}
    sources = [_source(desk, receipt, {receipt}) for receipt in sorted(receipts - {0})]
    return proposal(sale, sources, cash_method(desk).key)


def _source(desk: Desk, receipt: int, seen: set[int]) -> PaidSale:
    sale = desk.store.sale_by_receipt(receipt)
    earlier = {line.returns.receipt for line in sale.active_lines if line.returns is not None}
    exchanged: list[PaidSale] = []
    for number in sorted(earlier - {0} - seen):
        seen.add(number)
        exchanged += _source(desk, number, seen).family
    return PaidSale(sale, desk.store.refunded(sale.id), _entries(desk, sale), tuple(exchanged))


def _entries(desk: Desk, sale: Sale) -> dict[int, int]:
    """The ledger entries that a receipt's redemptions made, by tender. One that nobody can be asked
    about, or that waits to be told, has none: it goes back later, or in cash by right.
    """
    entries: dict[int, int] = {}
    for tender in sale.tenders:
        if tender.redeems is None or not tender.counts or tender.refunds is not None:
            continue
        try:
            account = desk.balances.confirm(tender.redeems.card)
        except Unreachable:
            continue
        hold = hold_name(sale, tender)
        for entry in account.entries:
            if entry.kind is EntryKind.REDEEM and entry.hold == hold:
                entries[tender.number] = entry.number
    return entries


def cash_method(desk: Desk) -> TenderMethod:
    """The method that pays out; raises Refusal "no_such_method" at a till without cash."""
    found = next((method for method in desk.methods.values() if method.is_cash), None)
    if found is None:
        raise Refusal("no_such_method", method="cash")
    return found


def chosen(
    desk: Desk, sale: Sale, method: str, amount: Money | None, approval: Approval
) -> tuple[Refund, ...]:
    """What goes back by one method, as proposed: all of it, or a part.

    More cash than was proposed is paid out by whoever has the right. Raises Refusal
    "refund_exceeds", "refund_as_paid" or "payout_exact".
    """
    ways, due = proposals(desk, sale), -sale.settlement.due
    mine = [way for way in ways if way.method == method]
    most = Money.total((way.amount for way in mine), sale.currency)
    cash = cash_method(desk).key
    wanted = amount if amount is not None else (most or (due if method == cash else most))
    if wanted > due:
        raise Refusal("refund_exceeds", due=due)
    if wanted.minor <= 0 or (method != cash and wanted > most):
        if all(way.method == cash for way in ways):
            raise Refusal("payout_in_cash", due=due)
        raise Refusal("refund_as_paid")
    if method == cash and wanted < most:
        raise Refusal("payout_exact", due=most)
    if wanted > most:
        answerable(desk, Right.REFUND, approval)
        _demand_told(sale)
        more = Refund(cash, True, wanted - most)
        return (*mine, more)
    return tuple(_first(mine, wanted))


def _demand_told(sale: Sale) -> None:
    """What a card was paid by otherwise becomes cash with a reason only."""
    for line in sale.active_lines:
        if line.loads is not None and line.returns is not None:
            returning.demand_reason(line.returns.reason, needed=True)


def _first(ways: Sequence[Refund], wanted: Money) -> list[Refund]:
    """So much of the proposals, from the first on; a part bears its part of the tax."""
    taken = []
    for way in ways:
        part = min(way.amount, wanted)
        if part:
            taken.append(way if part == way.amount else _part(way, part))
        wanted -= part
    return taken


def _part(way: Refund, part: Money) -> Refund:
    if way.of is None or not way.of.tax:
        return replace(way, amount=part)
    tax = way.of.tax * part.minor // way.amount.minor
    return replace(way, amount=part, of=replace(way.of, tax=tax))


def demand_cash(desk: Desk, ways: Sequence[Refund]) -> None:
    """Refuse to pay out more than the drawer should hold."""
    cash = Money.total((way.amount for way in ways if way.is_cash), desk.currency)
    if cash and (there := session.figures(desk).expected) < cash:
        raise Refusal("payout_exceeds_cash", there=there)


def with_refunds(desk: Desk, sale: Sale, ways: Sequence[Refund]) -> Sale:
    """The sale in payment with tenders below zero; methods beside cards are asked."""
    for way in ways:
        tender = Tender(
            number=len(sale.tenders) + 1,
            method=way.method,
            amount=-way.amount,
            is_cash=way.is_cash,
            state=TenderState.PENDING,
            redeems=way.redeems,
            refunds=way.of,
        )
        sale = replace(sale, tenders=(*sale.tenders, _authorised(desk, sale, tender)))
    return sale


def _authorised(desk: Desk, sale: Sale, tender: Tender) -> Tender:
    if tender.redeems is not None:
        if tender.refunds is None or not tender.refunds.entry:
            raise Refusal("voucher_offline")
        return tender.move(TenderState.AUTHORISED)
    method = desk.methods.get(tender.method)
    if method is None:
        raise Refusal("no_such_method", method=tender.method)
    outcome = method.authorise(TenderRequest(f"{sale.id}-{tender.number}", tender.amount))
    taken = tender.move(outcome)
    if not taken.counts:
        raise Refusal("tender_not_approved", method=desk.texts.get(f"tender.method.{method.key}"))
    return taken
