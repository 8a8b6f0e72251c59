"""An order being paid by cards, in the order they are shown."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.ledger import Account, By
from pos.domain.stored_value.paying import share
from tests.vectors.loyalty.words import NO_WALLET, REASONS, UNPAID


class Shop(Protocol):
    """What paying needs of a shop."""

    accounts: dict[str, Account]
    sold: set[str]

    def usable(self, name: str, day: date) -> Account:
        """The account of a card that may pay; raises Refusal otherwise."""


class Paying:
    """One order being paid: cards are shown one after the other, the rest is cash."""

    def __init__(self, shop: Shop, due: Money, day: date, by: By) -> None:
        self._shop, self._day, self._by = shop, day, by
        self.due = due
        self.redeemed: dict[str, Money] = {}
        self.refused: dict[str, str] = {}
        self.warnings: list[str] = []

    def show(self, name: str) -> None:
        try:
            if name in self.redeemed or name in self.refused:
                raise Refusal("voucher_entered")
            account = self._shop.usable(name, self._day)
            if name not in self._shop.sold and name[0] == "c":
                self.warnings.append(UNPAID)
            self._take(name, account)
        except Refusal as refusal:
            self.refused.setdefault(name, REASONS.get(refusal.code, refusal.code))

    def show_wallet(self, name: str) -> None:
        self.show(name)
        if name in self.redeemed:
            self.redeemed["wallet"] = self.redeemed.pop(name)
        else:
            self.refused["wallet"] = self.refused.pop(name)
            self.warnings.append(NO_WALLET)

    def _take(self, name: str, account: Account) -> None:
        taken = share(account.available, self.due, self.due, None)
        self._shop.accounts[name] = account.reserve(self._hold(name), taken, self._by)
        self.redeemed[name] = taken
        self.due -= taken

    def _hold(self, name: str) -> str:
        return f"{self._by.sale}-{name}"

    def book(self) -> list[tuple[str, int]]:
        touched = []
        for name, account in self._shop.accounts.items():
            if self._hold(name) in account.open_holds:
                booked = account.redeem(self._hold(name), self._by)
                self._shop.accounts[name] = booked
                touched.append((name, booked.entries[-1].number))
        return touched
