"""The list of cards (T-120, ETRON-43): a page costs the same among a million of them.

First the ids of the page are found, in an index that holds what is filtered by; then their rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal_column, or_, select

from pos.domain.money import Money
from pos.ports.stored_value import CardQuery, CardRow, CardState
from pos.storage.till.card_rows import read_card
from pos.storage.till.card_tables import BACKWARDS, BLANK, EMPTY, FUNDED
from pos.storage.till.card_tables import card as cards
from pos.storage.till.card_tables import card_entry as entries

_BEHIND_ALL = "\U0010ffff"
LEAST_ENDING = 2
"""Symbols; what only one tells would be a tenth of all cards, sorted anew with every page."""


def backwards() -> ColumnElement[str]:
    """What a card's code ends with, as its index has it."""
    return literal_column(BACKWARDS)


def page(query: CardQuery) -> Select[Any]:
    """The cards of a query in order of their ids, with the sums of their newest entries."""
    # Those that expired are looked for by their days, not among all that hold money in this order.
    by_day = query.state is CardState.EXPIRED
    ids = select(cards.c.id).where(*_conditions(query)).order_by(_aside(cards.c.id, by_day))
    wanted = ids.limit(query.limit).subquery()
    newest = (
        select(func.max(entries.c.number))
        .where(entries.c.card == cards.c.id)
        .correlate(cards)
        .scalar_subquery()
    )
    last = and_(entries.c.card == cards.c.id, entries.c.number == newest)
    joined = wanted.join(cards, cards.c.id == wanted.c.id).outerjoin(entries, last)
    columns = (cards, entries.c.balance, entries.c.reserved)
    return select(*columns).select_from(joined).order_by(wanted.c.id)


def listed(row: Row[Any]) -> CardRow:
    """A card with what is on it; nothing is on a blank one."""
    balance, reserved = row.balance or 0, row.reserved or 0
    return CardRow(read_card(row), Money(balance, row.currency), Money(reserved, row.currency))


def _conditions(query: CardQuery) -> Iterator[ColumnElement[bool]]:
    """What narrows most decides about the index: for the rest SQLite may not use one."""
    ending = query.ending.upper().lstrip("*")[::-1]
    if len(ending) < LEAST_ENDING:
        ending = ""
    narrow = bool(query.customer or ending)
    if query.after:
        yield cards.c.id > query.after
    # An index that leaves the empty ones out is used only where it is told that none is wanted.
    if query.customer:
        yield and_(cards.c.customer == query.customer, cards.c.customer != "")
    if ending:
        yield backwards().between(ending, ending + _BEHIND_ALL)
    if query.run:
        run = _aside(cards.c.run, narrow)
        yield and_(run == query.run, run != "")
    narrow = narrow or bool(query.run)
    if query.state is not None:
        yield _in_state(query, _aside(cards.c.standing, narrow))
    if query.programme:
        yield _aside(cards.c.programme, narrow) == query.programme


def _aside(column: ColumnElement[str], another: bool) -> ColumnElement[str]:
    """The column so that no index of it is used where another shall be."""
    return column.concat("") if another else column


def _in_state(query: CardQuery, standing: ColumnElement[str]) -> ColumnElement[bool]:
    match query.state:
        case CardState.OPEN:
            fresh = or_(cards.c.expires.is_(None), cards.c.expires >= query.day)
            return and_(standing == FUNDED, fresh)
        case CardState.EXPIRED:
            return and_(standing == FUNDED, cards.c.expires < query.day)
        case CardState.EMPTY:
            return standing == EMPTY
        case _:
            return standing == BLANK
