"""Cards on paper: a slip for each new one (T-108), its code known to the printer alone."""

from __future__ import annotations

from dataclasses import replace

from pos.documents.voucher_card import KIND, CardFace, card_slip, with_codes
from pos.domain.card_moves import loaded_lines
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import EntryKind
from pos.domain.stored_value.programme import Programme
from pos.ports.store import PrintJob, UnitOfWork
from pos.till import papers
from pos.till.card_codes import clear_code, programme_of
from pos.till.desk import Desk


def queue_new(desk: Desk, work: UnitOfWork, sale: Sale) -> list[PrintJob]:
    """Queue a slip for each card a sale has made; a card printed elsewhere needs none."""
    jobs = []
    for line in loaded_lines(sale):
        loads = line.loads
        if loads is not None and loads.kind is EntryKind.ISSUE and loads.salt:
            programme = programme_of(desk, loads.programme)
            if programme.prints:
                card = desk.store.cards.card(loads.card)
                job = queue_card(desk, work, card, programme, line.amount(sale.currency))
                jobs += [job] if job is not None else []
    return jobs


def queue_card(
    desk: Desk, work: UnitOfWork, card: Card, programme: Programme, amount: Money
) -> PrintJob | None:
    """Queue the slip of a card; None where there is no printer."""
    slip = card_slip(
        papers.shop_head(desk), face(desk, card, programme, amount, card.masked), desk.paper_texts
    )
    return desk.queue(work, slip)


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
    texts, customer = desk.paper_texts, desk.catalogue.customer(card.customer)
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
