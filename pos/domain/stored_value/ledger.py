"""The ledger of a card: entries in order, none of which can be altered.

Each entry changes what the card holds (`amount`), what of that is promised to a sale (`held`), or
both. The balance is the sum of the amounts. What can still be spent is the balance less what is
held. Neither is ever below zero, and neither is kept anywhere but as the outcome of the entries.

A redemption is reserved first under a name of its own, its hold, and ends once: booked with the
sale, or released. Doing a step twice under the same hold is harmless.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money


class EntryKind(StrEnum):
    """What an entry does.

    Attributes:
        CANCEL: takes back an earlier entry, wholly or in part: a sold card, a redemption.
        EXPIRE: the rest after the last day, when the shop writes it off.
        CORRECT: by a manager, with a reason.
    """

    ISSUE = "issue"
    TOP_UP = "top_up"
    RESERVE = "reserve"
    REDEEM = "redeem"
    RELEASE = "release"
    CANCEL = "cancel"
    EXPIRE = "expire"
    CORRECT = "correct"


class By(Struct, frozen=True):
    """Who does it, where and when (UTC), and for which sale, if any.

    Attributes:
        receipt: number of the sale's receipt at that till; 0 where there is none.
        step: names this very step where it may be told twice: it is done once then. A reservation
            is known by its hold and needs none.
    """

    at: datetime
    till: str = ""
    operator: str = ""
    sale: str = ""
    reason: str = ""
    receipt: int = 0
    step: str = ""


class LedgerEntry(Struct, frozen=True):
    """One entry.

    Attributes:
        number: counts from 1 within the card.
        amount, held: changes, with their sign.
        balance, reserved: both sums after this entry.
        hold: the name of the reservation it makes or ends; empty for others.
        of: number of the entry it takes back; None for others.
        until: when a reservation may make way for another; None for never (W-19).
    """

    card: str
    number: int
    kind: EntryKind
    amount: Money
    held: Money
    balance: Money
    reserved: Money
    by: By
    hold: str = ""
    of: int | None = None
    until: datetime | None = None


class Account(Struct, frozen=True):
    """A card's ledger. Each step returns the account with one entry more, or the same account
    where the step was done before.
    """

    card: str
    currency: str = "EUR"
    entries: tuple[LedgerEntry, ...] = ()

    @property
    def balance(self) -> Money:
        """What the card holds."""
        return self._sum("amount")

    @property
    def reserved(self) -> Money:
        """What is promised to sales that are not closed."""
        return self._sum("held")

    @property
    def available(self) -> Money:
        """What can still be spent."""
        return self.balance - self.reserved

    @property
    def is_issued(self) -> bool:
        """Whether any money was ever put on it."""
        return any(entry.amount.minor > 0 for entry in self.entries)

    @property
    def open_holds(self) -> dict[str, Money]:
        """Reservations that are neither booked nor released, by name."""
        holds: dict[str, Money] = {}
        for entry in self.entries:
            if entry.kind is EntryKind.RESERVE:
                holds[entry.hold] = entry.held
            elif entry.hold:
                holds.pop(entry.hold, None)
        return holds

    def free(self, at: datetime) -> Money:
        """What can be spent at an instant: a reservation whose time is over is in nobody's way."""
        held = self.open_holds
        over = (held[hold] for hold in self._lapsed(at))
        return self.available + Money.total(over, self.currency)

    def set_aside_for(self, till: str) -> Money:
        """What is kept for a till to spend while it can't ask."""
        return Money.total(self.allowances(till).values(), self.currency)

    def allowances(self, till: str) -> dict[str, Money]:
        """The reservations that keep it, by name."""
        return {
            hold: amount for hold, amount in self.open_holds.items() if is_allowance(hold, till)
        }

    def promised(self, hold: str) -> Money:
        """What a hold has reserved, whether it is booked by now or not; nothing without one."""
        made, ended = (
            self._entry_of(hold, EntryKind.RESERVE),
            self._entry_of(hold, EntryKind.RELEASE),
        )
        return Money(0, self.currency) if made is None or ended is not None else made.held

    def issue(self, amount: Money, by: By) -> Account:
        """The first money on a card; raises Refusal "voucher_issued" on a second time."""
        if self._is_done(by):
            return self
        if self.is_issued:
            raise Refusal("voucher_issued")
        return self._grow(EntryKind.ISSUE, _positive(amount), by)

    def top_up(self, amount: Money, by: By) -> Account:
        """More money on a card."""
        if self._is_done(by):
            return self
        return self._grow(EntryKind.TOP_UP, _positive(amount), by)

    def reserve(self, hold: str, amount: Money, by: By, until: datetime | None = None) -> Account:
        """Promise money to a sale; raises Refusal "voucher_balance" with what there is.

        A reservation whose time is over makes way, but only where its money is needed (W-19).
        """
        made = self._entry_of(hold, EntryKind.RESERVE)
        if made is not None:
            if made.held != amount or hold not in self.open_holds:
                raise Refusal("voucher_hold_used")
            return self
        if _positive(amount) > self.free(by.at):
            raise Refusal("voucher_balance", available=self.free(by.at))
        account, zero = self, Money(0, self.currency)
        for over in self._lapsed(by.at):
            if amount > account.available:
                account = account.release(over, replace(by, sale="", receipt=0))
        return account._grow(EntryKind.RESERVE, zero, by, held=amount, hold=hold, until=until)

    def set_aside(self, amount: Money, by: By) -> Account:
        """Keep up to `amount` for a till to spend while it can't ask; as much as there is."""
        missing = _positive(amount) - self.set_aside_for(by.till)
        there = min(missing, self.available)
        if there.minor <= 0:
            return self
        return self.reserve(allowance_name(by.till, self), there, by)

    def draw(self, hold: str, amount: Money, by: By) -> Account:
        """Book what a till has spent of the money set aside for it; the rest stays set aside.

        Raises Refusal "voucher_balance" where less was set aside.
        """
        if self._entry_of(hold, EntryKind.REDEEM) is not None:
            return self
        there = self.set_aside_for(by.till)
        if _positive(amount) > there:
            raise Refusal("voucher_balance", available=there)
        account = self
        for name in self.allowances(by.till):
            account = account.release(name, replace(by, sale="", receipt=0))
        account = account.reserve(hold, amount, by).redeem(hold, by)
        return account.set_aside(there - amount, by) if there > amount else account

    def redeem(self, hold: str, by: By) -> Account:
        """Book what was reserved; raises Refusal "voucher_no_hold"."""
        if self._entry_of(hold, EntryKind.REDEEM) is not None:
            return self
        amount = self._open(hold)
        return self._grow(EntryKind.REDEEM, -amount, by, held=-amount, hold=hold)

    def release(self, hold: str, by: By) -> Account:
        """Give back what was reserved; raises Refusal "voucher_no_hold"."""
        if self._entry_of(hold, EntryKind.RELEASE) is not None:
            return self
        amount = self._open(hold)
        return self._grow(EntryKind.RELEASE, Money(0, self.currency), by, held=-amount, hold=hold)

    def cancel(self, of: int, by: By, amount: Money | None = None) -> Account:
        """Take back an entry that moved money, or part of it; never more than it moved.

        Raises Refusal "voucher_nothing_to_cancel", or "voucher_spent" where a card that is taken
        back doesn't hold its money any more.
        """
        if self._is_done(by):
            return self
        open_amount = self.uncancelled(of)
        amount = open_amount if amount is None else amount
        same_side = (amount.minor > 0) is (open_amount.minor > 0)
        if not amount or not same_side or abs(amount.minor) > abs(open_amount.minor):
            raise Refusal("voucher_nothing_to_cancel")
        if amount > self.available:
            raise Refusal("voucher_spent", available=self.available)
        return self._grow(EntryKind.CANCEL, -amount, by, of=of)

    def uncancelled(self, of: int) -> Money:
        """What of an entry's amount has not been taken back, with its sign."""
        entry = next((entry for entry in self.entries if entry.number == of), None)
        if entry is None or entry.kind not in REVERSIBLE:
            raise Refusal("voucher_nothing_to_cancel")
        back = (each.amount for each in self.entries if each.of == of)
        return entry.amount + Money.total(back, self.currency)

    def expire(self, by: By) -> Account:
        """Write off what is left; what is reserved waits."""
        if not self.available:
            raise Refusal("voucher_empty")
        return self._grow(EntryKind.EXPIRE, -self.available, by)

    def correct(self, amount: Money, by: By) -> Account:
        """Put right what went wrong elsewhere; wants a reason."""
        if not by.reason.strip():
            raise Refusal("voucher_reason")
        if not amount or -amount > self.available:
            raise Refusal("voucher_balance", available=self.available)
        return self._grow(EntryKind.CORRECT, amount, by)

    def _is_done(self, by: By) -> bool:
        return bool(by.step) and any(entry.by.step == by.step for entry in self.entries)

    def _lapsed(self, at: datetime) -> list[str]:
        """Open reservations whose time is over, oldest first."""
        until = {entry.hold: entry.until for entry in self.entries if entry.until is not None}
        return [hold for hold in self.open_holds if hold in until and until[hold] <= at]

    def _sum(self, name: str) -> Money:
        return Money.total((getattr(entry, name) for entry in self.entries), self.currency)

    def _entry_of(self, hold: str, kind: EntryKind) -> LedgerEntry | None:
        found = (entry for entry in self.entries if entry.kind is kind and entry.hold == hold)
        return next(found, None)

    def _open(self, hold: str) -> Money:
        amount = self.open_holds.get(hold)
        if amount is None:
            raise Refusal("voucher_no_hold")
        return amount

    def _grow(
        self,
        kind: EntryKind,
        amount: Money,
        by: By,
        held: Money | None = None,
        hold: str = "",
        of: int | None = None,
        until: datetime | None = None,
    ) -> Account:
        held = Money(0, self.currency) if held is None else held
        balance, reserved = self.balance + amount, self.reserved + held
        if balance < reserved or reserved.minor < 0 or balance.minor > LARGEST:
            raise Refusal("voucher_balance", available=self.available)
        number = self.entries[-1].number + 1 if self.entries else 1
        entry = LedgerEntry(
            self.card, number, kind, amount, held, balance, reserved, by, hold, of, until
        )
        return Account(self.card, self.currency, (*self.entries, entry))


def allowance_name(till: str, account: Account) -> str:
    """The hold under which money is set aside for a till; each is a new one."""
    return f"allowance {till} {account.card} {len(account.entries) + 1}"


def is_allowance(hold: str, till: str) -> bool:
    """Whether a hold keeps money for this till, and belongs to no sale."""
    return hold.startswith(f"allowance {till} ")


REVERSIBLE = frozenset({EntryKind.ISSUE, EntryKind.TOP_UP, EntryKind.REDEEM})
"""What can be taken back."""

LARGEST = 2**53
"""Nothing a shop has comes near it; beyond, other programs lose digits."""


def _positive(amount: Money) -> Money:
    if amount.minor <= 0:
        raise Refusal("voucher_amount")
    return amount
