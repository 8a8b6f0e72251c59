"""From a code to a card that may be used here and now, without helping anybody to guess."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import digest, masked, normal_code
from pos.domain.stored_value.guard import GuessGuard
from pos.domain.stored_value.ledger import Account
from pos.domain.stored_value.programme import Place, Programme, owner_of_code
from pos.till.card_codes import programme_of
from pos.till.desk import Desk


@dataclass(frozen=True, slots=True)
class Found:
    """A card with its programme and what it holds."""

    card: Card
    programme: Programme
    account: Account

    def check_use(self, desk: Desk) -> None:
        """Refuse a card that doesn't count here or today, saying why."""
        self.programme.check_place(Place(desk.till, desk.currency), desk.today())
        self.card.check_day(desk.today())


def by_code(desk: Desk, code: str) -> Found:
    """The card of a code. A wrong code counts as a guess; too many of them lock for a while."""
    desk.who()
    desk.guesses.check(desk.now())
    card = desk.store.cards.find(digest(code))
    if card is None:
        raise _unknown(desk, normal_code(code))
    return of_card(desk, card)


def by_id(desk: Desk, card: str) -> Found:
    """The card of an id, as a screen names it."""
    desk.who()
    return of_card(desk, desk.store.cards.card(card))


def of_card(desk: Desk, card: Card) -> Found:
    """A card with its programme and its ledger."""
    return Found(card, programme_of(desk, card.programme), desk.balances.confirm(card.id))


def known(desk: Desk, code: str) -> Card | None:
    """The card of a code that may be something else as well; not knowing it is no guess."""
    return desk.store.cards.find(digest(code))


def looks_like_voucher(desk: Desk, code: str) -> bool:
    """Whether a code has the shape of one of the shop's programmes."""
    return owner_of_code(code, desk.catalogue.programmes()) is not None


def _unknown(desk: Desk, code: str) -> Refusal:
    """Why a code isn't taken. One whose check symbol is wrong was mistyped, not guessed."""
    groups = [each.group for each in desk.catalogue.programmes()]
    like = [each for each in groups if code.startswith(each.prefix) and len(code) == each.length]
    if like and not any(each.matches(code) for each in like):
        return Refusal("voucher_mistyped")
    guesses = desk.guesses.missed(desk.now())
    with desk.writing() as work:
        desk.record(work, Kind.VOUCHER_UNKNOWN, {"masked": masked(code)})
        if guesses.locked(desk.now()):
            facts = {"tries": len(guesses.wrong)}
            desk.record(work, Kind.VOUCHERS_LOCKED, facts)
            work.add_task("voucher_guessing", facts, desk.now())
    desk.guesses = guesses
    return Refusal("voucher_unknown")


def remember_guesses(desk: Desk) -> None:
    """Count the wrong codes of the open session anew, so that a restart doesn't forget them."""
    if desk.session is None:
        return
    guard = GuessGuard()
    for link in desk.store.journal(desk.session.number):
        if link.entry.kind is Kind.VOUCHER_UNKNOWN:
            guard = guard.missed(link.entry.at)
    desk.guesses = guard
