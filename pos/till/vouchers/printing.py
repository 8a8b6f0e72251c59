"""Printing cards again, and sheets of many to cut; wants the right to see codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pos.documents.parts import Shop
from pos.documents.voucher_card import CardFace, card_sheet
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.runtime.texts import Texts
from pos.till import papers
from pos.till.card_codes import clear_code
from pos.till.card_papers import face, queue_card, revealed
from pos.till.desk import Desk
from pos.till.vouchers import finding, revealing
from pos.till.vouchers.revealing import private_folder


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


class Sheet(Struct, frozen=True):
    """Cards to be written as a PDF, codes and all; whoever holds it writes it and lets it go.

    Attributes:
        more: the card after which the next of them follow; empty behind the last.
    """

    shop: Shop
    faces: tuple[CardFace, ...]
    texts: Texts
    more: str

    @property
    def count(self) -> int:
        """How many cards are on it."""
        return len(self.faces)

    def joined(self, other: Sheet) -> Sheet:
        """With the cards that follow."""
        return replace(self, faces=self.faces + other.faces, more=other.more)

    def write(self, path: Path, on_page: Callable[[int], None] = lambda _cards: None) -> Path:
        """Write the PDF, and tell after every page how many cards are done; needs no till.

        Raises Refusal "voucher_nothing_to_print".
        """
        if not self.faces:
            raise Refusal("voucher_nothing_to_print")
        private_folder(path.parent)
        card_sheet(path, self.shop, self.faces, self.texts, on_page)
        return path


def sheet(desk: Desk, programme: str, run: str, after: str) -> Sheet:
    """The next cards of a programme or of one generation as they go on a sheet to cut."""
    page = revealing.page(desk, Kind.CARD_PRINTED, programme, run, after)
    faces = (face(desk, one.card, one.programme, one.balance, one.code) for one in page.cards)
    return Sheet(papers.shop_head(desk), tuple(faces), desk.paper_texts, page.more)
