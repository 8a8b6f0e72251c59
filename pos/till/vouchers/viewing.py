"""Cards as screens see them: masked, unless somebody with the right asked for the code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import REVERSIBLE, Account, EntryKind, LedgerEntry
from pos.domain.stored_value.programme import Programme
from pos.ports.store import Task
from pos.till.card_codes import clear_code
from pos.till.desk import Desk
from pos.till.papers import operator_name
from pos.till.voucher_views import CardEntryView, CardView, ProgrammeView, TaskView
from pos.till.vouchers import finding, mailing, scanning
from pos.till.vouchers.loading import sold_here

LONGEST_HISTORY = 100
"""Entries of one card on a screen, the newest; a wallet in use for years has more."""


def shown_card(desk: Desk) -> CardView | None:
    """The card on the screen."""
    if not desk.shown_card or desk.operator is None:
        return None
    return card_view(desk, desk.store.cards.card(desk.shown_card))


def card_view(desk: Desk, card: Card) -> CardView:
    """A card with its history."""
    account = desk.store.cards.confirm(card.id)
    programme = next(
        (each for each in desk.catalogue.programmes() if each.number == card.programme), None
    )
    owner = desk.catalogue.customer(card.customer) if card.customer else None
    seen = _may_see(desk, card)
    return CardView(
        card=card.id,
        code=clear_code(desk, card) if seen else card.masked,
        message=mailing.text(desk, card) if seen and programme else "",
        programme=card.programme,
        name=programme.name if programme else card.programme,
        is_wallet=programme is not None and programme.is_wallet,
        balance=account.balance,
        available=account.available,
        expires=card.expires,
        customer=card.customer,
        customer_name=owner.name if owner else card.customer,
        problem=_problem(desk, card, programme, account),
        history=tuple(_entry(desk, entry) for entry in account.entries[-LONGEST_HISTORY:]),
        confirmed=desk.unconfirmed_card != card.id,
        can=tuple(_can(desk, card, programme, account)),
        amount=_fixed(desk, programme),
    )


def _can(desk: Desk, card: Card, programme: Programme | None, account: Account) -> Iterator[str]:
    """What whoever stands here may do with the card, as far as that is known before trying."""
    operator = desk.operator
    if programme is None or operator is None or desk.locked:
        return
    usable = not _problem(desk, card, programme, account)
    to_pay = desk.sale is not None and bool(desk.sale.active_lines)
    if usable and account.available and to_pay and scanning.pays_by_id(desk, card, programme):
        yield "redeem"
    if usable and (programme.is_wallet or not account.is_issued):
        yield "top_up"
    buyer = desk.sale.customer if desk.sale else None
    if card.customer and (buyer is None or buyer.number != card.customer):
        yield "set_customer"
    if usable and operator.may(Right.CANCEL):
        yield from _reversals(desk, card, programme, account)
    if operator.may(Right.VOUCHERS):
        yield from ("correct_voucher", "give_voucher")
        if card.salt:
            yield "mail_voucher"
        if account.available and card.expires is not None and card.expires < desk.today():
            yield "write_off_voucher"
    if operator.may(Right.CODES) and card.salt:
        yield from ("show_voucher_code", "print_voucher")


def _reversals(desk: Desk, card: Card, programme: Programme, account: Account) -> Iterator[str]:
    """Whether a load or a redemption is left that can be taken back by whoever showed the card."""
    kinds = {
        entry.kind
        for entry in account.entries
        if entry.kind in REVERSIBLE and account.uncancelled(entry.number)
    }
    if kinds & {EntryKind.ISSUE, EntryKind.TOP_UP} and desk.proved_card == card.id:
        yield "take_back_voucher"
    if EntryKind.REDEEM in kinds and scanning.pays_by_id(desk, card, programme):
        yield "void_redemption"


def _fixed(desk: Desk, programme: Programme | None) -> Money | None:
    service = desk.catalogue.product(programme.product) if programme else None
    if programme is None or service is None:
        return None
    return Money.of(service.price, programme.currency) or None


def _may_see(desk: Desk, card: Card) -> bool:
    """The code was asked for, and whoever stands there now may see it."""
    allowed = desk.operator is not None and desk.operator.may(Right.CODES) and not desk.locked
    return allowed and desk.shown_code == card.id


def _problem(desk: Desk, card: Card, programme: Programme | None, account: Account) -> str:
    try:
        if programme is None:
            raise Refusal("voucher_inactive", programme=card.programme)
        finding.Found(card, programme, account).check_use(desk)
    except Refusal as refusal:
        return desk.texts.refusal(refusal)
    return ""


def _entry(desk: Desk, entry: LedgerEntry) -> CardEntryView:
    return CardEntryView(
        number=entry.number,
        kind=entry.kind.value,
        amount=entry.amount or entry.held,
        balance=entry.balance,
        at=entry.by.at,
        till=entry.by.till,
        operator=operator_name(desk, entry.by.operator),
        reason=entry.by.reason,
        receipt=entry.by.receipt,
    )


def programmes(desk: Desk) -> tuple[ProgrammeView, ...]:
    """What this till sells today; where there is none, the voucher key is not shown (T-132)."""
    found = sold_here(desk, desk.catalogue.programmes())
    return tuple(_programme(desk, each) for each in sorted(found, key=lambda each: each.product))


def _programme(desk: Desk, programme: Programme) -> ProgrammeView:
    service = desk.catalogue.product(programme.product)
    fixed = Money.of(service.price, programme.currency) if service else None
    return ProgrammeView(
        programme.number, programme.name, programme.product, programme.is_wallet, fixed or None
    )


def tasks(desk: Desk) -> tuple[TaskView, ...]:
    """What a manager has to look at; nobody else sees it."""
    if desk.operator is None or not desk.operator.may(Right.VOUCHERS):
        return ()
    return tuple(_task(desk, task) for task in desk.store.tasks())


def _task(desk: Desk, task: Task) -> TaskView:
    facts: dict[str, Any] = dict(task.facts)
    currency = str(facts.pop("currency", desk.currency))
    for name in ("amount", "missing"):
        if name in facts:
            facts[name] = Money(int(facts[name]), currency)
    if "other_at" in facts:
        facts["other_at"] = datetime.fromisoformat(facts["other_at"])
    text = desk.texts.get(f"task.{task.kind}", **facts)
    receipt, card = int(facts.get("receipt", 0)), str(facts.get("card", ""))
    return TaskView(task.id, task.kind, task.at, text, receipt, card)
