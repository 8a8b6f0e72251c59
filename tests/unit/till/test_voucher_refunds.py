"""Money for cards: only for whoever shows the code, and the way the card was paid."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import digest, masked
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.verify import verify
from tests.support.catalogue import COFFEE
from tests.support.till import TestTill

CODE = "PLASTIC-7788"


def sold(desk: TestTill, method: str = "cash", code: str = CODE, programme: str = "gift") -> Card:
    """A card with 50.00, paid by that method."""
    desk.till.issue_voucher(programme, amount=Money(5000), code=code)
    desk.till.tender(method)
    card = desk.store.cards.find(digest(code), masked(code))
    assert card is not None
    return card


def planted(desk: TestTill, programme: str, currency: str = "EUR") -> Card:
    """A card with 50.00 that no sale has paid for."""
    code = f"PLANTED-{programme}"
    card = Card(f"id-{programme}", programme, currency, digest(code), masked(code), desk.clock.at)
    desk.store.cards.issue_all([card], Money(5000, currency), desk.desk.by())
    return card


def holds(desk: TestTill, card: Card) -> int:
    return desk.store.cards.confirm(card.id).balance.minor


def tenders(desk: TestTill) -> list[tuple[str, int]]:
    """What the newest receipt paid out, by method."""
    last = desk.desk.last_sale
    assert last is not None
    return [(each.method, each.amount.minor) for each in last.tenders if each.counts]


def test_a_card_in_the_list_is_no_cash(open_desk: TestTill) -> None:
    """Nobody gets money for a card whose code the till hasn't seen."""
    card = sold(open_desk)
    view = open_desk.till.check_voucher(card=card.id)
    assert view.voucher is not None and "take_back_voucher" not in view.voucher.can
    with pytest.raises(Refusal, match="voucher_not_shown") as caught:
        open_desk.till.take_back_voucher(card=card.id)
    assert all(len(Texts(each).refusal(caught.value)) > 20 for each in LANGUAGES)
    assert open_desk.till.view().sale is None and holds(open_desk, card) == 5000


def test_neither_is_it_by_its_receipt(open_desk: TestTill) -> None:
    """Who returns or voids the receipt shows the card, or may refund without a receipt."""
    card = sold(open_desk)
    with pytest.raises(Refusal, match="voucher_not_shown"):
        open_desk.till.start_return(1)
    with pytest.raises(Refusal, match="voucher_not_shown"):
        open_desk.till.void_receipt(1, "verrechnet")
    assert open_desk.till.view().sale is None and holds(open_desk, card) == 5000
    open_desk.till.scan(CODE)
    open_desk.till.void_receipt(1, "verrechnet")
    assert tenders(open_desk) == [("cash", -5000)] and holds(open_desk, card) == 0


def test_somebody_with_the_right_returns_a_card_by_its_receipt(open_desk: TestTill) -> None:
    card = sold(open_desk)
    open_desk.till.start_return(1, approver="maria", pin="9999")
    open_desk.till.refund()
    assert holds(open_desk, card) == 0


def test_a_card_that_was_scanned_is_taken_back_from_the_screen(open_desk: TestTill) -> None:
    card = sold(open_desk)
    view = open_desk.till.scan(CODE)
    assert view.voucher is not None and "take_back_voucher" in view.voucher.can
    open_desk.till.take_back_voucher(card=card.id)
    open_desk.till.refund()
    assert tenders(open_desk) == [("cash", -5000)] and holds(open_desk, card) == 0


def test_a_redemption_is_voided_by_whoever_shows_the_card(open_desk: TestTill) -> None:
    card = sold(open_desk)
    open_desk.till.scan(COFFEE)
    open_desk.till.redeem(CODE)
    with pytest.raises(Refusal, match="voucher_not_shown"):
        open_desk.till.void_redemption(card=card.id)


def test_a_card_paid_by_card_goes_back_to_the_card(open_desk: TestTill) -> None:
    """In cash only by right, and with a reason."""
    sold(open_desk, "card")
    open_desk.till.take_back_voucher(CODE)
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.refund("cash")
    with pytest.raises(Refusal, match="return_reason"):
        open_desk.till.refund("cash", approver="maria", pin="9999")
    open_desk.till.refund()
    assert tenders(open_desk) == [("card", -5000)]


def test_cash_for_a_card_paid_by_card_wants_right_and_reason(open_desk: TestTill) -> None:
    sold(open_desk, "card")
    open_desk.till.take_back_voucher(CODE, reason="Terminal gestört")
    open_desk.till.refund("cash", approver="maria", pin="9999")
    assert tenders(open_desk) == [("cash", -5000)]
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_card_paid_by_a_card_goes_back_to_that_card(open_desk: TestTill) -> None:
    payer = sold(open_desk, code="PAYER-0001", programme="any")
    open_desk.till.issue_voucher("gift", amount=Money(2500), code=CODE)
    open_desk.till.redeem("PAYER-0001")
    open_desk.till.take_back_voucher(CODE)
    open_desk.till.refund()
    assert tenders(open_desk) == [("voucher", -2500)] and holds(open_desk, payer) == 5000


def test_a_credit_note_for_goods_paid_by_card_is_no_cash(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.tender("card")
    open_desk.till.start_return(1, reason="defekt")
    open_desk.till.credit_note("note")
    row = open_desk.till.vouchers(programme="note")[0]
    card = open_desk.store.cards.card(row.card)
    group = {each.number: each for each in open_desk.desk.catalogue.programmes()}["note"].group
    open_desk.till.take_back_voucher(open_desk.desk.code_key.code(card.salt, group))
    open_desk.till.refund()
    assert tenders(open_desk) == [("card", -799)]


@pytest.mark.parametrize("programme", ["gift", "any"])
def test_what_nobody_paid_for_is_not_paid_out(open_desk: TestTill, programme: str) -> None:
    card = planted(open_desk, programme)
    with pytest.raises(Refusal, match="voucher_not_paid"):
        open_desk.till.take_back_voucher(f"PLANTED-{programme}")
    assert open_desk.till.view().sale is None and holds(open_desk, card) == 5000


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
def test_what_does_not_count_here_is_not_paid_out(
    open_desk: TestTill, programme: str, reason: str
) -> None:
    card = planted(open_desk, programme, "CHF" if programme == "swiss" else "EUR")
    with pytest.raises(Refusal, match=reason):
        open_desk.till.take_back_voucher(f"PLANTED-{programme}")
    assert open_desk.till.view().sale is None and holds(open_desk, card) == 5000


def test_an_expired_card_is_not_paid_out(open_desk: TestTill) -> None:
    sold(open_desk)
    open_desk.clock.at += timedelta(days=400)
    with pytest.raises(Refusal, match="voucher_expired"):
        open_desk.till.take_back_voucher(CODE)


def test_two_cards_of_one_receipt_are_told_apart(open_desk: TestTill) -> None:
    """The first entry of each has the same number."""
    for code in ("FIRST-0001", "SECOND-0001"):
        open_desk.till.issue_voucher("gift", amount=Money(5000), code=code)
    open_desk.till.tender("cash")
    open_desk.till.take_back_voucher("SECOND-0001")
    open_desk.till.refund()
    left = [open_desk.till.check_voucher(code).voucher for code in ("FIRST-0001", "SECOND-0001")]
    assert [each and each.balance.minor for each in left] == [5000, 0]


def test_a_card_that_went_back_is_not_returned_by_its_receipt_too(open_desk: TestTill) -> None:
    sold(open_desk)
    open_desk.till.take_back_voucher(CODE)
    open_desk.till.refund()
    with pytest.raises(Refusal, match="return_too_much"):
        open_desk.till.start_return(1, {"1": "1"})


def test_a_correction_stays_within_what_the_programme_allows(open_desk: TestTill) -> None:
    card = sold(open_desk)
    open_desk.till.sign_in("maria", "9999")
    with pytest.raises(Refusal, match="voucher_full"):
        open_desk.till.correct_voucher(card.id, Money(45_001), "verrechnet")
    with pytest.raises(Refusal, match="voucher_full"):
        open_desk.till.correct_voucher(card.id, Money(10**14), "verrechnet")
    open_desk.till.correct_voucher(card.id, Money(45_000), "verrechnet")
    assert holds(open_desk, card) == 50_000


@pytest.mark.parametrize("leave", ["cancel_sale", "park"])
def test_a_chosen_programme_is_this_customer_s_alone(open_desk: TestTill, leave: str) -> None:
    """Once a sale, and neither longer nor for somebody else (ETRON-36)."""
    open_desk.till.set_customer("101")
    open_desk.till.issue_voucher("bonus", amount=Money(1000))
    getattr(open_desk.till, leave)()
    open_desk.till.set_customer("102")
    with pytest.raises(Refusal, match="voucher_programme_needed"):
        open_desk.till.issue_voucher(product="93", amount=Money(1000))


@pytest.mark.parametrize("leave", ["cancel_sale", "park"])
def test_a_card_that_was_shown_pays_for_nobody_else(open_desk: TestTill, leave: str) -> None:
    card = sold(open_desk)
    open_desk.till.scan(COFFEE)
    open_desk.till.scan(CODE)
    getattr(open_desk.till, leave)()
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="voucher_code_needed"):
        open_desk.till.redeem(card=card.id)


def test_a_credit_note_is_not_sold_by_its_programme_either(open_desk: TestTill) -> None:
    """(T-117)"""
    with pytest.raises(Refusal, match="credit_note_not_sold"):
        open_desk.till.issue_voucher("note", amount=Money(1000))
    with pytest.raises(Refusal, match="credit_note_not_sold"):
        open_desk.till.sell_voucher("note", Money(1000))


def test_a_discount_does_not_raise_what_goes_back(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    sold(open_desk)
    open_desk.till.take_back_voucher(CODE)
    with pytest.raises(Refusal):
        open_desk.till.discount_line(1, percent=Decimal(50))
