"""Cards while nobody can confirm them: two tills share an office whose line can be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.offline import OfflinePolicy, OfflineRule
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.verify import verify
from tests.support.back_office import BackOffice, RemoteAuthority
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.support.till import TestTill

CODE = "OFFLINE-0001"
REFUSE = OfflinePolicy()
CAPPED = OfflinePolicy(OfflineRule.CAPPED, 2000)
ALLOWANCE = OfflinePolicy(OfflineRule.ALLOWANCE, 1500)


class TwoTills:
    """Till 1 and till 2 of one shop, each with its own line to the office."""

    def __init__(self, folder: Path) -> None:
        self.office = BackOffice()
        self.lines = RemoteAuthority(self.office), RemoteAuthority(self.office)
        self.one, self.two = (
            TestTill(made(folder / number), number=number, authority=line)
            for number, line in zip(("1", "2"), self.lines, strict=True)
        )
        for desk in (self.one, self.two):
            desk.till.sign_in("maria", "9999")
            desk.till.open_session(Money(10000))

    def rule(self, policy: OfflinePolicy) -> None:
        for desk in (self.one, self.two):
            catalogue = desk.desk.catalogue
            assert isinstance(catalogue, MemoryCatalogue)
            catalogue.stored_value = tuple(
                replace(each, offline=policy) for each in catalogue.stored_value
            )

    def sell(self, minor: int = 5000) -> str:
        """A card sold at till 1, known to the office; its id."""
        self.one.till.issue_voucher("gift", amount=Money(minor), code=CODE)
        self.one.till.tender("cash")
        return next(iter(self.office.accounts))

    def balance(self, card: str) -> Money:
        return self.office.accounts[card].balance


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture
def tills(tmp_path: Path) -> Iterator[TwoTills]:
    tills = TwoTills(tmp_path)
    yield tills
    for desk in (tills.one, tills.two):
        desk.close()
        assert all(finding.ok for finding in verify(desk.folder))


def spend(desk: TestTill, minor: int) -> None:
    """Coffee, of which the card pays a part and cash the rest."""
    desk.till.scan(f"9*{COFFEE}")
    desk.till.redeem(CODE, amount=Money(minor))
    desk.till.tender("cash")


def test_what_is_left_is_known_at_another_till(tills: TwoTills) -> None:
    """50.00 voucher, pay 30.00: balance 20.00 at another till (ETRON-32)."""
    card = tills.sell()
    spend(tills.one, 3000)
    view = tills.two.till.check_voucher(CODE)
    assert view.voucher is not None and view.voucher.confirmed
    assert view.voucher.available == Money(2000)
    spend(tills.two, 2000)
    assert tills.balance(card) == Money(0)
    tills.one.till.scan(COFFEE)
    with pytest.raises(Refusal, match="voucher_empty"):
        tills.one.till.redeem(CODE)


def test_what_one_till_holds_the_other_can_not_have(tills: TwoTills) -> None:
    """A code typed at one till is held until that sale ends; the rest stays (T-131)."""
    tills.sell()
    tills.one.till.scan(f"9*{COFFEE}")
    tills.one.till.redeem(CODE, amount=Money(4000))
    tills.two.till.scan(f"9*{COFFEE}")
    with pytest.raises(Refusal, match="voucher_balance"):
        tills.two.till.redeem(CODE, amount=Money(2000))
    tills.one.till.back_to_sale()
    view = tills.two.till.redeem(CODE, amount=Money(2000))
    assert view.sale is not None and view.sale.tenders[0].confirmed


def test_a_till_that_never_comes_back_does_not_keep_the_money(tills: TwoTills) -> None:
    """The reservation ends by itself (W-19), and the till that had it says so in time."""
    card = tills.sell()
    tills.one.till.scan(f"9*{COFFEE}")
    tills.one.till.redeem(CODE, amount=Money(4000))
    tills.two.clock.wait(minutes=31)
    tills.one.clock.wait(minutes=31)
    spend(tills.two, 4000)
    tills.one.till.tender("cash")
    assert tills.balance(card) == Money(1000)
    assert tills.one.till.view().cards_waiting
    view = tills.one.till.settle_cards()
    assert view.cards_waiting == 0
    assert tills.balance(card) == Money(0)
    assert [task.kind for task in view.tasks] == ["voucher_clash"]


def test_a_programme_that_refuses_takes_nothing(tills: TwoTills) -> None:
    card = tills.sell()
    tills.one.till.scan(COFFEE)
    tills.lines[0].cut = True
    with pytest.raises(Refusal, match="voucher_offline") as refused:
        tills.one.till.redeem(CODE)
    for language in LANGUAGES:
        assert len(Texts(language).refusal(refused.value)) > 20
    assert tills.one.till.tender("cash").last_sale is not None
    assert tills.balance(card) == Money(5000)


def test_a_capped_programme_takes_the_known_balance_up_to_the_cap(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(CAPPED)
    tills.lines[0].cut = True
    view = tills.one.till.check_voucher(CODE)
    assert view.voucher is not None and not view.voucher.confirmed
    tills.one.till.scan(f"9*{COFFEE}")
    with pytest.raises(Refusal, match="voucher_balance") as refused:
        tills.one.till.redeem(CODE, amount=Money(2001))
    assert refused.value.values["available"] == Money(2000)
    view = tills.one.till.redeem(CODE, amount=Money(1500))
    assert view.sale is not None and not view.sale.tenders[0].confirmed
    tills.one.till.tender("cash")
    assert "Guthaben nicht bestätigt" in document_text(tills.one.tray.papers[-1])
    tills.one.clock.wait(minutes=1)
    tills.one.till.scan(f"9*{COFFEE}")
    view = tills.one.till.redeem(CODE)
    assert view.sale is not None and view.sale.tenders[0].amount == Money(500)
    view = tills.one.till.tender("cash")
    assert view.cards_waiting == 2 and tills.balance(card) == Money(5000)
    states = [(one.receipt, one.state) for one in tills.one.till.unconfirmed_redemptions()]
    assert states == [(3, "waiting"), (2, "waiting")]
    (newest,) = tills.one.till.unconfirmed_redemptions("waiting", limit=1)
    assert (newest.receipt, newest.operator) == (3, "Maria")
    (before,) = tills.one.till.unconfirmed_redemptions(after=newest.id, limit=1)
    assert before.receipt == 2
    assert tills.one.till.unconfirmed_redemptions("waiting", before.id) == []
    assert tills.one.till.unconfirmed_redemptions("clash") == []
    with pytest.raises(Refusal, match="unconfirmed_state"):
        tills.one.till.unconfirmed_redemptions("lost")
    tills.one.till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="right_missing"):
        tills.one.till.unconfirmed_redemptions()


def test_when_the_line_is_back_everything_is_booked_once(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(CAPPED)
    tills.lines[0].cut = True
    spend(tills.one, 1500)
    tills.one.restart()
    tills.one.till.sign_in("maria", "9999")
    assert tills.one.till.settle_cards().cards_waiting == 1
    tills.lines[0].cut = False
    view = tills.one.till.check_voucher(CODE)
    assert view.cards_waiting == 0 and view.tasks == ()
    assert view.voucher is not None
    tills.one.till.settle_cards()
    assert tills.balance(card) == Money(3500)
    spent = tills.office.accounts[card].entries[-1]
    assert (spent.by.till, spent.by.receipt) == ("1", 2)
    assert [one.state for one in tills.one.till.unconfirmed_redemptions()] == ["booked"]


def test_a_clash_is_a_task_with_both_receipts_and_no_silent_minus(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(CAPPED)
    tills.lines[0].cut = True
    spend(tills.one, 2000)
    tills.two.clock.wait(minutes=5)
    spend(tills.two, 4500)
    assert tills.balance(card) == Money(500)
    tills.lines[0].cut = False
    view = tills.one.till.settle_cards()
    assert tills.balance(card) == Money(0)
    assert [task.kind for task in view.tasks] == ["voucher_clash"]
    task = view.tasks[0]
    assert task.receipt == 2 and task.card == card
    for part in ("****01", "€ 15,00", "Beleg 2 an Kassa 1", "Beleg 1 an Kassa 2", "09:05"):
        assert part in task.text
    (clash,) = tills.one.till.unconfirmed_redemptions("clash")
    assert (clash.receipt, clash.other_till, clash.other_receipt) == (2, "2", 1)
    assert clash.other_at == tills.two.clock.at and clash.amount == Money(2000)
    assert tills.one.till.settle_cards().tasks == view.tasks
    assert tills.one.till.finish_task(task.id).tasks == ()


def test_money_set_aside_in_advance_never_clashes(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(ALLOWANCE)
    tills.one.till.settle_cards()
    assert tills.office.accounts[card].set_aside_for("1") == Money(1500)
    tills.two.till.scan(f"9*{COFFEE}")
    with pytest.raises(Refusal, match="voucher_balance"):
        tills.two.till.redeem(CODE, amount=Money(3501))
    tills.two.till.redeem(CODE, amount=Money(3500))
    tills.two.till.tender("cash")
    tills.lines[0].cut = True
    spend(tills.one, 1000)
    tills.one.till.scan(f"9*{COFFEE}")
    with pytest.raises(Refusal, match="voucher_balance"):
        tills.one.till.redeem(CODE, amount=Money(501))
    tills.one.till.redeem(CODE, amount=Money(500))
    tills.one.till.tender("cash")
    tills.lines[0].cut = False
    view = tills.one.till.settle_cards()
    assert view.tasks == () and view.cards_waiting == 0
    assert tills.balance(card) == Money(0)


def test_with_a_line_a_till_spends_what_is_set_aside_for_it_too(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(ALLOWANCE)
    tills.one.till.settle_cards()
    spend(tills.one, 5000)
    assert tills.balance(card) == Money(0)
    assert tills.office.accounts[card].reserved == Money(0)


def test_a_restart_leaves_what_is_set_aside(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(ALLOWANCE)
    tills.one.till.settle_cards()
    tills.one.restart()
    assert tills.office.accounts[card].set_aside_for("1") == Money(1500)


def test_a_card_sold_without_a_line_is_told_and_pays_at_once(tills: TwoTills) -> None:
    tills.rule(CAPPED)
    tills.lines[0].cut = True
    tills.one.till.issue_voucher("gift", amount=Money(5000), code=CODE)
    tills.one.till.tender("cash")
    assert tills.office.accounts == {}
    spend(tills.one, 1200)
    tills.lines[0].cut = False
    assert tills.one.till.settle_cards().cards_waiting == 0
    view = tills.two.till.check_voucher(CODE)
    assert view.voucher is not None and view.voucher.available == Money(3800)


def test_the_same_code_sold_at_two_tills_without_a_line_is_told(tills: TwoTills) -> None:
    for desk, line in zip((tills.one, tills.two), tills.lines, strict=True):
        line.cut = True
        desk.till.issue_voucher("gift", amount=Money(5000), code=CODE)
        desk.till.tender("cash")
        line.cut = False
        desk.till.settle_cards()
    assert len(tills.office.accounts) == 1
    assert [task.kind for task in tills.one.till.view().tasks] == []
    assert [task.kind for task in tills.two.till.view().tasks] == ["voucher_untold"]


def test_a_card_of_elsewhere_is_no_guess_while_there_is_no_line(tills: TwoTills) -> None:
    tills.one.till.issue_voucher("gift", amount=Money(5000))
    tills.one.till.tender("cash")
    card = next(iter(tills.office.cards.values()))
    group = tills.one.desk.catalogue.programmes()[0].group
    code = tills.one.desk.code_key.code(card.salt, group)
    tills.lines[1].cut = True
    for _ in range(10):
        with pytest.raises(Refusal, match="voucher_offline"):
            tills.two.till.check_voucher(code)
    with pytest.raises(Refusal, match="voucher_unknown"):
        tills.two.till.check_voucher("SHORT-1")
    tills.lines[1].cut = False
    assert tills.two.till.check_voucher(code).voucher is not None


def test_money_goes_off_a_card_only_with_an_answer(tills: TwoTills) -> None:
    card = tills.sell()
    tills.rule(CAPPED)
    tills.lines[0].cut = True
    steps: list[Callable[[], object]] = [
        lambda: tills.one.till.take_back_voucher(CODE),
        lambda: tills.one.till.correct_voucher(card, Money(-100), "damaged"),
    ]
    for step in steps:
        with pytest.raises(Refusal, match="voucher_offline"):
            step()
    assert tills.one.till.view().sale is None


@pytest.mark.parametrize("answers", range(8))
def test_a_line_that_breaks_at_any_moment_loses_nothing(tills: TwoTills, answers: int) -> None:
    """The line goes down after so many answers, amid paying; the sum is right in the end."""
    card = tills.sell()
    tills.rule(CAPPED)
    tills.one.till.scan(f"2*{COFFEE}")
    tills.lines[0].cut_after = answers
    tills.one.till.redeem(CODE)
    tills.lines[0].cut_after, tills.lines[0].cut = None, False
    tills.one.till.settle_cards()
    assert tills.one.till.view().last_sale is not None
    assert tills.balance(card) == Money(5000 - 1598)
    assert tills.office.accounts[card].reserved == Money(0)
