"""A shop that does the recorded steps with our own rules, on accounts in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By, EntryKind, LedgerEntry
from pos.domain.stored_value.paying import share
from pos.domain.stored_value.programme import Place, Programme
from tests.vectors.case import Case
from tests.vectors.loyalty.paying import Paying
from tests.vectors.loyalty.words import (
    HERE,
    KINDS,
    REASONS,
    STEPS,
    TODAY,
    day_of,
    identity,
    order_day,
    tills_of,
    wallet_of,
)


@dataclass(frozen=True)
class Order:
    """What an order touched: entries by account; what was paid beside the cards; whose it was."""

    touched: tuple[tuple[str, int], ...]
    paid: Money
    wallet: str


@dataclass(frozen=True)
class Quotation:
    """The money of a card that is promised to a quotation, and what the record promised it."""

    hold: str
    promised: Money


@dataclass
class ShopOfCards:
    """Cards by the names of the record, wallets under "wallet <customer>".

    Attributes:
        untold: what the recorded engine may have left on cards or taken from them for good, where
            an order went back and the record says nothing of them.
        owed: how far below zero the record has a card that is empty here.
    """

    programme: Programme
    cards: dict[str, Card] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    sold: set[str] = field(default_factory=set)
    orders: list[Order] = field(default_factory=list)
    quotations: dict[str, tuple[Quotation, ...]] = field(default_factory=dict)
    untold: dict[str, Money] = field(default_factory=dict)
    owed: dict[str, Money] = field(default_factory=dict)
    steps: int = 0

    @classmethod
    def of(cls, program: Case) -> ShopOfCards:
        """An empty shop with the programme of a case."""
        programme = Programme(
            number="1",
            name="recorded",
            product="1",
            kind=KINDS[program["kind"]],
            tills=tills_of(program.get("tills")),
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
            untold=dict(self.untold),
            owed=dict(self.owed),
        )

    def release_all(self) -> None:
        """Give back whatever is promised to quotations."""
        for name, account in self.accounts.items():
            self.accounts[name] = _released(account, self._by())

    def keep_untold(self) -> None:
        """Leave cards as they were before orders went back whose cards the record doesn't tell."""
        for name, amount in self.untold.items():
            self._correct(name, amount)
        self.untold.clear()

    def _correct(self, name: str, amount: Money) -> None:
        account = self.accounts[name]
        if account.available + amount < Money(0):
            # What the record gave out twice can't be kept for a quotation as well.
            account = _released(account, self._by())
        least = -account.available
        if amount := max(amount, least):
            account = account.correct(amount, self._by("as recorded"))
        self.accounts[name] = account

    def do(self, step: Case) -> dict[str, Any]:
        """Do a step; what came of it, under the names of the record."""
        self.steps += 1
        if step["do"] not in STEPS:
            raise ValueError(f"a step nobody here knows: {step['do']}")
        action: Callable[[Case], dict[str, Any]] = getattr(self, f"_{step['do']}")
        try:
            return action(step)
        except Refusal as refusal:
            if step["do"] == "order":
                self.orders.append(Order((), Money(0), wallet_of(step)))
            name = step.get("card", "")
            known = {"balance": str(self.accounts[name].balance)} if name in self.accounts else {}
            reason = REASONS.get(refusal.code, refusal.code)
            return {"accepted": False, "reason": reason} | known

    def adopt(self, step: Case) -> None:
        """Take over the balances that a step at fault recorded, as far as they can be."""
        expect = step["expect"]
        recorded: dict[str, str] = {}
        for name in ("cards", "new_cards", "balances"):
            recorded |= expect.get(name, {})
        if "balance" in expect and "card" in step:
            recorded[step["card"]] = expect["balance"]
        if expect.get("wallet") is not None:
            back = step["do"] == "reverse_order"
            wallet = self.orders[int(step["order"])].wallet if back else wallet_of(step)
            recorded[wallet] = expect["wallet"]
        for name, text in recorded.items():
            if name not in self.accounts:
                self._open(name, day_of(step.get("expires_in_days")))
            balance = max(Money.parse(text), Money(0))
            self.owed[name] = Money.parse(text) - balance
            self._correct(name, balance - self.accounts[name].balance)
            self.untold.pop(name, None)
        if step["do"] == "order" and "to_pay" in expect:
            self.orders[-1] = self._as_recorded(step, self.orders[-1])
        if step["do"] == "quotation":
            self._adopt_quotation(step)

    def _adopt_quotation(self, step: Case) -> None:
        """Keep what the record promised; a quotation that it refused is none."""
        name, expect = step["card"], step["expect"]
        earlier, hold = self.quotations.get(name, ()), f"quotation {self.steps}"
        if earlier and earlier[-1].hold == hold:
            earlier = earlier[:-1]
        if expect.get("accepted") is False:
            if name in self.accounts and hold in self.accounts[name].open_holds:
                self.accounts[name] = self.accounts[name].release(hold, self._by())
        else:
            to_pay = Money.parse(expect.get("to_pay", step["total"]))
            earlier = (*earlier, Quotation(hold, Money.parse(step["total"]) - to_pay))
        self.quotations[name] = earlier

    def _as_recorded(self, step: Case, order: Order) -> Order:
        """The order with what the record says was paid, and by which cards."""
        expect = step["expect"]
        paying = {
            wallet_of(step) if name == "wallet" else name for name in expect.get("redeemed", {})
        }
        mine = {*step.get("cards", ()), wallet_of(step)} - paying
        kept = tuple(
            (name, entry)
            for name, entry in order.touched
            if name not in mine or self._entry(name, entry).kind is not EntryKind.REDEEM
        )
        return replace(order, touched=kept, paid=Money.parse(expect["to_pay"]))

    def _entry(self, name: str, number: int) -> LedgerEntry:
        return next(each for each in self.accounts[name].entries if each.number == number)

    def usable(self, name: str, day: date, place: Place = HERE) -> Account:
        """The account of a card that may pay here and now."""
        if name not in self.accounts:
            raise Refusal("voucher_unknown")
        self.check(name, day, place)
        if not self.accounts[name].available:
            raise Refusal("voucher_empty")
        return self.accounts[name]

    def check(self, name: str, day: date, place: Place = HERE) -> None:
        """Refuse a card that has expired or doesn't count here.

        A card's last day is held against the day of the order, for an order may be told later. The
        programme is asked today, and one that is over takes nothing more.
        """
        try:
            self.programme.check_place(place, TODAY)
        except Refusal as refusal:
            last = self.programme.last_day
            if refusal.code == "voucher_not_yet":
                self.cards[name].check_day(day)
                if last is not None and last < TODAY:
                    raise Refusal("voucher_expired", day=last) from None
            raise
        self.cards[name].check_day(day)

    @property
    def _office(self) -> Place:
        """Where quotations are written: no till, so every till's cards are welcome there."""
        return Place(next(iter(self.programme.tills), HERE.till))

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
        if step.get("count", 1) < 1:
            raise Refusal("generate_count")
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
        self._check_selling([*sold, top_up] if "top_up" in step else sold)
        paying = Paying(self, total, order_day(step), self._by())
        for name in step.get("cards", ()):
            paying.show(name)
        top_up += self._pay_by_wallet(step, paying)
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

    def _check_selling(self, amounts: list[Money]) -> None:
        """Refuse to put nothing on a card, or anything where its programme doesn't count."""
        for amount in amounts:
            self.programme.check_place(HERE, TODAY)
            self.programme.check_amount(amount)

    def _pay_by_wallet(self, step: Case, paying: Paying) -> Money:
        """Let the wallet pay; what is owed to the customer is put on it instead, and told."""
        owed = Money(0)
        if step.get("pay_with_wallet") and paying.due < Money(0):
            owed, paying.due = -paying.due, Money(0)
        elif step.get("pay_with_wallet"):
            paying.show_wallet(wallet_of(step))
        return owed

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
        self._note_untold(step, order, accounts)
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

    def _note_untold(self, step: Case, order: Order, after: dict[str, Account]) -> None:
        told = set(step["expect"].get("balances", ()))
        told |= {order.wallet} if "wallet" in step["expect"] else set()
        for name in {name for name, _ in order.touched} - told:
            change = self.accounts[name].balance - after[name].balance
            self.untold[name] = self.untold.get(name, Money(0)) + change

    def _quotation(self, step: Case) -> dict[str, Any]:
        name, total = step["card"], Money.parse(step["total"])
        account = self.usable(name, order_day(step), self._office)
        taken = share(account.available, total, total, None)
        hold = f"quotation {self.steps}"
        self.accounts[name] = account.reserve(hold, taken, self._by())
        self.quotations[name] = (*self.quotations.get(name, ()), Quotation(hold, taken))
        return {
            "accepted": True,
            "to_pay": str(total - taken),
            "balance": self._balance(name),
        }

    def waiting(self, name: str) -> list[Quotation]:
        """The quotations of a card that aren't confirmed."""
        account = self.accounts[name]
        booked = {each.hold for each in account.entries if each.kind is EntryKind.REDEEM}
        return [each for each in self.quotations[name] if each.hold not in booked]

    def _quotation_of(self, name: str) -> Quotation:
        """The last quotation of a card that can still be confirmed, else the last."""
        waiting = self.waiting(name)
        held = [each for each in waiting if each.hold in self.accounts[name].open_holds]
        return (held or waiting or self.quotations[name])[-1]

    def _confirm_quotation(self, step: Case) -> dict[str, Any]:
        name = step["card"]
        account = self.accounts[name]
        self.accounts[name] = account.redeem(self._quotation_of(name).hold, self._by())
        return {"accepted": True, "balance": self._balance(name)}

    def _cancel_quotation(self, step: Case) -> dict[str, Any]:
        name = step["card"]
        account, hold = self.accounts[name], self.quotations[name][-1].hold
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


def _released(account: Account, by: By) -> Account:
    """The account with nothing promised."""
    for hold in account.open_holds:
        account = account.release(hold, by)
    return account
