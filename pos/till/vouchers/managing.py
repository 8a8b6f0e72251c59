"""Looking after cards: correct, write off, give to another owner, see a code, send it by mail."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.customer_choice import CustomerChoice
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.stored_value.card import Card
from pos.ports.stored_value import CardQuery, CardState
from pos.till.card_codes import clear_code
from pos.till.desk import Desk
from pos.till.voucher_views import CardFilterView, CardRowView, ProgrammeCountView, RecipientsView
from pos.till.vouchers import finding, scanning
from pos.till.vouchers.loading import sold_here
from pos.till.vouchers.rows import row_view


def cards(
    desk: Desk,
    programme: str,
    ending: str,
    customer: str,
    state: str,
    after: str,
    limit: int,
    run: str = "",
) -> Sequence[CardRowView]:
    """A page of the list (T-120, ETRON-43); raises Refusal "card_state" on an unknown state."""
    desk.who()
    if state and state not in tuple(CardState):
        raise Refusal("card_state", state=state[:40])
    query = CardQuery(
        programme=programme,
        ending=ending.strip(),
        customer=customer,
        state=CardState(state) if state else None,
        day=desk.today(),
        after=after,
        limit=limit,
        run=run,
    )
    return [row_view(desk, row) for row in desk.store.cards.cards(query)]


def filters(desk: Desk) -> Sequence[CardFilterView]:
    """The programmes a list can be narrowed to: what is sold here, then whatever else this till
    knows cards of, be it sold elsewhere, over or gone (T-120).
    """
    desk.who()
    all_of_them = desk.catalogue.programmes()
    names = {each.number: each.name for each in all_of_them}
    sold = sorted(sold_here(desk, all_of_them), key=lambda each: each.product)
    first = list(dict.fromkeys(each.number for each in sold))
    known = {each.programme for each in desk.store.cards.counts()}.difference(first)
    others = sorted(known, key=lambda number: names.get(number, number))
    return [CardFilterView(number, names.get(number, number)) for number in (*first, *others)]


def correct(desk: Desk, card: str, amount: Money, reason: str) -> None:
    """Put a balance right, up or down; says why. No card holds more than its programme allows."""
    desk.demand(Right.VOUCHERS)
    found = finding.by_id(desk, card)
    if amount.currency != found.card.currency:
        raise Refusal("voucher_currency", currency=found.card.currency, here=amount.currency)
    full = Money(found.programme.maximum, found.card.currency)
    if amount.minor > 0 and found.account.balance + amount > full:
        raise Refusal("voucher_full", maximum=full, balance=found.account.balance)
    with desk.writing() as work:
        desk.balances.correct(card, amount, desk.by(reason=reason.strip()))
        facts = _facts(found.card) | {"amount": amount.minor, "reason": reason.strip()}
        desk.record(work, Kind.CARD_CORRECTED, facts)
    scanning.show(desk, card)


def write_off(desk: Desk, card: str) -> None:
    """Write off what is left on an expired card."""
    desk.demand(Right.VOUCHERS)
    found = finding.by_id(desk, card)
    if found.card.expires is None or found.card.expires >= desk.today():
        raise Refusal("voucher_not_expired")
    with desk.writing() as work:
        desk.balances.expire(card, desk.by())
        facts = _facts(found.card) | {"amount": found.account.available.minor}
        desk.record(work, Kind.CARD_WRITTEN_OFF, facts)
    scanning.show(desk, card)


def give(desk: Desk, card: str, customer: str) -> None:
    """Write down another owner; a customer has one wallet in a programme (ETRON-42)."""
    desk.demand(Right.VOUCHERS)
    found = finding.by_id(desk, card)
    owner = desk.catalogue.customer(customer)
    if owner is None:
        raise Refusal("customer_unknown", code=customer)
    if (
        found.programme.is_wallet
        and desk.balances.wallet_of(customer, found.programme.number) is not None
    ):
        raise Refusal("wallet_exists", name=owner.name, programme=found.programme.name)
    with desk.writing() as work:
        desk.balances.give(card, customer)
        facts = _facts(found.card) | {"from": found.card.customer, "to": customer}
        desk.record(work, Kind.CARD_GIVEN, facts)
    scanning.show(desk, card)


def show_code(desk: Desk, card: str) -> None:
    """Show a card's code to somebody with the right; the journal keeps who saw it."""
    desk.demand(Right.CODES)
    found = finding.by_id(desk, card)
    clear_code(desk, found.card)
    with desk.writing() as work:
        desk.record(work, Kind.CODE_SHOWN, _facts(found.card))
    scanning.show(desk, card)
    desk.shown_code = card


def finish_task(desk: Desk, task: int) -> None:
    """A manager has looked at it."""
    desk.demand(Right.VOUCHERS)
    with desk.writing() as work:
        work.finish_task(task, desk.who().number, desk.now())
        desk.record(work, Kind.TASK_DONE, {"task": task})


def _facts(card: Card) -> dict[str, object]:
    return {"card": card.id, "masked": card.masked, "programme": card.programme}


FIRST = 20
"""Names shown of the customers of a choice."""


def recipients(desk: Desk, chosen: CustomerChoice) -> RecipientsView:
    """Who a choice of customers means."""
    desk.demand(Right.VOUCHERS)
    first = desk.catalogue.chosen_customers(chosen, "", FIRST)
    count = desk.catalogue.count_customers(chosen)
    return RecipientsView(count, tuple(each.name for each in first))


def counts(desk: Desk) -> Sequence[ProgrammeCountView]:
    """Every programme that has cards, in sum."""
    desk.demand(Right.VOUCHERS)
    names = {each.number: each.name for each in desk.catalogue.programmes()}
    return [
        ProgrammeCountView(
            each.programme, names.get(each.programme, each.programme), each.cards, each.balance
        )
        for each in desk.store.cards.counts()
    ]
