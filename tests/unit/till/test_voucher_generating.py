"""Cards by the hundred: for nobody or for chosen customers, piece by piece, never half."""

from __future__ import annotations

from datetime import date, timedelta
from secrets import token_bytes

import pytest
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.ports.stored_value import CardQuery
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.verify import verify
from pos.till.views import TillView
from pos.till.voucher_views import RunView
from pos.till.vouchers.generating import PIECE
from tests.support.catalogue import COFFEE, MemoryCatalogue
from tests.support.till import TestTill

CURRENCIES = {"Franken": "CHF"}


@pytest.fixture
def manager(open_desk: TestTill) -> TestTill:
    open_desk.till.sign_in("maria", "9999")
    return open_desk


def newest(view: TillView) -> RunView:
    assert view.generation is not None
    return view.generation


def finished(manager: TestTill) -> RunView:
    """Work until nothing waits."""
    while (run := newest(manager.till.work_on())).state not in ("done", "stopped"):
        pass
    return run


def codes_of(manager: TestTill, run: str) -> list[str]:
    rows = manager.store.cards.cards(CardQuery(run=run, limit=10_000))
    group = manager.desk.catalogue.programmes()[0].group
    return [manager.desk.code_key.code(row.card.salt, group) for row in rows]


def test_a_few_anonymous_cards_are_there_at_once(manager: TestTill) -> None:
    """The till knows the codes, and each pays once (ETRON-41, T-127)."""
    run = newest(manager.till.generate_vouchers("gift", 3, Money(2500)))
    assert (run.state, run.made, run.wanted) == ("done", 3, 3)
    codes = codes_of(manager, run.run)
    assert len(set(codes)) == 3
    for code in codes:
        manager.till.scan(f"2*{COFFEE}")
        manager.till.redeem(code)
        view = manager.till.tender("cash") if manager.till.view().sale else manager.till.view()
        assert view.last_sale is not None
    assert [row.balance for row in manager.till.vouchers()] == [Money(2500 - 1598)] * 3


def test_the_last_day_is_what_was_asked_for_else_the_programme_s(manager: TestTill) -> None:
    """To the end of its day; without one for ever (ETRON-41)."""
    today = date(2026, 11, 23)
    run = newest(manager.till.generate_vouchers("gift", 1, Money(2500), today))
    code = codes_of(manager, run.run)[0]
    manager.clock.at = manager.clock.at.replace(hour=22, minute=59)
    manager.till.scan(COFFEE)
    assert manager.till.redeem(code).last_sale is not None
    manager.clock.wait(minutes=2)
    manager.till.scan(COFFEE)
    with pytest.raises(Refusal, match="voucher_expired"):
        manager.till.redeem(code)
    asked = newest(manager.till.generate_vouchers("gift", 1, Money(2500)))
    assert asked.expires == today + timedelta(days=366)
    never = newest(manager.till.generate_vouchers("any", 1, Money(2500)))
    assert never.expires is None


def test_many_come_piece_by_piece_and_sales_go_between(manager: TestTill) -> None:
    wanted = 2 * PIECE + 7
    told: list[int] = []
    manager.desk.more_to_do = lambda: told.append(len(told))
    run = newest(manager.till.generate_vouchers("gift", wanted, Money(1000)))
    assert (run.state, run.made) == ("making", PIECE) and told
    manager.till.scan(COFFEE)
    assert newest(manager.till.work_on()).made == 2 * PIECE
    assert manager.till.tender("cash").last_sale is not None
    with pytest.raises(Refusal, match="generate_busy"):
        manager.till.generate_vouchers("gift", 1, Money(1000))
    assert finished(manager).made == wanted
    assert len(codes_of(manager, run.run)) == wanted
    before = len(told)
    manager.till.work_on()
    assert len(told) == before


def test_a_crash_amid_making_goes_on_and_makes_none_twice(manager: TestTill) -> None:
    wanted = 3 * PIECE
    run = newest(manager.till.generate_vouchers("gift", wanted, Money(1000)))
    till = manager.restart()
    assert newest(till.view()).made == PIECE
    till.sign_in("maria", "9999")
    assert finished(manager).made == wanted
    assert len(set(codes_of(manager, run.run))) == wanted
    assert all(finding.ok for finding in verify(manager.folder))


def test_very_many_codes_are_drawn_ahead_and_made_in_the_order_of_their_ends(
    manager: TestTill,
) -> None:
    """Then neighbours among the cards are neighbours in their index, too. A restart draws anew."""
    wanted = 10 * PIECE + 100
    run = newest(manager.till.generate_vouchers("gift", wanted, Money(1000)))
    while newest(manager.till.work_on()).made < PIECE:
        pass
    manager.restart().sign_in("maria", "9999")
    assert finished(manager).made == wanted
    codes = codes_of(manager, run.run)
    ends = [code[::-1] for code in codes]
    assert len(set(codes)) == wanted
    assert ends[:PIECE] == sorted(ends[:PIECE]) and ends[PIECE - 1] < "6"
    assert manager.desk.drawn is None


def test_codes_that_come_out_alike_are_drawn_again(manager: TestTill) -> None:
    """In a generation, and in a sale."""
    alike = 3

    def random(count: int) -> bytes:
        nonlocal alike
        alike -= count == 16
        return bytes(count) if count == 16 and alike >= 0 else token_bytes(count)

    manager.desk.code_key = replace(manager.desk.code_key, random=random)
    run = newest(manager.till.generate_vouchers("gift", 2, Money(1000)))
    assert (run.state, run.made) == ("making", 0)
    assert finished(manager).made == 2
    alike = 1
    manager.till.issue_voucher("gift", amount=Money(5000))
    assert manager.till.tender("cash").last_sale is not None
    assert alike < 0 and len(manager.till.vouchers("gift")) == 3


def test_a_programme_that_goes_meanwhile_takes_its_cards_along(manager: TestTill) -> None:
    manager.till.generate_vouchers("gift", 2 * PIECE, Money(1000))
    catalogue = manager.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.stored_value = tuple(one for one in catalogue.stored_value if one.number != "gift")
    stopped = finished(manager)
    assert (stopped.state, stopped.taken_back) == ("stopped", PIECE)


def test_stopping_takes_back_what_was_made(manager: TestTill) -> None:
    run = newest(manager.till.generate_vouchers("gift", 2 * PIECE, Money(1000)))
    spent = codes_of(manager, run.run)[0]
    manager.till.scan(COFFEE)
    manager.till.redeem(spent)
    assert newest(manager.till.stop_generation(run.run)).state == "taking_back"
    stopped = finished(manager)
    assert (stopped.state, stopped.made, stopped.taken_back) == ("stopped", PIECE, PIECE)
    assert {row.balance for row in manager.till.vouchers(limit=1000)} == {Money(0)}
    with pytest.raises(Refusal, match="generate_over"):
        manager.till.stop_generation(run.run)
    assert all(finding.ok for finding in verify(manager.folder))


def test_one_wallet_for_each_customer_and_no_second(manager: TestTill) -> None:
    """The number follows the customers; a second wallet in the programme is refused (ETRON-42)."""
    count = manager.till.recipients().count
    assert count > 2
    manager.till.issue_voucher("wallet", amount=Money(500), customer="102", code="WALLET-102")
    manager.till.tender("cash")
    run = newest(manager.till.generate_for_customers("wallet", amount=Money(1000)))
    assert (run.made, run.skipped, run.wanted) == (count - 1, 1, count)
    owners = [row.customer for row in manager.till.vouchers("wallet")]
    assert len(set(owners)) == len(owners) == count
    with pytest.raises(Refusal, match="generate_nobody"):
        manager.till.generate_for_customers("wallet")
    blank = newest(manager.till.generate_for_customers("bonus"))
    assert blank.made == count
    assert {row.balance for row in manager.till.vouchers("bonus")} == {Money(0)}


@pytest.mark.parametrize(
    ("programme", "count", "minor", "reason"),
    [
        ("gift", 0, 1000, "generate_count"),
        ("gift", -1, 1000, "generate_count"),
        ("gift", 10**9, 1000, "generate_count"),
        ("gift", 1, 499, "voucher_amount_range"),
        ("gift", 1, -1000, "voucher_amount_range"),
        ("twenty", 1, 1000, "voucher_amount_fixed"),
        ("meal", 1, 1000, "generate_taxed"),
        ("wallet", 1, 1000, "wallet_needs_customer"),
        ("gone", 1, 1000, "voucher_inactive"),
    ],
)
def test_what_can_not_be_made(
    manager: TestTill, programme: str, count: int, minor: int, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        manager.till.generate_vouchers(programme, count, Money(minor))
    assert refused.value.code == reason
    for language in LANGUAGES:
        assert len(Texts(language).refusal(refused.value)) > 20
    assert manager.till.card_runs() == []


def test_the_form_offers_what_can_be_made(manager: TestTill) -> None:
    """What is offered is made, and what isn't is refused with the reason that was told."""
    kinds = manager.till.card_kinds()
    assert {kind.programme for kind in kinds if kind.problem} == {"meal", "over"}
    for kind in kinds:
        amount = (
            None if kind.amount or kind.is_wallet else Money(1000, CURRENCIES.get(kind.name, "EUR"))
        )
        manager.clock.wait(minutes=1)
        if kind.problem:
            with pytest.raises(Refusal, match=kind.problem):
                manager.till.generate_vouchers(kind.programme, 1, amount)
        elif kind.is_wallet:
            assert newest(manager.till.generate_for_customers(kind.programme)).made
        else:
            assert newest(manager.till.generate_vouchers(kind.programme, 1, amount)).made == 1


def test_a_day_that_is_over_makes_nothing(manager: TestTill) -> None:
    with pytest.raises(Refusal, match="generate_expired"):
        manager.till.generate_vouchers("gift", 1, Money(1000), date(2026, 11, 22))


def test_nobody_without_the_right_makes_cards(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.generate_vouchers("gift", 1, Money(1000))
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.recipients()
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.voucher_counts()


def test_the_count_of_a_programme_is_its_list(manager: TestTill) -> None:
    """Count in programme equals list rows, be it sold at this till or not (ETRON-43, T-120)."""
    manager.till.generate_vouchers("gift", 5, Money(1000))
    manager.till.generate_for_customers("wallet", amount=Money(1000))
    before = [each.programme for each in manager.till.card_filters()]
    assert {"gift", "wallet", "bonus"} < set(before)
    manager.till.generate_vouchers("other", 1, Money(1000))
    assert [each.programme for each in manager.till.card_filters()] == [*before, "other"]
    for count in manager.till.voucher_counts():
        rows = manager.till.vouchers(count.programme, limit=1000)
        assert len(rows) == count.cards
        assert Money.total(row.balance for row in rows) == count.balance


def test_messages_are_queued_once(manager: TestTill) -> None:
    """Mail reaches the queue (ETRON-43), and only once (ETRON-37)."""
    run = newest(manager.till.generate_for_customers("wallet", amount=Money(1000)))
    reachable = manager.till.mail_generation(run.run).letters_waiting
    assert 0 < reachable == finished(manager).mailed
    manager.till.mail_generation(run.run)
    assert manager.till.view().letters_waiting == reachable
    card = manager.till.vouchers("wallet")[0].card
    manager.till.mail_voucher(card, "a@example.com")
    with pytest.raises(Refusal, match="voucher_mailed"):
        manager.till.mail_voucher(card, "A@example.com")
    assert len(manager.till.letters()) == reachable + 1


@pytest.mark.parametrize(
    "address", ["", "a", "a@b", "@b.at", "a@b@c.at", "a b@c.at", "a@c.at\r\nX: y"]
)
def test_no_message_goes_to_what_is_no_address(manager: TestTill, address: str) -> None:
    manager.till.generate_vouchers("gift", 1, Money(1000))
    card = manager.till.vouchers()[0].card
    with pytest.raises(Refusal, match="voucher_no_address"):
        manager.till.mail_voucher(card, address)
