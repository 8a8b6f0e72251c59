"""Cards on paper: a slip whenever a card is made, filled up or redeemed (T-108).

The code is known to the printer alone. A programme with cards of plastic switches its slips off.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.documents.voucher_card import KIND, CardFace, card_slip, with_codes
from pos.domain.card_moves import loaded_lines, redeeming
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.stored_value.programme import Programme
from pos.ports.store import PrintJob, UnitOfWork
from pos.till import papers
from pos.till.card_codes import clear_code, known_programme
from pos.till.desk import Desk

VOUCHER = "voucher"
"""The tender of a card that pays by its code; a wallet's is another."""


def queue_cards(desk: Desk, work: UnitOfWork, sale: Sale, *, copy: int = 0) -> list[PrintJob]:
    """Queue a slip for each card a sale has moved, with what is on it now.

    A card whose code the shop didn't make has its own. An empty one needs none, nor does a wallet
    that has paid: it pays by its owner, and the receipt names what is left. A sale that has its
    number is closed in any case: where a programme has gone since, it goes without the slip.
    """
    jobs = []
    for number in _moved(sale):
        card = desk.store.cards.card(number)
        programme = known_programme(desk, card.programme)
        if programme is None:
            continue
        rest = desk.store.cards.confirm(number).available
        if card.salt and card.key == desk.code_key.name and programme.prints and rest:
            job = queue_card(desk, work, card, programme, rest, copy=copy)
            jobs += [job] if job is not None else []
    return jobs


def _moved(sale: Sale) -> list[str]:
    """The ids of cards that get a slip, each once."""
    loads = (line.loads for line in loaded_lines(sale))
    loaded = [each.card for each in loads if each and each.kind is not EntryKind.CANCEL]
    redeems = (tender.redeems for tender in redeeming(sale) if tender.method == VOUCHER)
    return list(dict.fromkeys((*loaded, *(each.card for each in redeems if each))))


def queue_card(
    desk: Desk,
    work: UnitOfWork,
    card: Card,
    programme: Programme,
    amount: Money,
    *,
    copy: int = 0,
) -> PrintJob | None:
    """Queue the slip of a card; None where there is no printer."""
    shown = face(desk, card, programme, amount, card.masked)
    if _was_used(desk, card):
        holds = desk.paper_texts.get("voucher.holds_on", day=desk.today())
        shown = replace(shown, amount=desk.paper_texts.money(amount), note=holds)
    slip = card_slip(papers.shop_head(desk), shown, desk.paper_texts)
    return desk.queue(work, replace(slip, copy=copy))


def _was_used(desk: Desk, card: Card) -> bool:
    """Whether the balance is no longer what the card was made with."""
    moved = (entry.amount for entry in desk.store.cards.confirm(card.id).entries if entry.amount)
    return len(list(moved)) > 1


def revealed(desk: Desk, job: PrintJob) -> PrintJob:
    """The job as it goes to the printer: the mark in a card's slip becomes its code.

    A code that can't be made any more stays masked: better a paper that doesn't say it than none.
    """
    if job.document.kind != KIND:
        return job

    def code_of(card: str) -> str:
        known = desk.store.cards.card(card)
        try:
            return clear_code(desk, known)
        except Refusal:
            return known.masked

    return replace(job, document=with_codes(job.document, code_of))


def face(desk: Desk, card: Card, programme: Programme, amount: Money, code: str) -> CardFace:
    """What stands on a card: name, amount, code, terms with the last day."""
    texts = desk.paper_texts
    shown = texts.money(amount) if amount and not programme.is_wallet else ""
    return CardFace(
        card=card.id,
        name=programme.name,
        code=code,
        amount=shown,
        terms=filled(desk, programme.card_template or ("{expires}",), card, programme, shown),
    )


def filled(
    desk: Desk, template: tuple[str, ...], card: Card, programme: Programme, amount: str
) -> tuple[str, ...]:
    """A template's lines with what they name; the code is never among it."""
    texts = desk.paper_texts
    customer = desk.catalogue.customer(card.customer) if card.customer else None
    values = {
        "programme": programme.name,
        "amount": amount,
        "expires": texts.get("voucher.expires", day=card.expires)
        if card.expires
        else texts.get("voucher.for_ever"),
        "customer": customer.name if customer else "",
        "shop": desk.shop.name,
    }
    lines = []
    for line in template:
        for name, value in values.items():
            line = line.replace(f"{{{name}}}", value)
        lines.append(line)
    return tuple(lines)
