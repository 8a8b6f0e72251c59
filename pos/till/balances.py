"""Balances that an authority elsewhere decides: this till keeps a copy, and what it couldn't tell.

While the authority answers, its word counts and its entries are copied. While it doesn't, money
that comes in, and reservations that end, are noted and told later: nobody doubts them. Only taking
money needs its word; there `Unreachable` gets through, and the programme's rule decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By, EntryKind
from pos.ports.stored_value import BalanceAuthority, Cards, Unreachable, UntoldBook, UntoldStep


class SharedBalances:
    """Implements `BalanceAuthority` for a till whose cards are decided elsewhere.

    Args:
        copy: the cards of this till, with the entries it has seen.
        untold: what the authority doesn't know yet.
        office: the authority.
        is_wallet: whether a customer has but one card in a programme.
    """

    def __init__(
        self,
        copy: Cards,
        untold: UntoldBook,
        office: BalanceAuthority,
        is_wallet: Callable[[str], bool],
    ) -> None:
        self._copy, self._untold, self._office = copy, untold, office
        self._is_wallet = is_wallet

    def find(self, digest: str, masked: str) -> Card | None:
        """The card of a code; one that was sold elsewhere is known here from now on."""
        known = self._copy.find(digest, masked)
        if known is None and (known := self._office.find(digest, masked)) is not None:
            self._know(known)
        return known

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        """The customer's card in a programme; one that was made elsewhere is known here from now
        on. Without an answer, what this till knows.
        """
        try:
            told = self._office.wallet_of(customer, programme)
            if told is not None and self._copy.find(told.digest, told.masked) is None:
                self._know(told)
        except Unreachable:
            told = None
        return told or self._copy.wallet_of(customer, programme)

    def _know(self, card: Card) -> None:
        """Copy a card of elsewhere with its ledger."""
        account = self._office.confirm(card.id)
        self._copy.register(card)
        self._copy.learn(account)

    def card(self, card: str) -> Card:
        """The card of that id; who owns it now is written down here as well."""
        known, told = self._copy.card(card), self._office.card(card)
        if told.customer != known.customer:
            self._copy.give(card, told.customer)
        return replace(known, customer=told.customer)

    def give(self, card: str, customer: str) -> None:
        """Write down another owner; raises Refusal "voucher_offline" without an answer."""
        try:
            self._office.give(card, customer)
        except Unreachable as error:
            raise Refusal("voucher_offline") from error
        self._copy.give(card, customer)

    def register(self, card: Card, *, alone: bool = False) -> None:
        """Learn of a new card; the authority learns of it with its first money."""
        self._copy.register(card, alone=alone)

    def confirm(self, card: str) -> Account:
        """The card's ledger as of now."""
        return self._learned(self._office.confirm(card))

    def reserve(
        self, card: str, hold: str, amount: Money, by: By, until: datetime | None = None
    ) -> Account:
        """Promise money to a sale; what was set aside for this till is its own to spend."""
        account = self._office.confirm(card)
        if amount > account.free(by.at):
            for name in account.allowances(by.till):
                account = self._office.release(card, name, by)
        return self._learned(self._office.reserve(card, hold, amount, by, until))

    def set_aside(self, card: str, amount: Money, by: By) -> Account:
        """Keep money for this till."""
        return self._learned(self._office.set_aside(card, amount, by))

    def draw(self, card: str, hold: str, amount: Money, by: By) -> Account:
        """Book what this till has spent of it."""
        return self._learned(self._office.draw(card, hold, amount, by))

    def book(self, card: str, hold: str, by: By) -> Account:
        """Take what was reserved, now or as soon as the authority can be told."""
        return self._told(_step(EntryKind.REDEEM, card, by, self._zero(card), hold))

    def release(self, card: str, hold: str, by: By) -> Account:
        """Give back what was reserved, now or as soon as the authority can be told."""
        return self._told(_step(EntryKind.RELEASE, card, by, self._zero(card), hold))

    def issue(self, card: str, amount: Money, by: By) -> Account:
        """Put the first money on a card, now or as soon as the authority can be told."""
        return self._told(_step(EntryKind.ISSUE, card, by, amount))

    def top_up(self, card: str, amount: Money, by: By) -> Account:
        """Put more money on a card, now or as soon as the authority can be told."""
        return self._told(_step(EntryKind.TOP_UP, card, by, amount))

    def cancel(self, card: str, of: int, by: By, amount: Money | None = None) -> Account:
        """Take back an entry, now or as soon as the authority can be told."""
        taken = self._copy.confirm(card).uncancelled(of) if amount is None else amount
        return self._told(_step(EntryKind.CANCEL, card, by, taken, of=of))

    def expire(self, card: str, by: By) -> Account:
        """Write off what is left; raises Refusal "voucher_offline" without an answer."""
        return self._learned(_now(lambda: self._office.expire(card, by)))

    def correct(self, card: str, amount: Money, by: By) -> Account:
        """Put a balance right; raises Refusal "voucher_offline" without an answer."""
        return self._learned(_now(lambda: self._office.correct(card, amount, by)))

    def tell(self, step: UntoldStep) -> Account:
        """Tell the authority of a step; raises Unreachable, and the Refusal it answers with."""
        office, card, by = self._office, step.card, step.by
        match step.kind:
            case EntryKind.ISSUE:
                made = self._copy.card(card)
                office.register(made, alone=self._is_wallet(made.programme))
                account = office.issue(card, step.amount, by)
            case EntryKind.TOP_UP:
                account = office.top_up(card, step.amount, by)
            case EntryKind.REDEEM:
                account = office.book(card, step.hold, by)
            case EntryKind.RELEASE:
                account = office.release(card, step.hold, by)
            case _:
                assert step.of is not None
                account = office.cancel(card, step.of, by, step.amount)
        return self._learned(account)

    def _told(self, step: UntoldStep) -> Account:
        """Tell a step that is done whatever the authority says: what it says otherwise is settled
        later, for the receipt of this sale is out.
        """
        try:
            return self.tell(step)
        except (Unreachable, Refusal):
            self._untold.note(step)
            return self._copy.confirm(step.card)

    def _learned(self, account: Account) -> Account:
        self._copy.learn(account)
        return account

    def _zero(self, card: str) -> Money:
        return Money(0, self._copy.card(card).currency)


def _step(
    kind: EntryKind, card: str, by: By, amount: Money, hold: str = "", of: int | None = None
) -> UntoldStep:
    return UntoldStep(0, kind, card, amount, by, hold, of)


def _now(ask: Callable[[], Account]) -> Account:
    try:
        return ask()
    except Unreachable as error:
        raise Refusal("voucher_offline") from error
