"""Giving money back: the way it was paid, or in cash by whoever has the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pos.domain.card_moves import loaded_lines
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.refunding import PaidSale, Refund, Refunded, proposal
from pos.domain.sale import Sale
from pos.domain.stored_value.ledger import Account, EntryKind, LedgerEntry
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
    refunded = desk.store.refunded(sale.id)
    entries: dict[int, int] = {}
    voided: dict[int, int] = {}
    paid_anew: set[int] = set()
    for tender, account, entry in _redemptions(desk, sale):
        entries[tender.number] = entry.number
        back = refunded.get(tender.number, Refunded()).amount
        gone = -entry.amount.minor + account.uncancelled(entry.number).minor - back
        if gone > 0:
            voided[tender.number] = gone
            paid_anew |= {each.by.receipt for each in _cancelled(desk, account, entry)}
    earlier = {line.returns.receipt for line in sale.active_lines if line.returns is not None}
    family: list[PaidSale] = []
    for number in sorted((earlier | paid_anew) - {0} - seen):
        seen.add(number)
        family += _source(desk, number, seen).family
    return PaidSale(sale, refunded, entries, tuple(family), voided)


def _redemptions(desk: Desk, sale: Sale) -> Iterator[tuple[Tender, Account, LedgerEntry]]:
    """The ledger entries that a receipt's redemptions made. One that nobody can be asked about, or
    that waits to be told, has none: it goes back later, or in cash by right.
    """
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
                yield tender, account, entry


def _cancelled(desk: Desk, account: Account, entry: LedgerEntry) -> Iterator[LedgerEntry]:
    """What this till has put back of a redemption by a line: a void that was paid anew."""
    for each in account.entries:
        if each.of == entry.number and each.by.till == desk.till and each.by.receipt:
            sale = desk.store.sale(each.by.sale)
            if any(one.loads and one.loads.of == entry.number for one in loaded_lines(sale)):
                yield each


def cash_method(desk: Desk) -> TenderMethod:
    """The method that pays out; raises Refusal "no_such_method" at a till without cash."""
    found = next((method for method in desk.methods.values() if method.is_cash), None)
    if found is None:
        raise Refusal("no_such_method", method="cash")
    return found


def chosen(desk: Desk, sale: Sale, method: str, amount: Money | None) -> tuple[Refund, ...]:
    """What goes back by one method, as proposed: all of it, or a part.

    More cash than was proposed is `by_right`. Raises Refusal
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
        return (*mine, Refund(cash, True, wanted - most, by_right=True))
    return tuple(_first(mine, wanted))


def _demand_told(sale: Sale) -> None:
    """What a card was paid by otherwise becomes cash with a reason only."""
    for line in sale.active_lines:
        if line.loads is not None and line.returns is not None:
            returning.demand_reason(line.returns.reason, needed=True)


def _first(ways: Sequence[Refund], wanted: Money) -> list[Refund]:
    """So much of the proposals, from the first on."""
    taken = []
    for way in ways:
        part = min(way.amount, wanted)
        if part:
            taken.append(way.part(part))
        wanted -= part
    return taken


def demand_right(desk: Desk, sale: Sale, ways: Sequence[Refund], approval: Approval) -> None:
    """Cash for what wasn't paid in cash is paid out by whoever has the right."""
    if any(way.by_right for way in ways):
        answerable(desk, Right.REFUND, approval)
        _demand_told(sale)


def demand_confirmed(ways: Sequence[Refund]) -> None:
    """Refuse what goes back to a card that nobody can be asked about just now."""
    for way in ways:
        if way.redeems is not None and (way.of is None or not way.of.entry):
            raise Refusal("voucher_offline")


def demand_methods(desk: Desk, ways: Sequence[Refund]) -> None:
    """Refuse a method this till doesn't have any more."""
    for way in ways:
        if way.redeems is None and way.method not in desk.methods:
            raise Refusal("no_such_method", method=way.method)


def demand_cash(desk: Desk, ways: Sequence[Refund]) -> None:
    """Refuse to pay out more than the drawer should hold."""
    cash = Money.total((way.amount for way in ways if way.is_cash), desk.currency)
    if cash and (there := session.figures(desk).expected) < cash:
        raise Refusal("payout_exceeds_cash", there=there)


def with_refunds(desk: Desk, sale: Sale, ways: Sequence[Refund]) -> Sale:
    """The sale in payment with tenders below zero; methods beside cards are asked."""
    for way in ways:
        tender = _authorised(desk, sale, _pending(sale, way))
        sale = replace(sale, tenders=(*sale.tenders, tender))
    return sale


def as_if_given(sale: Sale, ways: Sequence[Refund]) -> Sale:
    """The same without asking anybody, to be tried."""
    for way in ways:
        tender = _pending(sale, way).move(TenderState.AUTHORISED)
        sale = replace(sale, tenders=(*sale.tenders, tender))
    return sale


def _pending(sale: Sale, way: Refund) -> Tender:
    return Tender(
        number=len(sale.tenders) + 1,
        method=way.method,
        amount=-way.amount,
        is_cash=way.is_cash,
        state=TenderState.PENDING,
        redeems=way.redeems,
        refunds=way.of,
    )


def _authorised(desk: Desk, sale: Sale, tender: Tender) -> Tender:
    if tender.redeems is not None:
        return tender.move(TenderState.AUTHORISED)
    method = desk.methods.get(tender.method)
    if method is None:
        raise Refusal("no_such_method", method=tender.method)
    outcome = method.authorise(TenderRequest(f"{sale.id}-{tender.number}", tender.amount))
    taken = tender.move(outcome)
    if not taken.counts:
        raise Refusal("tender_not_approved", method=desk.texts.get(f"tender.method.{method.key}"))
    return taken
