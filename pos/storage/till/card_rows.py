"""Cards and the entries of their ledgers, to and from the rows of till.db."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from pos.domain.money import Money
from pos.domain.stored_value.card import Card, Origin
from pos.domain.stored_value.ledger import By, EntryKind, LedgerEntry

_FIELDS = attrgetter(*Card.__struct_fields__)


def card_row(card: Card, run: str, standing: str) -> dict[str, Any]:
    """A card as it is kept; from its first entry on the database itself moves its standing."""
    row = dict(zip(Card.__struct_fields__, _FIELDS(card), strict=True))
    row["origin"], row["run"], row["standing"] = card.origin.value, run, standing
    return row


def read_card(row: Row[Any]) -> Card:
    """The card of a row."""
    fields = {name: getattr(row, name) for name in Card.__struct_fields__}
    return Card(**fields | {"origin": Origin(row.origin)})


def entry_row(entry: LedgerEntry) -> dict[str, Any]:
    """An entry as it is kept."""
    return {
        "card": entry.card,
        "number": entry.number,
        "kind": entry.kind.value,
        "amount": entry.amount.minor,
        "held": entry.held.minor,
        "balance": entry.balance.minor,
        "reserved": entry.reserved.minor,
        "hold": entry.hold,
        "of": entry.of,
        "sale": entry.by.sale,
        "till": entry.by.till,
        "operator": entry.by.operator,
        "at": entry.by.at,
        "reason": entry.by.reason,
        "until": entry.until,
        "receipt": entry.by.receipt,
        "step": entry.by.step,
    }


def read_by(row: Row[Any]) -> By:
    """Who did a step, of a row that has the columns for it."""
    return By(row.at, row.till, row.operator, row.sale, row.reason, row.receipt, row.step)


def read_entry(row: Row[Any], currency: str) -> LedgerEntry:
    """The entry of a row, which doesn't name its currency itself."""
    return LedgerEntry(
        card=row.card,
        number=row.number,
        kind=EntryKind(row.kind),
        amount=Money(row.amount, currency),
        held=Money(row.held, currency),
        balance=Money(row.balance, currency),
        reserved=Money(row.reserved, currency),
        by=read_by(row),
        hold=row.hold,
        of=row.of,
        until=row.until,
    )
