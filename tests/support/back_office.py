"""A back office in memory that keeps every card, for tills whose line can be cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.ledger import Account, By
from pos.ports.stored_value import Unreachable


@dataclass
class BackOffice:
    """The ledgers of all cards, changed by one till at a time."""

    accounts: dict[str, Account] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def know(self, card: str) -> None:
        """Learn of a card nothing was put on yet."""
        self.accounts.setdefault(card, Account(card))

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

    def _ask(self, card: str, step: Callable[[Account], Account]) -> Account:
        if self.cut:
            raise Unreachable
        return self._office.apply(card, step)

    def confirm(self, card: str) -> Account:
        return self._ask(card, lambda account: account)

    def reserve(self, card: str, hold: str, amount: Money, by: By) -> Account:
        return self._ask(card, lambda account: account.reserve(hold, amount, by))

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
