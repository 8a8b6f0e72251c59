"""Whoever keeps the balances: two tills that want the same card never get more than it holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.ledger import By
from pos.ports.stored_value import BalanceAuthority
from pos.storage.till.store import TillStore
from tests.support.back_office import BackOffice, RemoteAuthority

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ONE, TWO = By(AT, "1", "anna", "s1"), By(AT, "2", "ben", "s2")

MakeTills = Callable[[Path, Callable[[Callable[[], None]], None]], list[BalanceAuthority]]


def blank(card: str) -> Card:
    return Card(card, "1", "EUR", f"digest of {card}", "****", AT)


def on_one_ledger(
    folder: Path, at_end: Callable[[Callable[[], None]], None]
) -> list[BalanceAuthority]:
    """Two connections to the ledger of one till.db."""
    stores = [TillStore(folder / "till.db"), TillStore(folder / "till.db")]
    for store in stores:
        at_end(store.close)
    stores[0].cards.add([blank("c"), blank("d")])
    return [store.cards for store in stores]


def with_back_office(
    folder: Path, at_end: Callable[[Callable[[], None]], None]
) -> list[BalanceAuthority]:
    """Two tills with a line to the same office."""
    office = BackOffice()
    office.know(blank("c"))
    office.know(blank("d"))
    return [RemoteAuthority(office), RemoteAuthority(office)]


@pytest.fixture(params=[on_one_ledger, with_back_office])
def tills(
    request: pytest.FixtureRequest, tmp_path: Path
) -> tuple[BalanceAuthority, BalanceAuthority]:
    make: MakeTills = request.param
    one, two = make(tmp_path, request.addfinalizer)
    one.issue("c", Money(5000), ONE)
    return one, two


Tills = tuple[BalanceAuthority, BalanceAuthority]


def test_a_card_nobody_knows(tills: Tills) -> None:
    steps: list[Callable[[], object]] = [
        lambda: tills[0].confirm("x"),
        lambda: tills[0].reserve("x", "s1-1", Money(1), ONE),
        lambda: tills[0].issue("x", Money(1), ONE),
    ]
    for step in steps:
        with pytest.raises(Refusal, match="voucher_unknown"):
            step()


def test_another_owner_is_known_at_every_till(tills: Tills) -> None:
    one, two = tills
    one.give("c", "101")
    assert two.card("c").customer == "101" and two.card("d").customer == ""
    for step in (lambda: two.give("x", "101"), lambda: two.card("x")):
        with pytest.raises(Refusal, match="voucher_unknown"):
            step()


def test_what_one_till_reserves_the_other_cannot_have(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(3000), ONE)
    assert two.confirm("c").available == Money(2000)
    with pytest.raises(Refusal, match="voucher_balance") as refused:
        two.reserve("c", "s2-1", Money(2001), TWO)
    assert refused.value.values["available"] == Money(2000)
    two.reserve("c", "s2-1", Money(2000), TWO)
    one.book("c", "s1-1", ONE)
    two.book("c", "s2-1", TWO)
    assert one.confirm("c").balance == Money(0)


def test_what_is_released_is_there_for_the_other(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(5000), ONE)
    one.release("c", "s1-1", ONE)
    assert two.reserve("c", "s2-1", Money(5000), TWO).available == Money(0)


def test_a_step_told_twice_is_done_once(tills: Tills) -> None:
    one, _ = tills
    for _ in range(2):
        one.reserve("c", "s1-1", Money(3000), ONE)
    for _ in range(2):
        one.book("c", "s1-1", ONE)
    one.reserve("c", "s1-2", Money(500), ONE)
    for _ in range(2):
        one.release("c", "s1-2", ONE)
    assert one.confirm("c").balance == Money(2000)
    assert len(one.confirm("c").entries) == 5


def test_a_hold_ends_once(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(3000), ONE)
    one.book("c", "s1-1", ONE)
    steps: list[Callable[[], object]] = [
        lambda: two.release("c", "s1-1", TWO),
        lambda: two.book("c", "s2-1", TWO),
        lambda: two.release("c", "s2-1", TWO),
    ]
    for step in steps:
        with pytest.raises(Refusal, match="voucher_no_hold"):
            step()
    with pytest.raises(Refusal, match="voucher_hold_used"):
        two.reserve("c", "s1-1", Money(100), TWO)
    assert one.confirm("c").balance == Money(2000)


def test_a_hold_belongs_to_its_card(tills: Tills) -> None:
    one, _ = tills
    one.issue("d", Money(5000), ONE)
    one.reserve("c", "s1-1", Money(3000), ONE)
    with pytest.raises(Refusal, match="voucher_no_hold"):
        one.book("d", "s1-1", ONE)
    assert one.confirm("d").balance == Money(5000)


def test_money_comes_back_once(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(3000), ONE)
    spent = one.book("c", "s1-1", ONE).entries[-1].number
    assert two.cancel("c", spent, TWO, Money(-1000)).balance == Money(3000)
    assert one.cancel("c", spent, ONE).balance == Money(5000)
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        two.cancel("c", spent, TWO)
    assert one.cancel("c", 1, ONE).balance == Money(0)


def test_a_spent_card_is_not_taken_back(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(1), ONE)
    with pytest.raises(Refusal, match="voucher_spent"):
        two.cancel("c", 1, TWO)


def test_a_card_is_issued_once(tills: Tills) -> None:
    one, two = tills
    with pytest.raises(Refusal, match="voucher_issued"):
        two.issue("c", Money(5000), TWO)
    assert one.top_up("c", Money(2000), ONE).balance == Money(7000)


@pytest.mark.parametrize("minor", [0, -1, -5000])
def test_nothing_and_less_changes_nothing(tills: Tills, minor: int) -> None:
    one, _ = tills
    steps: list[Callable[[], object]] = [
        lambda: one.reserve("c", "s1-1", Money(minor), ONE),
        lambda: one.top_up("c", Money(minor), ONE),
        lambda: one.issue("d", Money(minor), ONE),
    ]
    for step in steps:
        with pytest.raises(Refusal, match="voucher_amount"):
            step()
    assert len(one.confirm("c").entries) == 1


def test_corrections_and_expiry_leave_what_is_reserved(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(3000), ONE)
    with pytest.raises(Refusal, match="voucher_balance"):
        two.correct("c", Money(-2001), By(AT, "2", "maria", reason="wrong card"))
    assert two.expire("c", TWO).balance == Money(3000)
    with pytest.raises(Refusal, match="voucher_empty"):
        two.expire("c", TWO)


def test_a_card_is_known_by_its_code_at_every_till(tills: Tills) -> None:
    """(ETRON-32)"""
    one, two = tills
    new = blank("e")
    one.register(new)
    one.register(new)
    assert two.find(new.digest, new.masked) == new
    assert two.find("digest of nothing", new.masked) is None
    with pytest.raises(Refusal, match="voucher_code_used"):
        two.register(replace(new, id="f"))


def test_a_customer_has_one_wallet_at_all_tills_together(tills: Tills) -> None:
    """Whichever till asks first makes it; told twice, it is the same (ETRON-42)."""
    one, two = tills
    first, second = (replace(blank(name), customer="101") for name in ("w", "v"))
    for _ in range(2):
        one.register(first, alone=True)
    assert two.wallet_of("101", "1") == first
    with pytest.raises(Refusal, match="wallet_exists"):
        two.register(second, alone=True)
    with pytest.raises(Refusal, match="voucher_unknown"):
        two.confirm("v")
    two.register(replace(second, programme="2"), alone=True)
    assert two.wallet_of("102", "1") is two.wallet_of("", "1") is None


def test_a_reservation_makes_way_when_its_time_is_over(tills: Tills) -> None:
    """A code typed elsewhere is held, but not for ever (T-131, W-19)."""
    one, two = tills
    until = AT + timedelta(minutes=30)
    one.reserve("c", "s1-1", Money(4000), ONE, until)
    early = replace(TWO, at=until - timedelta(seconds=1))
    with pytest.raises(Refusal, match="voucher_balance") as refused:
        two.reserve("c", "s2-1", Money(2000), early)
    assert refused.value.values["available"] == Money(1000)
    late = replace(TWO, at=until)
    assert two.confirm("c").free(late.at) == Money(5000)
    two.reserve("c", "s2-2", Money(2000), late)
    with pytest.raises(Refusal, match="voucher_no_hold"):
        one.book("c", "s1-1", ONE)
    assert two.book("c", "s2-2", late).balance == Money(3000)


def test_a_reservation_stays_while_nobody_needs_its_money(tills: Tills) -> None:
    """(T-131)"""
    one, two = tills
    until = AT + timedelta(minutes=30)
    one.reserve("c", "s1-1", Money(4000), ONE, until)
    two.reserve("c", "s2-1", Money(1000), replace(TWO, at=until + timedelta(hours=1)))
    assert one.book("c", "s1-1", replace(ONE, at=until + timedelta(hours=2))).balance == Money(1000)


def test_what_is_set_aside_for_a_till_is_its_own(tills: Tills) -> None:
    one, two = tills
    assert one.set_aside("c", Money(2000), ONE).available == Money(3000)
    assert one.set_aside("c", Money(2000), ONE).available == Money(3000)
    with pytest.raises(Refusal, match="voucher_balance"):
        two.reserve("c", "s2-1", Money(3001), TWO)
    with pytest.raises(Refusal, match="voucher_balance"):
        two.draw("c", "s2-2", Money(1), TWO)
    for _ in range(2):
        drawn = one.draw("c", "s1-1", Money(500), ONE)
    assert drawn.balance == Money(4500)
    assert drawn.set_aside_for("1") == Money(1500)
    with pytest.raises(Refusal, match="voucher_balance"):
        one.draw("c", "s1-2", Money(1501), ONE)
    assert one.draw("c", "s1-3", Money(1500), ONE).set_aside_for("1") == Money(0)
    assert two.reserve("c", "s2-3", Money(3000), TWO).available == Money(0)


def test_no_more_is_set_aside_than_there_is(tills: Tills) -> None:
    one, two = tills
    one.reserve("c", "s1-1", Money(4000), ONE)
    assert two.set_aside("c", Money(2000), TWO).set_aside_for("2") == Money(1000)
    assert one.set_aside("c", Money(2000), ONE).set_aside_for("1") == Money(0)


def test_a_step_with_a_name_is_done_once(tills: Tills) -> None:
    one, _ = tills
    named = replace(ONE, step="s1 line 1")
    for _ in range(2):
        one.top_up("c", Money(700), named)
        one.issue("d", Money(900), replace(ONE, step="s1 line 2"))
    assert one.confirm("c").balance == Money(5700)
    assert one.confirm("d").balance == Money(900)
    for _ in range(2):
        one.cancel("c", 2, replace(ONE, step="s2 line 1"))
    assert one.confirm("c").balance == Money(5000)


def race(till: BalanceAuthority, by: By, hold: str, start: Barrier, won: list[str]) -> None:
    """Want 30.00 the moment the other does; losing is refused, never wrong."""
    start.wait(5)
    with suppress(Refusal):
        till.reserve("c", hold, Money(3000), by)
        won.append(hold)


def test_both_tills_at_the_same_moment(tills: Tills) -> None:
    """Twenty races for 30.00 of 50.00: one till at most gets it each time."""
    for number in range(20):
        won: list[str] = []
        start = Barrier(2)
        threads = [
            Thread(target=race, args=(till, by, f"{by.till}-{number}", start, won))
            for till, by in zip(tills, (ONE, TWO), strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        account = tills[0].confirm("c")
        assert len(won) <= 1
        assert account.reserved == Money(3000 * len(won))
        for hold in won:
            tills[0].release("c", hold, ONE)
