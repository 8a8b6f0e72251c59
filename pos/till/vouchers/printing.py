"""Printing cards again, and sheets of many to cut; wants the right to see codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pos.documents.voucher_card import CardFace, card_sheet
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.ports.stored_value import CardQuery
from pos.till import papers
from pos.till.card_codes import clear_code, programme_of
from pos.till.card_papers import face, queue_card, revealed
from pos.till.desk import Desk
from pos.till.vouchers import finding

MAX_SHEET = 5_000
"""Cards in one PDF: 500 pages; more are more than one file."""


def print_card(desk: Desk, card: str) -> None:
    """Print a card again; wants the right to see its code."""
    desk.demand(Right.CODES)
    found = finding.by_id(desk, card)
    clear_code(desk, found.card)
    with desk.writing() as work:
        job = queue_card(desk, work, found.card, found.programme, found.account.balance)
        facts = {"card": card, "masked": found.card.masked, "programme": found.programme.number}
        desk.record(work, Kind.CARD_PRINTED, facts)
    if job is not None:
        desk.printing.send(revealed(desk, job))


def sheet(
    desk: Desk,
    path: Path,
    programme: str = "",
    run: str = "",
    on_page: Callable[[int], None] = lambda _cards: None,
) -> int:
    """Write the cards of a programme or of one generation as a PDF; how many there are.

    Wants the right to see codes. Raises Refusal "voucher_nothing_to_print".
    """
    desk.demand(Right.CODES)
    count = card_sheet(
        path,
        papers.shop_head(desk),
        _faces(desk, CardQuery(programme=programme, run=run, limit=500)),
        desk.paper_texts,
        on_page,
    )
    if not count:
        path.unlink()
        raise Refusal("voucher_nothing_to_print")
    with desk.writing() as work:
        desk.record(work, Kind.CARD_PRINTED, {"programme": programme, "run": run, "count": count})
    return count


def _faces(desk: Desk, query: CardQuery) -> Iterator[CardFace]:
    done = 0
    while done < MAX_SHEET and (rows := desk.store.cards.cards(query)):
        for row in rows[: MAX_SHEET - done]:
            if row.card.salt and row.card.key == desk.code_key.name:
                programme = programme_of(desk, row.card.programme)
                code = clear_code(desk, row.card)
                yield face(desk, row.card, programme, row.balance, code)
                done += 1
        query = replace(query, after=rows[-1].card.id)
