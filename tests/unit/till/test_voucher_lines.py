"""Random days of two tills whose lines to the office break: money is neither made nor lost."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.offline import OfflinePolicy, OfflineRule
from tests.support.catalogue import COFFEE
from tests.unit.till.test_voucher_offline import TwoTills

RULES = [OfflinePolicy(OfflineRule.CAPPED, 1500), OfflinePolicy(OfflineRule.ALLOWANCE, 1000)]
RUNS, STEPS = 6, 45
SEEN = ["paid", "unconfirmed", "restarted", "cut", "sold", "topped up"]


class Day:
    """Two tills, what was put on cards and what was bought with them."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.random, self.tills = random, TwoTills(folder)
        self.tills.rule(random.choice(RULES))
        self.codes: list[str] = []
        self.put_on = self.spent = 0
        self.seen: Counter[str] = Counter()

    def step(self) -> None:
        for each in (self.tills.one, self.tills.two):
            each.clock.wait(minutes=11)  # so that cards of the other till are no guesses
        place = self.random.randrange(2)
        desk, line = (self.tills.one, self.tills.two)[place], self.tills.lines[place]
        action = self.random.choices(
            ["sell", "pay", "cut", "settle", "restart", "top_up"], [3, 8, 4, 3, 1, 2]
        )[0]
        if action == "cut":
            line.cut, line.cut_after = not line.cut, None
            self.seen["cut"] += line.cut
        elif action == "settle":
            desk.till.settle_cards()
        elif action == "restart":
            desk.restart().sign_in("maria", "9999")
            self.tills.rule(RULES[0])
            self.seen["restarted"] += 1
        elif action == "sell":
            self.sell(place)
        elif self.codes:
            with suppress(Refusal):
                self.pay(place) if action == "pay" else self.top_up(place)
        if desk.desk.sale is not None:
            with suppress(Refusal):
                desk.till.back_to_sale()
            desk.till.cancel_sale()

    def sell(self, place: int) -> None:
        desk = (self.tills.one, self.tills.two)[place]
        code, amount = f"LINE-{len(self.codes):04}", self.random.randint(500, 4000)
        desk.till.issue_voucher("any", amount=Money(amount), code=code)
        desk.till.tender("cash")
        self.codes.append(code)
        self.put_on += amount
        self.seen["sold"] += 1

    def top_up(self, place: int) -> None:
        desk = (self.tills.one, self.tills.two)[place]
        wallet = desk.store.cards.wallet_of("102", "wallet")
        if wallet is None:
            both = (self.tills.one, self.tills.two)
            if any(each.store.cards.wallet_of("102", "wallet") for each in both):
                return
            desk.till.issue_voucher("wallet", amount=Money(900), customer="102", code="WALLET-1")
        else:
            desk.till.top_up(card=wallet.id, amount=Money(900))
        desk.till.tender("cash")
        self.put_on += 900
        self.seen["topped up"] += 1

    def pay(self, place: int) -> None:
        """Pay with a card; the line may go down at any answer."""
        desk, line = (self.tills.one, self.tills.two)[place], self.tills.lines[place]
        desk.till.scan(f"{self.random.randint(1, 4)}*{COFFEE}")
        if not line.cut and self.random.random() < 0.4:
            line.cut_after = self.random.randrange(6)
        view = desk.till.redeem(self.random.choice(self.codes))
        sale = desk.desk.sale or desk.desk.last_sale
        assert sale is not None and view is not None
        tender = sale.tenders[-1]
        if desk.desk.sale is not None:
            desk.till.tender("cash")
        self.spent += tender.amount.minor
        self.seen["paid"] += 1
        assert tender.redeems is not None
        self.seen["unconfirmed"] += not tender.redeems.confirmed

    def evening(self) -> None:
        """The lines are back; what was bought is booked, or told to a manager to the cent."""
        for line in self.tills.lines:
            line.cut, line.cut_after = False, None
        for desk in (self.tills.one, self.tills.two, self.tills.one):
            view = desk.till.settle_cards()
        missing = 0
        for desk in (self.tills.one, self.tills.two):
            view = desk.till.view()
            assert view.cards_waiting == 0
            for task in desk.store.tasks():
                assert task.kind in ("voucher_clash", "voucher_short")
                missing += int(str(task.facts["missing"]))
        accounts = self.tills.office.accounts.values()
        left = sum(account.balance.minor for account in accounts)
        assert left == self.put_on - self.spent + missing
        for account in accounts:
            promised = account.reserved - account.set_aside_for("1") - account.set_aside_for("2")
            assert account.balance.minor >= 0 and promised == Money(0)


def test_whatever_the_lines_do_the_office_has_the_sum_in_the_evening(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for run in range(RUNS):
        folder = tmp_path / str(run)
        folder.mkdir()
        day = Day(folder, Random(run))
        for _ in range(STEPS):
            day.step()
        day.evening()
        seen.update(day.seen)
        day.tills.one.close()
        day.tills.two.close()
    assert all(seen[each] >= 3 for each in SEEN), seen
