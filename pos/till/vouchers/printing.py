"""Printing cards again, and sheets of many to cut; wants the right to see codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pos.documents.parts import Shop
from pos.documents.voucher_card import CardFace, card_sheet
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.ports.stored_value import CardQuery
from pos.runtime.texts import Texts
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cards to be written as a PDF, codes and all; whoever holds it writes it and lets it go."""

    shop: Shop
    faces: tuple[CardFace, ...]
    texts: Texts

    def write(self, path: Path, on_page: Callable[[int], None] = lambda _cards: None) -> Path:
        """Write the PDF, and tell after every page how many cards are done; needs no till."""
        path.parent.mkdir(parents=True, exist_ok=True)
        card_sheet(path, self.shop, self.faces, self.texts, on_page)
        return path


def sheet(desk: Desk, programme: str = "", run: str = "") -> Sheet:
    """The cards of a programme or of one generation as they go on a sheet to cut.

    Wants the right to see codes. Raises Refusal "voucher_nothing_to_print".
    """
    desk.demand(Right.CODES)
    faces = tuple(_faces(desk, CardQuery(programme=programme, run=run, limit=500)))
    if not faces:
        raise Refusal("voucher_nothing_to_print")
    with desk.writing() as work:
        facts = {"programme": programme, "run": run, "count": len(faces)}
        desk.record(work, Kind.CARD_PRINTED, facts)
    return Sheet(papers.shop_head(desk), faces, desk.paper_texts)


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
