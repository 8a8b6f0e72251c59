"""When the authority answers again: it learns what it missed; a clash becomes a manager's task."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.stored_value.ledger import Account, EntryKind, LedgerEntry
from pos.ports.stored_value import (
    BalanceAuthority,
    CardQuery,
    CardRow,
    CardState,
    Unconfirmed,
    UnconfirmedState,
    Unreachable,
    UntoldStep,
)
from pos.till.balances import SharedBalances
from pos.till.desk import Desk


def settle(desk: Desk) -> None:
    """Tell the authority what it missed, oldest first; stops where it can't be asked again."""
    balances, untold = desk.balances, desk.store.untold
    if not isinstance(balances, SharedBalances):
        return
    try:
        for step in untold.steps():
            _tell(desk, balances, step)
        for redemption in untold.unconfirmed():
            _confirm(desk, balances, redemption)
    except Unreachable:
        return


PAGE = 200
"""Cards looked at in one go, so that no sale waits for it."""


def prepare(desk: Desk) -> None:
    """Set money aside for this till, on a page of the cards whose programmes want it; the next
    call goes on where this one ended.
    """
    bounds = {
        each.number: each.offline.bound
        for each in desk.catalogue.programmes()
        if each.offline.sets_aside
    }
    if desk.authority is None or not bounds:
        return
    query = CardQuery(state=CardState.OPEN, day=desk.today(), after=desk.prepared, limit=PAGE)
    rows = desk.store.cards.cards(query)
    desk.prepared = rows[-1].card.id if len(rows) == PAGE else ""
    try:
        for row in rows:
            if row.card.programme in bounds:
                _set_aside(desk, row, Money(bounds[row.card.programme], row.card.currency))
    except Unreachable:
        return


def _set_aside(desk: Desk, row: CardRow, bound: Money) -> None:
    account = desk.store.cards.confirm(row.card.id)
    if account.set_aside_for(desk.till) < min(bound, account.balance) and account.available:
        with desk.writing():
            desk.balances.set_aside(row.card.id, bound, desk.by())


def _tell(desk: Desk, balances: SharedBalances, step: UntoldStep) -> None:
    with desk.writing() as work:
        try:
            balances.tell(step)
        except Refusal as refusal:
            if step.kind is EntryKind.REDEEM:
                _take_lapsed(desk, step)
            elif step.kind is not EntryKind.RELEASE:
                facts = _receipt(desk, step.by.sale) | _card(desk, step.card)
                facts |= {"step": step.kind.value, "reason": refusal.code}
                twice = refusal.code == "wallet_exists"
                kind = "wallet_twice" if twice else "voucher_untold"
                work.add_task(kind, facts | _amount(step.amount), desk.now())
        desk.store.untold.told(step.id)


def _take_lapsed(desk: Desk, step: UntoldStep) -> None:
    """A reservation that made way meanwhile is a redemption to be confirmed like any other."""
    account = desk.store.cards.confirm(step.card)
    held = next(
        entry
        for entry in account.entries
        if entry.hold == step.hold and entry.kind is EntryKind.RESERVE
    )
    again = Unconfirmed(f"{step.hold} again", step.card, held.held, step.by.sale, step.by.at)
    desk.store.untold.accept(again)


def _confirm(desk: Desk, balances: BalanceAuthority, one: Unconfirmed) -> None:
    """Book a redemption, as much of it as the card still holds."""
    by = desk.by(desk.store.sale(one.sale))
    with desk.writing() as work:
        missing = _booked(desk, balances, one)
        state = UnconfirmedState.CLASH if missing else UnconfirmedState.BOOKED
        desk.store.untold.settle(one.hold, state)
        facts = _card(desk, one.card) | _receipt(desk, one.sale) | {"till": by.till}
        facts |= _amount(one.amount) | {"missing": missing.minor}
        desk.record(work, Kind.CARD_CONFIRMED, facts)
        if missing:
            other = other_redemption(desk.store.cards.confirm(one.card), by.till)
            kind = "voucher_clash" if other else "voucher_short"
            work.add_task(kind, facts | _elsewhere(other), desk.now())


def _booked(desk: Desk, balances: BalanceAuthority, one: Unconfirmed) -> Money:
    """Book it; returns what the card doesn't hold any more."""
    by = desk.by(desk.store.sale(one.sale))
    try:
        account = balances.confirm(one.card)
        there = account.promised(one.hold)
        if not there and account.set_aside_for(desk.till) >= one.amount:
            balances.draw(one.card, one.hold, one.amount, by)
            return one.amount - one.amount
        if not there:
            there = min(one.amount, account.free(by.at) + account.set_aside_for(desk.till))
            if there:
                balances.reserve(one.card, one.hold, there, by)
        if there:
            balances.book(one.card, one.hold, by)
        return one.amount - there
    except Refusal:
        return one.amount


def other_redemption(account: Account, till: str) -> LedgerEntry | None:
    """The newest redemption at another till: it took what this one counted on."""
    others = (
        entry
        for entry in reversed(account.entries)
        if entry.kind is EntryKind.REDEEM and entry.by.till != till
    )
    return next(others, None)


def _elsewhere(other: LedgerEntry | None) -> dict[str, object]:
    if other is None:
        return {}
    return {
        "other_till": other.by.till,
        "other_receipt": other.by.receipt,
        "other_at": other.by.at.isoformat(timespec="seconds"),
    }


def _card(desk: Desk, card: str) -> dict[str, object]:
    return {"card": card, "masked": desk.store.cards.card(card).masked}


def _receipt(desk: Desk, sale: str) -> dict[str, object]:
    return {"receipt": desk.store.sale(sale).receipt_number or 0}


def _amount(amount: Money) -> dict[str, object]:
    return {"amount": amount.minor, "currency": amount.currency}
