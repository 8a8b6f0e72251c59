"""A shop that does the recorded steps with our own rules, on accounts in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By, EntryKind
from pos.domain.stored_value.paying import share
from pos.domain.stored_value.programme import Place, Programme, ProgrammeKind
from tests.vectors.case import Case

TODAY = date(2026, 11, 23)
HERE = Place("1")
REASONS = {
    "voucher_expired": "expired",
    "voucher_other_till": "unknown card or not valid here",
    "voucher_unknown": "unknown card or not valid here",
    "voucher_balance": "not enough balance",
    "voucher_empty": "balance too low",
}
"""What the record calls our refusals. Where it has another word, refusing alone is compared."""

KINDS = {"gift_card": ProgrammeKind.GIFT_VOUCHER, "ewallet": ProgrammeKind.EWALLET}

UNPAID = "Unpaid gift card"
"""Their till asks before it takes a card that was generated and never sold."""


@dataclass(frozen=True)
class Order:
    """What an order touched: entries by account; what was paid beside the cards; whose it was."""

    touched: tuple[tuple[str, int], ...]
    paid: Money
    wallet: str


@dataclass
class ShopOfCards:
    """Cards by the names of the record, wallets under "wallet <customer>"."""

    programme: Programme
    cards: dict[str, Card] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    sold: set[str] = field(default_factory=set)
    orders: list[Order] = field(default_factory=list)
    quotations: dict[str, str] = field(default_factory=dict)
    steps: int = 0

    @classmethod
    def of(cls, program: Case) -> ShopOfCards:
        """An empty shop with the programme of a case."""
        elsewhere = "another" in str(program.get("tills", ""))
        programme = Programme(
            number="1",
            name="recorded",
            product="1",
            kind=KINDS[program["kind"]],
            tills=frozenset({"2"} if elsewhere else ()),
            first_day=day_of(program.get("first_day")),
            last_day=day_of(program.get("last_day")),
            # The recorded engine knows no other way; a programme of ours may be set so.
            pays_for_vouchers=True,
        )
        return cls(programme)

    def copy(self) -> ShopOfCards:
        """The shop as it is now; steps done on it leave this one alone."""
        return replace(
            self,
            cards=dict(self.cards),
            accounts=dict(self.accounts),
            sold=set(self.sold),
            orders=list(self.orders),
            quotations=dict(self.quotations),
        )

    def release_all(self) -> None:
        """Give back whatever is promised to quotations."""
        for name, account in self.accounts.items():
            self.accounts[name] = _released(account, self._by())

    def do(self, step: Case) -> dict[str, Any]:
        """Do a step; what came of it, under the names of the record."""
        self.steps += 1
        action: Callable[[Case], dict[str, Any]] = getattr(self, f"_{step['do']}", _unknown)
        try:
            return action(step)
        except Refusal as refusal:
            name = step.get("card", "")
            known = {"balance": str(self.accounts[name].balance)} if name in self.accounts else {}
            reason = REASONS.get(refusal.code, refusal.code)
            return {"accepted": False, "reason": reason} | known

    def adopt(self, step: Case) -> None:
        """Take over the balances that a step at fault recorded, as far as they can be."""
        recorded = dict(step["expect"].get("balances", {}))
        if "balance" in step["expect"] and "card" in step:
            recorded[step["card"]] = step["expect"]["balance"]
        if "wallet" in step["expect"]:
            back = step["do"] == "reverse_order"
            wallet = self.orders[int(step["order"])].wallet if back else wallet_of(step)
            recorded[wallet] = step["expect"]["wallet"]
        for name, text in recorded.items():
            if name not in self.accounts:
                self._open(name)
            account = self.accounts[name]
            missing = max(Money.parse(text), Money(0)) - account.balance
            if account.available + missing < Money(0):
                # What the record gave out twice can't be kept for a quotation as well.
                account = _released(account, self._by())
            if missing:
                account = account.correct(missing, self._by("as recorded"))
            self.accounts[name] = account

    def usable(self, name: str, day: date) -> Account:
        """The account of a card that may pay here and now."""
        if name not in self.accounts:
            raise Refusal("voucher_unknown")
        self.check(name, day)
        if not self.accounts[name].available:
            raise Refusal("voucher_empty")
        return self.accounts[name]

    def check(self, name: str, day: date) -> None:
        """Refuse a card that has expired or doesn't count here.

        A card's last day is held against the day of the order, for an order may be told later. The
        programme is asked today, and one that is over takes nothing more.
        """
        try:
            self.programme.check_place(HERE, TODAY)
        except Refusal as refusal:
            last = self.programme.last_day
            if refusal.code == "voucher_not_yet":
                self.cards[name].check_day(day)
                if last is not None and last < TODAY:
                    raise Refusal("voucher_expired", day=last) from None
            raise
        self.cards[name].check_day(day)

    def _by(self, reason: str = "") -> By:
        return By(datetime(2026, 11, 23, 9, tzinfo=UTC), "1", "anna", f"s{self.steps}", reason)

    def _open(self, name: str, expires: date | None = None) -> None:
        made = self._by().at
        self.cards[name] = Card(name, "1", "EUR", name, name, made, expires=expires)
        self.accounts[name] = Account(name)

    def _issue(self, amount: Money, expires: date | None = None) -> str:
        """A new card; one that nothing is put on stays blank."""
        name = f"c{sum(each[0] == 'c' for each in self.cards) + 1}"
        self._open(name, expires)
        if amount:
            self.accounts[name] = self.accounts[name].issue(amount, self._by())
        return name

    def _generate(self, step: Case) -> dict[str, Any]:
        expires = day_of(step.get("expires_in_days"))
        amount = Money.parse(step["balance"])
        made = [self._issue(amount, expires) for _ in range(step.get("count", 1))]
        return {"accepted": True, "cards": dict.fromkeys(made, step["balance"])}

    def _check(self, step: Case) -> dict[str, Any]:
        account = self.usable(step["card"], order_day(step))
        return {"accepted": True, "balance": str(account.balance)}

    def _order(self, step: Case) -> dict[str, Any]:
        sold = [Money.parse(text) for text in step.get("sell_cards", ())]
        top_up = Money.parse(step.get("top_up", "0"))
        goods = Money.total(Money.parse(text) for text in step.get("lines", ()))
        total = goods + Money.total(sold) + top_up
        paying = _Paying(self, total, order_day(step), self._by())
        for name in step.get("cards", ()):
            paying.show(name)
        if step.get("pay_with_wallet"):
            paying.show_wallet(wallet_of(step))
        touched = paying.book()
        new = {self._issue(amount): amount for amount in sold}
        touched += [(name, 1) for name in new]
        self.sold |= new.keys()
        if top_up:
            touched.append(self._top_up(wallet_of(step), top_up))
        self.orders.append(Order(tuple(touched), paying.due, wallet_of(step)))
        return {
            "total_before": str(total),
            "redeemed": {name: str(amount) for name, amount in paying.redeemed.items()},
            "to_pay": str(paying.due),
            "accepted": True,
            "refused": paying.refused,
            "warnings": paying.warnings,
            "new_cards": {name: str(amount) for name, amount in new.items()},
            "balances": {
                name: str(self.accounts[name].balance)
                for name in step.get("cards", ())
                if name in self.accounts
            },
            "wallet": self._balance(wallet_of(step)),
        }

    def _top_up(self, name: str, amount: Money) -> tuple[str, int]:
        if name not in self.accounts:
            self._open(name)
        account = self.accounts[name].top_up(amount, self._by())
        self.accounts[name] = account
        return name, account.entries[-1].number

    def _balance(self, name: str) -> str:
        return str(self.accounts[name].balance) if name in self.accounts else "0.00"

    def _settle(self, step: Case, hold: str) -> dict[str, Any]:
        name, amount = step["card"], Money.parse(step["amount"])
        account = self.accounts.get(name)
        booked = account is not None and any(
            entry.hold == hold and entry.kind is EntryKind.REDEEM for entry in account.entries
        )
        if not booked:
            self.accounts[name] = self._settled(name, hold, amount, order_day(step))
        return {"accepted": True, "balance": self._balance(name)}

    def _settled(self, name: str, hold: str, amount: Money, day: date) -> Account:
        """The account after a settlement; what isn't there is told before what isn't allowed."""
        if name not in self.accounts:
            raise Refusal("voucher_unknown")
        account = self.accounts[name].reserve(hold, amount, self._by())
        self.check(name, day)
        return account.redeem(hold, self._by())

    def _check_and_settle(self, step: Case) -> dict[str, Any]:
        return self._settle(step, f"settle {self.steps}")

    def _settle_without_check(self, step: Case) -> dict[str, Any]:
        # Without a reservation before it a settlement is known by what it says: said again, it
        # is the same settlement.
        return self._settle(step, identity(step))

    def _reverse_order(self, step: Case) -> dict[str, Any]:
        order = self.orders[int(step["order"])]
        names = dict.fromkeys(name for name, _ in order.touched)
        accounts = dict(self.accounts)
        for name, entry in order.touched:
            accounts[name] = accounts[name].cancel(entry, self._by())
        self.accounts = accounts
        return {
            "accepted": True,
            "reversal_total": str(-order.paid),
            "balances": {
                name: self._balance(name)
                for name in step["expect"].get("balances", names)
                if name in self.accounts
            },
            "wallet": self._balance(order.wallet),
        }

    def _quotation(self, step: Case) -> dict[str, Any]:
        name, total = step["card"], Money.parse(step["total"])
        account = self.usable(name, order_day(step))
        taken = share(account.available, total, total, None)
        self.quotations[name] = f"quotation {self.steps}"
        self.accounts[name] = account.reserve(self.quotations[name], taken, self._by())
        return {
            "accepted": True,
            "to_pay": str(total - taken),
            "balance": self._balance(name),
        }

    def _confirm_quotation(self, step: Case) -> dict[str, Any]:
        name = step["card"]
        self.accounts[name] = self.accounts[name].redeem(self.quotations[name], self._by())
        return {"accepted": True, "balance": self._balance(name)}

    def _cancel_quotation(self, step: Case) -> dict[str, Any]:
        name = step["card"]
        account, hold = self.accounts[name], self.quotations[name]
        booked = [
            entry.number
            for entry in account.entries
            if entry.hold == hold and entry.kind is EntryKind.REDEEM
        ]
        if hold in account.open_holds:
            account = account.release(hold, self._by())
        elif booked:
            account = account.cancel(booked[-1], self._by())
        self.accounts[name] = account
        return {"accepted": True, "state": "cancel", "balance": self._balance(name)}


class _Paying:
    """One order being paid: cards are shown one after the other, the rest is cash."""

    def __init__(self, shop: ShopOfCards, due: Money, day: date, by: By) -> None:
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


def _released(account: Account, by: By) -> Account:
    """The account with nothing promised."""
    for hold in account.open_holds:
        account = account.release(hold, by)
    return account


def identity(step: Case) -> str:
    """What a step says, without what came of it."""
    said = {key: value for key, value in step.items() if key not in ("expect", "basis")}
    return repr(sorted(said.items()))


def wallet_of(step: Case) -> str:
    """The account of a customer's wallet."""
    return f"wallet {step.get('customer', '')}"


def day_of(days: object) -> date | None:
    """A day counted from the day of the test."""
    return None if days is None else TODAY + timedelta(days=int(str(days)))


def order_day(step: Case) -> date:
    """The day a step happens."""
    return day_of(step.get("order_day")) or TODAY


def _unknown(step: Case) -> dict[str, Any]:
    return {"unknown": step["do"]}
