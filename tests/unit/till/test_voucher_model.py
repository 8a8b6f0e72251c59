"""Random lives of cards at two tills that crash: money is neither made nor lost.

The rules know what should be there; after every step the ledgers must say the same. The two tills
share one ledger, as two tills share a back office: what one has reserved the other can't have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import digest, masked
from pos.domain.stored_value.ledger import By
from tests.support.catalogue import COFFEE
from tests.support.till import MORNING, TestTill

OTHER = By(MORNING, "2", "ben", "elsewhere")


class PowerCut(BaseException):
    """Ends the program at once; nothing catches it."""


class TwoTills:
    """One till as people use it, and a second that competes for its cards."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder, self.random = folder, random
        self.fuse = ""
        self.desk = TestTill(self.folder, self._reached)
        self.codes: list[str] = []
        self.worth: dict[str, int] = {}
        self.promised: dict[str, tuple[str, int]] = {}
        self.elsewhere: dict[str, tuple[str, int]] = {}
        self.loading: dict[str, int] = {}
        self.paid_in = self.paid_out = 0
        self.seen: Counter[str] = Counter()

    def _reached(self, point: str) -> None:
        if point == self.fuse:
            raise PowerCut

    def morning(self) -> None:
        self.desk.till.sign_in("maria", "9999")
        self.desk.till.open_session(Money(100_000))

    def card(self, code: str) -> Card:
        found = self.desk.store.cards.find(digest(code), masked(code))
        assert found is not None
        return found

    def free(self, code: str) -> int:
        """What the card can still give, as these rules reckon."""
        held = [*self.promised.values(), *self.elsewhere.values()]
        return self.worth[code] - sum(amount for name, amount in held if name == code)

    def pick(self) -> str:
        return self.random.choice(self.codes)

    def due(self) -> int:
        sale = self.desk.till.view().sale
        return sale.due.minor if sale else 0

    def issue(self) -> None:
        """A line that sells a card; nothing is on it before the sale is closed."""
        amount = self.random.randint(500, 20_000)
        code = f"MODEL-{len(self.codes) + len(self.loading):05}"
        with suppress(Refusal):
            self.desk.till.issue_voucher("any", amount=Money(amount), code=code)
            self.loading[code] = amount

    def ring_up(self) -> None:
        pieces = self.random.randint(1, 9)
        with suppress(Refusal):
            self.desk.till.scan(f"{pieces}*{COFFEE}")

    def redeem(self) -> None:
        code, part = self.pick(), self.random.choice([None, None, 1, 350, 799])
        self._closing(lambda: self._redeem(code, part))

    def _redeem(self, code: str, part: int | None) -> None:
        sale = self.desk.till.view().sale
        tender = f"{sale.id if sale else ''}-{len(self._tenders()) + 1}"
        due, free = self.due(), self.free(code)
        asked = None if part is None else Money(part)
        self.promised[tender] = (code, min(due, free) if part is None else part)
        try:
            self.desk.till.redeem(code, amount=asked)
        except Refusal:
            del self.promised[tender]
            raise

    def _tenders(self) -> list[object]:
        return list(self.desk.desk.sale.tenders) if self.desk.desk.sale else []

    def pay(self) -> None:
        self._closing(lambda: self.desk.till.tender("cash"))

    def _closing(self, step: Callable[[], object]) -> None:
        """Do something that may close the sale; what closed is booked here as well."""
        before = self.desk.desk.sale
        with suppress(Refusal):
            step()
        if before is not None and self.desk.desk.sale is None:
            self._book()

    def _book(self) -> None:
        for code, amount in self.promised.values():
            self.worth[code] -= amount
            self.paid_out += amount
            self.seen["redeemed"] += 1
        for code, amount in self.loading.items():
            self.codes.append(code)
            self.worth[code] = amount
            self.paid_in += amount
            self.seen["issued"] += 1
        self.promised.clear()
        self.loading.clear()

    def back(self) -> None:
        with suppress(Refusal):
            self.desk.till.back_to_sale()
            self._let_go()

    def remove_newest_tender(self) -> None:
        sale = self.desk.till.view().sale
        if sale is not None and sale.tenders:
            number = sale.tenders[-1].number
            self.desk.till.remove_tender(number)
            self.seen["released"] += 1
            self.promised.pop(f"{sale.id}-{number}", None)

    def cancel(self) -> None:
        with suppress(Refusal):
            self.desk.till.cancel_sale()
            self._let_go()
            self.loading.clear()

    def _let_go(self) -> None:
        self.seen["released"] += len(self.promised)
        self.promised.clear()

    def take_back(self) -> None:
        """A sale of its own that takes an untouched card back."""
        code = self.pick()
        if self.desk.desk.sale is not None or self.free(code) != self.worth[code]:
            return
        with suppress(Refusal):
            self.desk.till.take_back_voucher(code)
            self.desk.till.tender("cash")
            self.paid_in -= self.worth[code]
            self.worth[code] = 0
            self.seen["taken back"] += 1
        if self.desk.desk.sale is not None:
            self.desk.till.cancel_sale()

    def reserve_elsewhere(self) -> None:
        """The second till wants money of a card; it gets it if it is there, and only then."""
        self.seen["reserved elsewhere"] += 1
        code, amount = self.pick(), self.random.randint(1, 15_000)
        hold = f"elsewhere-{self.seen['reserved elsewhere']}"
        free = self.free(code)
        if amount > free:
            with pytest.raises(Refusal, match="voucher_balance"):
                self.desk.store.cards.reserve(self.card(code).id, hold, Money(amount), OTHER)
            return
        self.desk.store.cards.reserve(self.card(code).id, hold, Money(amount), OTHER)
        self.elsewhere[hold] = (code, amount)

    def settle_elsewhere(self) -> None:
        hold, booked = self.random.choice(sorted(self.elsewhere)), self.random.random() < 0.5
        code, amount = self.elsewhere.pop(hold)
        if booked:
            self.desk.store.cards.book(self.card(code).id, hold, OTHER)
            self.worth[code] -= amount
            self.paid_out += amount
        else:
            self.desk.store.cards.release(self.card(code).id, hold, OTHER)

    def crash_while_closing(self) -> None:
        """The power goes at a point of the closing path; the next start makes it whole."""
        before = self.desk.desk.sale
        if before is None:
            return
        point = self.random.choice(POINTS)
        self.fuse = point
        try:
            self.desk.till.tender("cash")
        except PowerCut:
            self.seen[f"cut {point}"] += 1
            self._restart(before.id, numbered=point != "before_reserve")
        except Refusal:
            self.fuse = ""
        else:
            raise AssertionError("the fuse didn't blow")

    def crash(self) -> None:
        """The power goes between two keys."""
        sale = self.desk.desk.sale
        self._restart(sale.id if sale else "", numbered=False)

    def _restart(self, sale: str, *, numbered: bool) -> None:
        self.fuse = ""
        till = self.desk.restart()
        if numbered:
            self._book()
        self._let_go()
        assert (till.view().sale is None) is (numbered or not sale)
        holds = {hold.hold for hold in self.desk.store.cards.open_holds()}
        assert holds == set(self.elsewhere), "a reservation was left after recovery"
        till.sign_in("maria", "9999")

    def ledgers_say_the_same(self) -> None:
        total = 0
        for code in self.codes:
            account = self.desk.store.cards.confirm(self.card(code).id)
            assert account.balance.minor == self.worth[code]
            assert account.available.minor == self.free(code) >= 0
            total += account.balance.minor
        assert total == self.paid_in - self.paid_out
        audit = self.desk.store.card_audit
        assert audit.first_wrong() == audit.first_unfollowed() == ""
        assert sum(count.balance.minor for count in self.desk.store.cards.counts()) == total

    def live(self, steps: int) -> None:
        """So many steps at random, each of those that can be taken just now."""
        self.morning()
        for _ in range(steps):
            can = [step for step in STEPS if step not in NEEDS or getattr(self, NEEDS[step])]
            step = self.random.choices(can, [STEPS[each] for each in can])[0]
            getattr(self, step)()
            self.ledgers_say_the_same()


POINTS = ["before_reserve", "after_reserve", "after_seal", "after_commit"]
STEPS = {
    "issue": 4,
    "ring_up": 6,
    "redeem": 8,
    "pay": 5,
    "back": 1,
    "remove_newest_tender": 2,
    "cancel": 1,
    "take_back": 1,
    "reserve_elsewhere": 3,
    "settle_elsewhere": 3,
    "crash_while_closing": 2,
    "crash": 1,
}
"""How often each is tried."""
NEEDS = {
    "redeem": "codes",
    "take_back": "codes",
    "reserve_elsewhere": "codes",
    "settle_elsewhere": "elsewhere",
}
RUNS = 25
REACHED = ["issued", "redeemed", "released", "taken back", "reserved elsewhere"]
REACHED += [f"cut {point}" for point in POINTS]


def test_two_tills_that_crash_neither_make_nor_lose_money(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for run in range(RUNS):
        folder = tmp_path / str(run)
        folder.mkdir()
        tills = TwoTills(folder, Random(run))
        tills.live(40)
        tills.desk.close()
        seen.update(tills.seen)
    assert all(seen[step] >= 5 for step in REACHED), seen
