"""What somebody might try with a voucher: each way is refused, with a text, and nothing moves."""

from __future__ import annotations

import secrets
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import CodeKey, digest, masked
from pos.domain.stored_value.guard import PAUSE, WRONG_CODES
from pos.domain.stored_value.ledger import Account
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.verify import verify
from tests.support.catalogue import COFFEE
from tests.support.till import TestTill

STRANGER = CodeKey(bytes(range(32, 64)), secrets.token_bytes)


def sold(
    desk: TestTill, programme: str = "gift", minor: int = 5000, **more: str
) -> tuple[str, Card]:
    """A card sold for cash: its code and what the till knows of it."""
    code = f"CARD{programme}{len(desk.till.vouchers()):04}"
    desk.till.issue_voucher(programme, amount=Money(minor), code=code, **more)
    desk.till.tender("cash")
    card = desk.store.cards.find(digest(code), masked(code))
    assert card is not None
    return code, card


def planted(desk: TestTill, programme: str, currency: str = "EUR") -> tuple[str, Card]:
    """A card with 50.00 that this till could not have sold."""
    code = f"PLANTED-{programme}"
    card = Card(f"id-{programme}", programme, currency, digest(code), masked(code), desk.clock.at)
    desk.store.cards.issue_all([card], Money(5000, currency), desk.desk.by())
    return code, card


def account(desk: TestTill, card: Card) -> Account:
    return desk.store.cards.confirm(card.id)


@pytest.fixture
def buying(open_desk: TestTill) -> TestTill:
    """A till with coffee for 7.99 on the screen, and Maria at it."""
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    return open_desk


def refused(desk: TestTill, code: str, reason: str, amount: Money | None = None) -> None:
    """Redeeming is refused for this reason, in words; no entry and no tender comes of it."""
    before = desk.store.cards.open_holds()
    with pytest.raises(Refusal) as caught:
        desk.till.redeem(code, amount=amount)
    assert caught.value.code == reason
    for language in LANGUAGES:
        assert len(Texts(language).refusal(caught.value)) > 20
    view = desk.till.view()
    assert view.sale is not None
    assert desk.store.cards.open_holds() == before


def guess(desk: TestTill, count: int) -> None:
    """Well-formed codes that nobody sold, one every ten seconds."""
    group = desk.desk.catalogue.programmes()[0].group
    for _ in range(count):
        desk.clock.wait(seconds=10)
        with pytest.raises(Refusal, match="voucher_unknown"):
            desk.till.check_voucher(STRANGER.code(STRANGER.new_salt(), group))


def test_guessing_locks_the_till_s_vouchers_and_tells_a_manager(open_desk: TestTill) -> None:
    code, _ = sold(open_desk)
    guess(open_desk, WRONG_CODES)
    for action in (open_desk.till.check_voucher, open_desk.till.redeem):
        if action is open_desk.till.redeem:
            open_desk.till.scan(COFFEE)
        with pytest.raises(Refusal, match="voucher_locked"):
            action(code)
    assert open_desk.till.view().tasks == ()
    view = open_desk.till.sign_in("maria", "9999")
    assert [task.kind for task in view.tasks] == ["voucher_guessing"]
    with pytest.raises(Refusal, match="voucher_locked"):
        open_desk.till.check_voucher(code)
    assert open_desk.till.finish_task(view.tasks[0].id).tasks == ()
    with pytest.raises(Refusal, match="no_such_task"):
        open_desk.till.finish_task(view.tasks[0].id)
    open_desk.clock.wait(seconds=PAUSE.total_seconds())
    assert open_desk.till.check_voucher(code).voucher is not None


def test_a_code_that_is_taken_is_told_a_few_times_only(open_desk: TestTill) -> None:
    """Whoever may sell cards printed elsewhere learns so which codes there are."""
    taken = [f"PLASTIC-{number:04}" for number in range(WRONG_CODES)]
    for code in taken:
        open_desk.till.issue_voucher("gift", amount=Money(5000), code=code)
    open_desk.till.tender("cash")
    for code in taken:
        with pytest.raises(Refusal, match="voucher_code_used"):
            open_desk.till.issue_voucher("gift", amount=Money(5000), code=code)
    for code in ("PLASTIC-0000", "PLASTIC-0009"):
        with pytest.raises(Refusal, match="voucher_locked"):
            open_desk.till.issue_voucher("gift", amount=Money(5000), code=code)
    open_desk.clock.wait(seconds=PAUSE.total_seconds())
    open_desk.till.issue_voucher("gift", amount=Money(5000), code="PLASTIC-0009")
    view = open_desk.till.sign_in("maria", "9999")
    assert [task.kind for task in view.tasks] == ["voucher_guessing"]
    assert not any("PLASTIC" in link.content for link in open_desk.store.journal())


def test_a_restart_forgets_no_guess(open_desk: TestTill) -> None:
    code, _ = sold(open_desk)
    guess(open_desk, WRONG_CODES)
    till = open_desk.restart()
    till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="voucher_locked"):
        till.check_voucher(code)


def test_goods_are_sold_while_vouchers_are_locked(open_desk: TestTill) -> None:
    guess(open_desk, WRONG_CODES)
    view = open_desk.till.scan(COFFEE)
    assert view.sale is not None and view.sale.total == Money(799)
    assert open_desk.till.scan("4711-unknown").unknown != ()
    assert open_desk.till.tender("cash").last_sale is not None


def test_typing_mistakes_are_no_guesses(open_desk: TestTill) -> None:
    group = open_desk.desk.catalogue.programmes()[0].group
    code = STRANGER.code(STRANGER.new_salt(), group)
    symbols = group.alphabet.symbols
    wrong = code[:-1] + next(char for char in symbols if char != code[-1])
    for _ in range(3 * WRONG_CODES):
        with pytest.raises(Refusal, match="voucher_mistyped"):
            open_desk.till.check_voucher(wrong)
    kinds = [link.entry.kind for link in open_desk.store.journal()]
    assert Kind.VOUCHER_UNKNOWN not in kinds


def test_a_wrong_code_is_written_down_masked(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="voucher_unknown"):
        open_desk.till.check_voucher("SECRET-CODE-4711")
    told = [link.content for link in open_desk.store.journal()]
    assert any("voucher_unknown" in content for content in told)
    assert not any("SECRET" in content.upper() for content in told)


def test_the_same_code_twice_in_one_sale(buying: TestTill) -> None:
    code, card = _sold_before(buying)
    buying.till.redeem(code, amount=Money(300))
    refused(buying, code, "voucher_entered")
    with pytest.raises(Refusal, match="voucher_entered"):
        buying.till.scan(code)
    buying.till.tender("cash")
    assert account(buying, card).balance == Money(4700)


def _sold_before(desk: TestTill) -> tuple[str, Card]:
    code = "BEFORE-0001"
    card = Card("before", "gift", "EUR", digest(code), masked(code), desk.clock.at)
    desk.store.cards.issue_all([card], Money(5000), desk.desk.by())
    return code, card


def test_the_same_code_at_two_tills_at_once(tmp_path: Path) -> None:
    one = TestTill(tmp_path)
    one.till.sign_in("anna", "1111")
    one.till.open_session(Money(0))
    code, card = _sold_before(one)
    one.till.scan(COFFEE)
    one.till.start_checkout()
    one.store.cards.reserve(card.id, "other-till-1", Money(4500), one.desk.by())
    view = one.till.redeem(code)
    assert view.sale is not None and view.sale.due == Money(299)
    with pytest.raises(Refusal, match="voucher_balance"):
        one.store.cards.reserve(card.id, "other-till-2", Money(1), one.desk.by())
    one.till.tender("cash")
    one.store.cards.book(card.id, "other-till-1", one.desk.by())
    assert account(one, card).balance == Money(0)
    assert all(finding.ok for finding in verify(tmp_path))
    one.close()


@pytest.mark.parametrize(
    ("minor", "reason"),
    [
        (0, "voucher_amount"),
        (-1, "voucher_amount"),
        (-(2**60), "voucher_amount"),
        (800, "tender_exceeds_due"),
        (5001, "voucher_balance"),
        (2**62, "voucher_balance"),
        (10**30, "voucher_balance"),
    ],
)
def test_amounts_that_cannot_be_redeemed(buying: TestTill, minor: int, reason: str) -> None:
    code, card = _sold_before(buying)
    refused(buying, code, reason, amount=Money(minor))
    assert account(buying, card).balance == Money(5000)


@pytest.mark.parametrize("minor", [0, -1, -5000, 499, 50_001, 2**62, 10**30])
def test_amounts_that_cannot_be_sold(open_desk: TestTill, minor: int) -> None:
    with pytest.raises(Refusal, match="voucher_amount_range"):
        open_desk.till.issue_voucher("gift", amount=Money(minor))
    assert open_desk.till.view().sale is None


def test_a_wallet_never_holds_more_than_it_may(open_desk: TestTill) -> None:
    _, card = sold(open_desk, "wallet", 600_000, customer="102")
    open_desk.till.top_up(card=card.id, amount=Money(300_000))
    with pytest.raises(Refusal, match="voucher_full"):
        open_desk.till.top_up(card=card.id, amount=Money(200_000))


@pytest.mark.parametrize(
    ("programme", "reason"),
    [
        ("swiss", "voucher_currency"),
        ("web", "voucher_medium"),
        ("other", "voucher_other_till"),
        ("over", "voucher_expired"),
        ("gone", "voucher_inactive"),
    ],
)
def test_a_card_that_does_not_count_here(buying: TestTill, programme: str, reason: str) -> None:
    """Another currency, medium, till, a programme that is over: refused with the reason, and
    nothing is converted (ETRON-38, ETRON-39, ETRON-40).
    """
    code, card = planted(buying, programme, "CHF" if programme == "swiss" else "EUR")
    refused(buying, code, reason)
    assert account(buying, card).balance.minor == 5000


def test_a_card_of_another_shop(buying: TestTill) -> None:
    group = buying.desk.catalogue.programmes()[0].group
    refused(buying, STRANGER.code(STRANGER.new_salt(), group), "voucher_unknown")


def test_money_of_another_currency_moves_nothing(buying: TestTill) -> None:
    code, _ = sold(buying)
    buying.till.scan(COFFEE)
    with pytest.raises(Refusal, match="voucher_currency"):
        buying.till.redeem(code, amount=Money(100, "CHF"))
    buying.till.sign_in("maria", "9999")
    buying.till.generate_vouchers("swiss", 1, Money(1000, "CHF"))
    swiss = buying.till.vouchers("swiss")[0].card
    for minor in (100, -100):
        with pytest.raises(Refusal, match="voucher_currency"):
            buying.till.correct_voucher(swiss, Money(minor), "falsch gebucht")
    assert buying.store.cards.confirm(swiss).balance == Money(1000, "CHF")


def test_a_clock_set_back_revives_no_card(buying: TestTill) -> None:
    buying.till.cancel_sale()
    code, card = sold(buying)
    buying.clock.at += timedelta(days=370)
    buying.till.scan(COFFEE)
    refused(buying, code, "voucher_expired")
    buying.clock.at -= timedelta(days=300)
    refused(buying, code, "voucher_expired")
    buying.restart()
    buying.till.sign_in("anna", "1111")
    refused(buying, code, "voucher_expired")
    assert account(buying, card).balance == Money(5000)


def test_a_card_is_not_topped_up_to_pay_its_own_top_up(open_desk: TestTill) -> None:
    code, card = sold(open_desk, "wallet", 2000, customer="102")
    open_desk.till.scan(COFFEE)
    open_desk.till.top_up(card=card.id, amount=Money(1000))
    with pytest.raises(Refusal, match="voucher_entered"):
        open_desk.till.redeem(code)


def test_money_taken_back_twice_in_one_sale(open_desk: TestTill) -> None:
    code, card = sold(open_desk)
    open_desk.till.take_back_voucher(code)
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        open_desk.till.take_back_voucher(code)
    view = open_desk.till.view()
    assert view.sale is not None and view.sale.lines_count == 1
    assert account(open_desk, card).balance == Money(5000)


def test_a_parked_take_back_does_not_pay_out_what_was_spent_meanwhile(open_desk: TestTill) -> None:
    code, card = sold(open_desk)
    view = open_desk.till.take_back_voucher(code)
    assert view.sale is not None
    parked = view.sale.id
    open_desk.till.park("later")
    open_desk.till.scan(COFFEE)
    open_desk.till.redeem(code)
    assert account(open_desk, card).balance == Money(4201)
    open_desk.till.resume(parked)
    with pytest.raises(Refusal, match="voucher_spent"):
        open_desk.till.tender("cash")
    assert open_desk.store.receipt_numbers() == [1, 2]
    open_desk.till.cancel_sale()
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_parked_new_card_with_a_code_sold_meanwhile(open_desk: TestTill) -> None:
    view = open_desk.till.issue_voucher("gift", amount=Money(5000), code="SAME-0001")
    assert view.sale is not None
    parked = view.sale.id
    open_desk.till.park("later")
    open_desk.till.issue_voucher("gift", amount=Money(6000), code="SAME-0001")
    open_desk.till.tender("cash")
    open_desk.till.resume(parked)
    with pytest.raises(Refusal, match="voucher_code_used"):
        open_desk.till.tender("cash")
    assert open_desk.store.receipt_numbers() == [1]


def test_another_price_does_not_make_a_card_cheaper(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.issue_voucher("gift", amount=Money(5000))
    with pytest.raises(Refusal, match="voucher_price_fixed"):
        open_desk.till.set_price(1, Money(1))
    with pytest.raises(Refusal, match="voucher_price_fixed"):
        open_desk.till.reset_price(1)
    view = open_desk.till.view()
    assert view.sale is not None and view.sale.total == Money(5000)


def test_a_take_back_brought_back_beside_its_like(open_desk: TestTill) -> None:
    code, card = sold(open_desk)
    open_desk.till.take_back_voucher(code)
    open_desk.till.remove_line(1)
    open_desk.till.take_back_voucher(code)
    open_desk.till.restore_line(1)
    with pytest.raises(Refusal, match="voucher_nothing_to_cancel"):
        open_desk.till.tender("cash")
    assert open_desk.store.receipt_numbers() == [1]
    assert account(open_desk, card).balance == Money(5000)


def test_no_discount_makes_a_card_cheaper(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.issue_voucher("gift", amount=Money(5000))
    open_desk.till.scan(COFFEE)
    view = open_desk.till.discount_sale(percent=Decimal(50))
    assert view.sale is not None
    assert view.sale.total == Money(5000 + 399)
    with pytest.raises(Refusal):
        open_desk.till.discount_line(1, percent=Decimal(50))
