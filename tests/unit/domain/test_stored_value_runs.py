"""Ten thousand random lives of a card at two tills: the ledger is the sum of what was done."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from random import Random

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import Account, By
from tests.support.back_office import BackOffice, RemoteAuthority

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
RUNS, STEPS = 10_000, 20


class Life:
    """One card, its true worth beside it, and two tills that want it."""

    def __init__(self, seed: int, seen: Counter[str]) -> None:
        self.random, self.seen = Random(seed), seen
        office = BackOffice()
        office.know(Card("c", "1", "EUR", "digest of c", "****", AT))
        self.tills = [(RemoteAuthority(office), By(AT, name, "anna")) for name in ("1", "2")]
        self.money_in = self.money_out = 0
        self.holds: dict[str, tuple[int, int]] = {}
        self.booked: dict[int, int] = {}
        self.number = 0

    def account(self) -> Account:
        return self.tills[0][0].confirm("c")

    def step(self) -> None:
        steps = [self.issue, self.top_up, self.reserve, self.book, self.release, self.crash]
        action = self.random.choice([*steps, self.reserve, self.cancel, self.correct])
        with suppress(Refusal):
            action()
            self.seen[action.__name__] += 1
        self.check()

    def check(self) -> None:
        account, last = self.account(), self.account().entries[-1:]
        held = sum(amount for _, amount in self.holds.values())
        assert account.balance.minor == self.money_in - self.money_out
        assert account.reserved.minor == held
        assert account.available.minor >= 0
        assert all(
            (each.balance, each.reserved) == (account.balance, account.reserved) for each in last
        )

    def till(self) -> int:
        return self.random.randrange(2)

    def issue(self) -> None:
        amount = self.random.randint(-10, 5_000)
        authority, by = self.tills[self.till()]
        authority.issue("c", Money(amount), by)
        self.money_in += amount

    def top_up(self) -> None:
        amount = self.random.randint(-10, 2_000)
        authority, by = self.tills[self.till()]
        authority.top_up("c", Money(amount), by)
        self.money_in += amount

    def reserve(self) -> None:
        till, amount = self.till(), self.random.randint(-10, 4_000)
        authority, by = self.tills[till]
        self.number += 1
        authority.reserve("c", f"h{self.number}", Money(amount), by)
        self.holds[f"h{self.number}"] = (till, amount)

    def _some_hold(self) -> str:
        return self.random.choice([*self.holds, f"h{self.random.randint(1, 9)}"])

    def book(self) -> None:
        hold = self._some_hold()
        authority, by = self.tills[self.till()]
        entry = authority.book("c", hold, by).entries[-1]
        if hold in self.holds:
            amount = self.holds.pop(hold)[1]
            self.money_out += amount
            self.booked[entry.number] = amount

    def release(self) -> None:
        hold = self._some_hold()
        authority, by = self.tills[self.till()]
        authority.release("c", hold, by)
        self.holds.pop(hold, None)

    def cancel(self) -> None:
        """Take a redemption back, wholly or in part, or the whole of some entry."""
        of = self.random.choice([*self.booked, self.random.randint(1, 6)])
        authority, by = self.tills[self.till()]
        left = self.account().uncancelled(of).minor
        part = self.random.choice([None, Money(left // 2 or left)])
        authority.cancel("c", of, by, part)
        self.money_out += left if part is None else part.minor

    def correct(self) -> None:
        amount = self.random.randint(-3_000, 300)
        authority, by = self.tills[self.till()]
        authority.correct("c", Money(amount), By(by.at, by.till, by.operator, reason="counted"))
        self.money_in += amount

    def crash(self) -> None:
        """A till ends and starts anew: it lets go of whatever it had reserved."""
        till = self.till()
        authority, by = self.tills[till]
        for hold in [hold for hold, (owner, _) in self.holds.items() if owner == till]:
            authority.release("c", hold, by)
            del self.holds[hold]
        assert all(owner != till for owner, _ in self.holds.values())


def test_ten_thousand_lives() -> None:
    seen: Counter[str] = Counter()
    for seed in range(RUNS):
        life = Life(seed, seen)
        for _ in range(STEPS):
            life.step()
    assert all(seen[name] > 1_000 for name in ("issue", "top_up", "reserve", "book", "release"))
    assert all(seen[name] > 1_000 for name in ("cancel", "correct", "crash")), seen
