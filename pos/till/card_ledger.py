"""The ledger follows the sale: what a tender promises is reserved, what goes back is released.

Each of these runs inside the transaction that keeps the sale, so both are durable or neither is.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from pos.domain.card_moves import loaded_lines, redeeming, refunding
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale, SaleState
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.in_sale import CardLine
from pos.domain.stored_value.ledger import Account, By, EntryKind
from pos.domain.tender import Tender
from pos.ports.stored_value import (
    BalanceAuthority,
    Cards,
    Unconfirmed,
    Unreachable,
    UntoldBook,
)

HOLD_TIME = timedelta(minutes=30)
"""So long a tender keeps its money against others. A till that never comes back must not keep it
for ever, and no customer pays for longer (W-19)."""


def hold_name(sale: Sale, tender: Tender) -> str:
    """The name of a tender's reservation: never used again, for tenders keep their numbers."""
    return f"{sale.id}-{tender.number}"


def step_name(sale: Sale, line: LineItem) -> str:
    """The name of what a line does to its card, told once or more."""
    return f"{sale.id} line {line.number}"


def follow(balances: BalanceAuthority, before: Sale | None, after: Sale, by: By) -> None:
    """Reserve for tenders that came to stand, release those that no longer do."""
    held, wanted = _promised(before), _promised(after)
    for hold, tender in held.items():
        if hold not in wanted and tender.redeems is not None:
            balances.release(tender.redeems.card, hold, by)
    for hold, tender in wanted.items():
        if hold not in held and tender.redeems is not None:
            balances.reserve(tender.redeems.card, hold, tender.amount, by, by.at + HOLD_TIME)


def _promised(sale: Sale | None) -> dict[str, Tender]:
    if sale is None or sale.state is SaleState.CANCELLED:
        return {}
    return {
        hold_name(sale, tender): tender
        for tender in redeeming(sale)
        if tender.redeems is not None and tender.redeems.confirmed
    }


def check_cards(book_of_cards: Cards, balances: BalanceAuthority, sale: Sale, by: By) -> None:
    """Try what a sale does to cards before it gets its number; raises Refusal why it can't be.

    Lines may have waited in a parked sale, or come back after their like was rung up. Money comes
    on a card whether its balance can be confirmed or not; it comes off only where it can.
    """
    accounts: dict[str, Account] = {}
    digests: set[str] = set()
    for line in loaded_lines(sale):
        loads = line.loads
        assert loads is not None
        if loads.digest:
            if loads.digest in digests or book_of_cards.find(loads.digest, loads.masked):
                raise Refusal("voucher_code_used")
            digests.add(loads.digest)
        known = accounts.get(loads.card) or (
            Account(loads.card, sale.currency)
            if loads.digest
            else _confirmed(book_of_cards, balances, loads.card, takes=loads.of is not None)
        )
        accounts[loads.card] = loaded(known, loads, line.amount(sale.currency), by)
    for tender in refunding(sale):
        assert tender.redeems is not None and tender.refunds is not None
        card = tender.redeems.card
        known = accounts.get(card) or _confirmed(book_of_cards, balances, card, takes=True)
        accounts[card] = known.cancel(tender.refunds.entry, by, tender.amount)


def _confirmed(
    book_of_cards: Cards, balances: BalanceAuthority, card: str, *, takes: bool
) -> Account:
    try:
        return balances.confirm(card)
    except Unreachable as error:
        if takes:
            raise Refusal("voucher_offline") from error
        return book_of_cards.confirm(card)


def loaded(account: Account, loads: CardLine, amount: Money, by: By) -> Account:
    """A card's ledger after a line; the amount is below zero where money goes off the card."""
    if loads.of is not None:
        return account.cancel(loads.of, by, -amount)
    return account.issue(amount, by) if not account.is_issued else account.top_up(amount, by)


def book(balances: BalanceAuthority, untold: UntoldBook, sale: Sale, by: By) -> None:
    """Book what a closed sale did to cards; told again after a crash, nothing is booked twice."""
    for tender in redeeming(sale):
        redeems, hold = tender.redeems, hold_name(sale, tender)
        assert redeems is not None
        if redeems.confirmed:
            balances.book(redeems.card, hold, by)
        else:
            untold.accept(Unconfirmed(hold, redeems.card, tender.amount, sale.id, by.at))
    for tender in refunding(sale):
        assert tender.redeems is not None and tender.refunds is not None
        told = replace(by, step=f"{sale.id} tender {tender.number}")
        balances.cancel(tender.redeems.card, tender.refunds.entry, told, tender.amount)
    for line in loaded_lines(sale):
        _load(balances, sale, line, replace(by, step=step_name(sale, line)))


def _load(balances: BalanceAuthority, sale: Sale, line: LineItem, by: By) -> None:
    loads, amount = line.loads, line.amount(sale.currency)
    assert loads is not None
    if loads.digest:
        balances.register(_made(loads, sale, line.tax_code, line.tax_rate, by))
    match loads.kind:
        case EntryKind.ISSUE:
            balances.issue(loads.card, amount, by)
        case EntryKind.TOP_UP:
            balances.top_up(loads.card, amount, by)
        case EntryKind.CANCEL if loads.of is not None:
            balances.cancel(loads.card, loads.of, by, -amount)


def _made(loads: CardLine, sale: Sale, tax_code: str, tax_rate: int, by: By) -> Card:
    return Card(
        id=loads.card,
        programme=loads.programme,
        currency=sale.currency,
        digest=loads.digest,
        masked=loads.masked,
        made_at=by.at,
        salt=loads.salt,
        key=loads.key,
        customer=loads.customer,
        expires=loads.expires,
        tax_code=tax_code if tax_rate else "",
        tax_rate=tax_rate or None,
    )
