"""From a code to a card that may be used here and now, without helping anybody to guess."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import digest, masked, normal_code
from pos.domain.stored_value.ledger import Account, EntryKind
from pos.domain.stored_value.programme import Place, Programme, owner_of_code
from pos.ports.stored_value import Unreachable
from pos.till.card_codes import programme_of
from pos.till.desk import Desk
from pos.till.vouchers.settling import settle


class Found(Struct, frozen=True):
    """A card with its programme and what it holds.

    Attributes:
        account: its ledger: the authority's, or where that can't be asked the copy of this till.
        confirmed: whether the authority has answered.
        shown: whether its code was scanned or typed just now.
    """

    card: Card
    programme: Programme
    account: Account
    confirmed: bool = True
    shown: bool = False

    def is_proved(self, desk: Desk) -> bool:
        """Whether its code was shown to the till, now or when it came on the screen."""
        return self.shown or desk.proved_card == self.card.id

    def check_use(self, desk: Desk) -> None:
        """Refuse a card that doesn't count here or today, saying why."""
        self.programme.check_place(Place(desk.till, desk.currency), desk.today())
        self.card.check_day(desk.today())

    def is_issued(self, desk: Desk) -> bool:
        """Whether money was ever put on it, told to the authority or not."""
        steps = desk.store.untold.steps(self.card.id)
        return self.account.is_issued or any(one.kind is EntryKind.ISSUE for one in steps)

    def spendable(self, desk: Desk) -> Money:
        """What can be taken from the card now.

        Raises Refusal "voucher_offline" where nobody can confirm it and the programme's rule lets
        nothing be taken (C3).
        """
        account, aside = self.account, self.account.set_aside_for(desk.till)
        if self.confirmed:
            return account.free(desk.now()) + aside
        taken = _taken(desk, self.card)
        known = account.free(desk.now()) + aside + _coming(desk, self.card) - taken
        return self.programme.offline.limit(known, taken, aside)


def _taken(desk: Desk, card: Card) -> Money:
    """What was taken from a card while nobody could confirm it."""
    waiting = desk.store.untold.unconfirmed(card.id)
    return Money.total((one.amount for one in waiting), card.currency)


def _coming(desk: Desk, card: Card) -> Money:
    """What this till has put on a card, and the authority doesn't know yet."""
    steps = desk.store.untold.steps(card.id)
    kinds = (EntryKind.ISSUE, EntryKind.TOP_UP)
    return Money.total((one.amount for one in steps if one.kind in kinds), card.currency)


def by_code(desk: Desk, code: str) -> Found:
    """The card of a code. A wrong code counts as a guess; too many of them lock for a while."""
    desk.who()
    desk.guesses.check(desk.elapsed())
    try:
        card = desk.balances.find(digest(code), masked(code))
    except Unreachable:
        card = None
        if looks_like_voucher(desk, code):
            # It may have been sold elsewhere; and there are too many such codes to guess one.
            raise Refusal("voucher_offline") from None
    if card is None:
        raise _unknown(desk, normal_code(code))
    found = of_card(desk, card)
    if found.confirmed:
        settle(desk)
    return replace(found, shown=True)


def by_id(desk: Desk, card: str) -> Found:
    """The card of an id, as a screen names it."""
    desk.who()
    return of_card(desk, desk.store.cards.card(card))


def of_card(desk: Desk, card: Card) -> Found:
    """A card with its programme and its ledger."""
    programme = programme_of(desk, card.programme)
    try:
        account = desk.balances.confirm(card.id)
        found = Found(desk.balances.card(card.id), programme, account)
        desk.unconfirmed_card = ""
        return found
    except Unreachable:
        return unconfirmed(desk, Found(card, programme, Account(card.id, card.currency)))


def unconfirmed(desk: Desk, found: Found) -> Found:
    """The card as this till knows it, while nobody can confirm it."""
    desk.unconfirmed_card = found.card.id
    return replace(found, account=desk.store.cards.confirm(found.card.id), confirmed=False)


def known(desk: Desk, code: str) -> Card | None:
    """The card of a code that may be something else as well; not knowing it is no guess."""
    return desk.store.cards.find(digest(code), masked(code))


def looks_like_voucher(desk: Desk, code: str) -> bool:
    """Whether a code has the shape of one of the shop's programmes."""
    return owner_of_code(code, desk.catalogue.programmes()) is not None


def _unknown(desk: Desk, code: str) -> Refusal:
    """Why a code isn't taken. One whose check symbol is wrong was mistyped, not guessed."""
    groups = [each.group for each in desk.catalogue.programmes()]
    like = [each for each in groups if code.startswith(each.prefix) and len(code) == each.length]
    if like and not any(each.matches(code) for each in like):
        return Refusal("voucher_mistyped")
    _missed(desk, {"masked": masked(code)})
    return Refusal("voucher_unknown")


def demand_unused(desk: Desk, code: str) -> None:
    """Refuse the code of a card that is there. Whoever learns so that there is one may have
    guessed it, so it counts like a wrong code.
    """
    desk.guesses.check(desk.elapsed())
    if known(desk, code) is not None:
        _missed(desk, {"masked": masked(code), "used": True})
        raise Refusal("voucher_code_used")


def _missed(desk: Desk, tried: dict[str, object]) -> None:
    """Count a guess; one too many locks the codes and tells a manager."""
    guesses = desk.guesses.missed(desk.elapsed())
    with desk.writing() as work:
        desk.record(work, Kind.VOUCHER_UNKNOWN, tried)
        if guesses.locked(desk.elapsed()):
            facts = {"tries": len(guesses.wrong)}
            desk.record(work, Kind.VOUCHERS_LOCKED, facts)
            work.add_task("voucher_guessing", facts, desk.now())
    desk.guesses = guesses


def missed_scan(desk: Desk, code: str) -> None:
    """Count a scan that nothing is known by, where it may have been a guess.

    A shop without cards of other makers has nothing that could be guessed so.
    """
    elapsed = desk.elapsed()
    if desk.scans.locked(elapsed) or not desk.catalogue.programmes():
        return
    scans = desk.scans.missed(elapsed)
    pauses = scans.locked(elapsed) and desk.store.cards.has_foreign()
    with desk.writing() as work:
        facts = {"masked": masked(code), "scanned": True}
        desk.record(work, Kind.VOUCHER_UNKNOWN, facts)
        if pauses:
            tried = {"tries": len(scans.wrong), "scanned": True}
            desk.record(work, Kind.VOUCHERS_LOCKED, tried)
            work.add_task("voucher_scans", tried, desk.now())
    desk.scans = scans


def remember_guesses(desk: Desk) -> None:
    """Count the wrong codes of this session and the last one anew: neither a restart nor closing
    the session forgets them.
    """
    last = desk.store.last_session()
    numbers = [each.number for each in (last, desk.session) if each is not None]
    now, elapsed = desk.now(), desk.elapsed()
    for number in numbers:
        for link in desk.store.journal(number, {Kind.VOUCHER_UNKNOWN}):
            entry = link.entry
            at = elapsed - (now - entry.at)
            if entry.data.get("scanned"):
                desk.scans = desk.scans.missed(at)
            else:
                desk.guesses = desk.guesses.missed(at)
