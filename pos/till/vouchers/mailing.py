"""The message with a card's code (ETRON-37): queued once, put together when it leaves."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.stored_value.card import Card
from pos.ports.mail import Letter
from pos.ports.store import UnitOfWork
from pos.till.card_codes import clear_code, programme_of
from pos.till.card_papers import filled
from pos.till.desk import Desk
from pos.till.vouchers import finding

KIND = "voucher"


def mail(desk: Desk, number: str, address: str) -> None:
    """Queue the message with a card's code; without an address to its owner.

    Whoever has it sent to anybody else gets to know the code, and needs the right to.
    """
    desk.demand(Right.VOUCHERS)
    card = finding.by_id(desk, number).card
    owner = desk.catalogue.customer(card.customer) if card.customer else None
    known = owner.mail if owner else ""
    to = address.strip() or known
    if to.lower() != known.lower():
        desk.demand(Right.CODES)
    if not is_address(to):
        raise Refusal("voucher_no_address")
    clear_code(desk, card)
    with desk.writing() as work:
        if not queue_code(desk, work, card, to):
            raise Refusal("voucher_mailed")
    desk.more_to_do()


def queue_code(desk: Desk, work: UnitOfWork, card: Card, to: str) -> bool:
    """Queue the message in a transaction; False where this address has it."""
    key = f"voucher-{card.id}-{to.lower()}"
    facts = {"card": card.id, "programme": card.programme}
    new = desk.store.mails.add_once(Letter(0, key, KIND, to, facts, desk.now()))
    if new:
        desk.record(work, Kind.CARD_MAILED, facts | {"masked": card.masked})
        desk.letters_waiting += 1
    return new


def is_address(text: str) -> bool:
    """Whether mail can go there at all; whether somebody reads it nobody knows."""
    name, _, host = text.partition("@")
    plain = text.isprintable() and not any(char in text for char in ' ,;<>"\\')
    return bool(name) and "." in host.strip(".") and "@" not in host and plain


def subject(desk: Desk, card: Card) -> str:
    """What the message is about."""
    name = programme_of(desk, card.programme).name
    return desk.paper_texts.get("voucher.mail.subject", programme=name, shop=desk.shop.name)


def text(desk: Desk, card: Card) -> str:
    """What it says: the programme's template with the code, or a plain sentence.

    Raises Refusal "voucher_code_foreign" or "voucher_code_lost".
    """
    programme, code = programme_of(desk, card.programme), clear_code(desk, card)
    texts, balance = desk.paper_texts, desk.store.cards.confirm(card.id).balance
    template = programme.mail_template or (
        texts.get("voucher.mail.body", programme="{programme}", shop="{shop}"),
        "{expires}",
    )
    if not any("{code}" in line for line in template):
        template = (*template, texts.get("voucher.mail.code", code="{code}"))
    lines = filled(desk, template, card, programme, texts.money(balance))
    return "\n".join(line.replace("{code}", code) for line in lines)
