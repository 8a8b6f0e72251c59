"""Taking a card's money back: a sold card goes back the way it was paid, a redemption to its card.

Whoever wants money for a card shows its code: a card in a list proves nothing. A card that was
sold here comes back by its receipt, so what is paid out, and how, follows from that receipt (W-12).
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.card_moves import loaded_lines
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.quantity import ONE
from pos.domain.returning import Account, return_lines
from pos.domain.returns import ReturnOf
from pos.domain.sale import LineItem
from pos.domain.stored_value.ledger import REVERSIBLE, EntryKind, LedgerEntry
from pos.till import returning, selling
from pos.till.approving import Approval, answerable
from pos.till.beginning import begin
from pos.till.desk import Desk
from pos.till.vouchers import scanning
from pos.till.vouchers.finding import Found
from pos.till.vouchers.loading import card_line, priced_line, service_of
from pos.till.vouchers.owning import attach_owner


def take_back(desk: Desk, found: Found, approval: Approval) -> None:
    """Take the newest sale or top-up of a card back: it goes out of the card and out of the sale.

    Wants the right and the code. Raises Refusal "voucher_spent" where the card doesn't hold the
    money any more, and "voucher_not_paid" for one that nobody paid for: generated or imported.
    """
    by = answerable(desk, Right.CANCEL, approval)
    if not found.is_proved(desk):
        raise Refusal("voucher_not_shown")
    entry = _newest(desk, found, {EntryKind.ISSUE, EntryKind.TOP_UP})
    _demand_reversible(desk, found, entry)
    if not entry.by.sale:
        raise Refusal("voucher_not_paid")
    if entry.by.till == desk.till:
        reason = returning.demand_reason(approval.reason, needed=desk.shop.return_reason)
        receipt, lines = _of_receipt(desk, entry, Account(reason, by.number))
    else:
        receipt, lines = 0, (_paid_elsewhere(desk, found, entry, approval),)
    attach_owner(desk, found.card, found.programme)
    sale = desk.sale or begin(desk)
    returning.keep(desk, returning.with_lines(sale, lines), lines, {"receipt": receipt})


def void_redemption(desk: Desk, found: Found) -> None:
    """Put the newest redemption back on its card; the customer pays it in another way."""
    desk.demand(Right.CANCEL)
    if not found.is_proved(desk) and not scanning.pays_by_id(desk, found.card, found.programme):
        raise Refusal("voucher_not_shown")
    entry = _newest(desk, found, {EntryKind.REDEEM})
    _demand_reversible(desk, found, entry)
    amount = -found.account.uncancelled(entry.number)
    attach_owner(desk, found.card, found.programme)
    selling.add(desk, _line(desk, found, entry, amount))


def _newest(desk: Desk, found: Found, kinds: set[EntryKind]) -> LedgerEntry:
    lines = loaded_lines(desk.sale) if desk.sale else ()
    taken = {line.loads.of for line in lines if line.loads and line.loads.card == found.card.id}
    for entry in reversed(found.account.entries):
        fits = entry.kind in kinds & REVERSIBLE and entry.number not in taken
        if fits and found.account.uncancelled(entry.number):
            return entry
    raise Refusal("voucher_nothing_to_cancel")


def _demand_reversible(desk: Desk, found: Found, entry: LedgerEntry) -> None:
    desk.open_session()
    selling.demand_no_checkout(desk)
    returning.demand_lines_open(desk)
    if not found.confirmed:
        raise Refusal("voucher_offline")
    found.check_use(desk)
    if found.account.uncancelled(entry.number) > found.account.available:
        raise Refusal("voucher_spent", available=found.account.available)


def _of_receipt(
    desk: Desk, entry: LedgerEntry, account: Account
) -> tuple[int, tuple[LineItem, ...]]:
    """The return of the very line that loaded the card, with the number of its receipt."""
    found = returning.sold_here(desk, desk.store.sale(entry.by.sale).receipt_number or 0)
    for line in loaded_lines(found.sale):
        made = found.entries.get(line.number)
        if line.loads and (line.loads.card, made) == (entry.card, entry.number):
            return found.number, return_lines(found, {line.number: ONE}, account)
    raise Refusal("voucher_nothing_to_cancel")


def _paid_elsewhere(desk: Desk, found: Found, entry: LedgerEntry, approval: Approval) -> LineItem:
    """Money for a card of another till, whose receipt isn't here: paid out by right, with a
    reason.
    """
    by = answerable(desk, Right.REFUND, approval)
    reason = returning.demand_reason(approval.reason, needed=True)
    line = _line(desk, found, entry, found.account.uncancelled(entry.number))
    return replace(
        line, number=1, quantity=-line.quantity, returns=ReturnOf(reason=reason, by=by.number)
    )


def _line(desk: Desk, found: Found, entry: LedgerEntry, amount: Money) -> LineItem:
    """A line of so much that takes an entry back, taxed as the card was."""
    card = found.card
    loads = replace(card_line(card, found.programme, EntryKind.CANCEL), of=entry.number)
    line = priced_line(desk, service_of(desk, found.programme), loads, amount)
    return replace(line, tax_code=card.tax_code or line.tax_code, tax_rate=card.tax_rate or 0)
