"""A back office in memory that keeps every card, for tills whose line can be cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By
from pos.ports.stored_value import Unreachable


@dataclass
class BackOffice:
    """The ledgers of all cards, changed by one till at a time."""

    accounts: dict[str, Account] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def know(self, card: Card, alone: bool = False) -> None:
        """Learn of a card nothing was put on yet."""
        with self.lock:
            other = self.wallet_of(card.customer, card.programme) if alone else None
            if other is not None and other.id != card.id:
                raise Refusal("wallet_exists", name=card.customer, programme=card.programme)
            used = [each for each in self.cards.values() if each.digest == card.digest]
            if any(each.id != card.id for each in used):
                raise Refusal("voucher_code_used")
            self.cards[card.id] = card
            self.accounts.setdefault(card.id, Account(card.id, card.currency))

    def find(self, digest: str) -> Card | None:
        """The card of a code."""
        return next((each for each in self.cards.values() if each.digest == digest), None)

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        """The customer's card in a programme."""
        wanted = (customer, programme)
        cards = self.cards.values()
        return next((one for one in cards if (one.customer, one.programme) == wanted), None)

    def card(self, card: str) -> Card:
        """The card of an id."""
        if card not in self.cards:
            raise Refusal("voucher_unknown")
        return self.cards[card]

    def give(self, card: str, customer: str) -> None:
        """Write down another owner."""
        with self.lock:
            self.cards[card] = replace(self.card(card), customer=customer)

    def apply(self, card: str, step: Callable[[Account], Account]) -> Account:
        """Change a card's ledger."""
        with self.lock:
            if card not in self.accounts:
                raise Refusal("voucher_unknown")
            self.accounts[card] = step(self.accounts[card])
            return self.accounts[card]


class RemoteAuthority:
    """Implements `BalanceAuthority`: one till's line to the back office."""

    def __init__(self, office: BackOffice) -> None:
        self._office = office
        self.cut = False
        self.cut_after: int | None = None

    def _reach(self) -> None:
        """The line is cut, or goes down after so many more questions."""
        if self.cut_after is not None:
            self.cut_after -= 1
            self.cut = self.cut or self.cut_after < 0
        if self.cut:
            raise Unreachable

    def _ask(self, card: str, step: Callable[[Account], Account]) -> Account:
        self._reach()
        return self._office.apply(card, step)

    def confirm(self, card: str) -> Account:
        return self._ask(card, lambda account: account)

    def find(self, digest: str, masked: str) -> Card | None:
        self._reach()
        return self._office.find(digest)

    def card(self, card: str) -> Card:
        self._reach()
        return self._office.card(card)

    def give(self, card: str, customer: str) -> None:
        self._reach()
        self._office.give(card, customer)

    def register(self, card: Card, *, alone: bool = False) -> None:
        self._reach()
        self._office.know(card, alone)

    def wallet_of(self, customer: str, programme: str) -> Card | None:
        self._reach()
        return self._office.wallet_of(customer, programme) if customer else None

    def reserve(
        self, card: str, hold: str, amount: Money, by: By, until: datetime | None = None
    ) -> Account:
        return self._ask(card, lambda account: account.reserve(hold, amount, by, until))

    def set_aside(self, card: str, amount: Money, by: By) -> Account:
        return self._ask(card, lambda account: account.set_aside(amount, by))

    def draw(self, card: str, hold: str, amount: Money, by: By) -> Account:
        return self._ask(card, lambda account: account.draw(hold, amount, by))

    def book(self, card: str, hold: str, by: By) -> Account:
        return self._ask(card, lambda account: account.redeem(hold, by))

    def release(self, card: str, hold: str, by: By) -> Account:
        return self._ask(card, lambda account: account.release(hold, by))

    def issue(self, card: str, amount: Money, by: By) -> Account:
        return self._ask(card, lambda account: account.issue(amount, by))

    def top_up(self, card: str, amount: Money, by: By) -> Account:
        return self._ask(card, lambda account: account.top_up(amount, by))

    def cancel(self, card: str, of: int, by: By, amount: Money | None = None) -> Account:
        return self._ask(card, lambda account: account.cancel(of, by, amount))

    def expire(self, card: str, by: By) -> Account:
        return self._ask(card, lambda account: account.expire(by))

    def correct(self, card: str, amount: Money, by: By) -> Account:
        return self._ask(card, lambda account: account.correct(amount, by))
