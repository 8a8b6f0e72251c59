"""Cards with their clear codes, a page at a time: for sheets to cut and for files that are shared.

Whoever has a code can spend the card, so a page wants the right to see codes and is journalled
before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.programme import Programme
from pos.ports.stored_value import CardQuery, CardRow
from pos.till.card_codes import clear_code, programme_of
from pos.till.desk import Desk

PAGE = 200
"""Cards of one page: some ten milliseconds, less than anybody at the counter sees."""


class Revealed(Struct, frozen=True):
    """A card with its clear code and what is on it."""

    card: Card
    programme: Programme
    balance: Money
    code: str


class Page(Struct, frozen=True):
    """Some cards, and the card after which the next page begins; empty behind the last."""

    cards: tuple[Revealed, ...]
    more: str


def page(desk: Desk, kind: Kind, programme: str, run: str, after: str) -> Page:
    """The next cards of a programme or of a generation whose codes the shop made.

    `kind` says in the journal what is done with them.
    """
    desk.demand(Right.CODES)
    query = CardQuery(programme=programme, run=run, after=after, limit=PAGE)
    rows = desk.store.cards.cards(query)
    cards = tuple(_revealed(desk, rows))
    if cards:
        with desk.writing() as work:
            facts = {"programme": programme, "run": run, "count": len(cards), "after": after}
            desk.record(work, kind, facts)
    return Page(cards, rows[-1].card.id if len(rows) == PAGE else "")


def _revealed(desk: Desk, rows: Sequence[CardRow]) -> Iterator[Revealed]:
    for row in rows:
        if row.card.salt and row.card.key == desk.code_key.name:
            programme = programme_of(desk, row.card.programme)
            yield Revealed(row.card, programme, row.balance, clear_code(desk, row.card))


def private_folder(folder: Path) -> None:
    """Make the folder of files that hold codes; nobody else on this machine may look into it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
