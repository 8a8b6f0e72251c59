"""Money for goods goes back the way it came, in however many steps and by whatever exchanges."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.card import Card
from pos.domain.stored_value.codes import digest, masked
from pos.storage.verify import verify
from tests.support.back_office import BackOffice, RemoteAuthority
from tests.support.catalogue import COFFEE, MILK, MemoryCatalogue
from tests.support.till import TestTill

CODE = "PLASTIC-7788"


def sold(desk: TestTill, programme: str = "gift", minor: int = 5000) -> Card:
    """A card paid by terminal: nothing of it ever was in the drawer."""
    desk.till.issue_voucher(programme, amount=Money(minor), code=CODE)
    desk.till.tender("card")
    card = desk.store.cards.find(digest(CODE), masked(CODE))
    assert card is not None
    return card


def holds(desk: TestTill, card: Card) -> int:
    return desk.store.cards.confirm(card.id).balance.minor


def newest(desk: TestTill) -> int:
    """The number of the newest receipt."""
    return desk.store.receipt_numbers()[-1]


def tenders(desk: TestTill) -> list[tuple[str, int]]:
    last = desk.desk.last_sale
    assert last is not None
    return [(each.method, each.amount.minor) for each in last.tenders if each.counts]


@pytest.mark.parametrize("steps", [["voucher", ""], [""]])
def test_goods_of_two_receipts_go_back_to_the_card_in_any_number_of_steps(
    open_desk: TestTill, steps: list[str]
) -> None:
    card = sold(open_desk)
    open_desk.till.scan(f"2*{COFFEE}")
    open_desk.till.redeem(CODE)
    first = newest(open_desk)
    open_desk.till.start_return(first, {"1": "1"})
    open_desk.till.scan(f"5*{MILK}")
    open_desk.till.refund()
    open_desk.till.start_return(first, {"1": "1"})
    open_desk.till.start_return(newest(open_desk), {"2": "5"})
    for method in steps:
        open_desk.till.refund(method, Money(799) if method else None)
    assert {method for method, _ in tenders(open_desk)} == {"voucher"}
    assert holds(open_desk, card) == 5000
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_single_purpose_value_is_no_cash_by_exchange(open_desk: TestTill) -> None:
    """Where no row of its tax is left to go back to the card, cash wants the right."""
    sold(open_desk, "meal", 799)
    open_desk.till.scan(COFFEE)
    open_desk.till.redeem(CODE)
    open_desk.till.start_return(newest(open_desk))
    open_desk.till.scan(f"5*{MILK}")
    open_desk.till.refund()
    open_desk.till.start_return(newest(open_desk), {"2": "5"})
    view = open_desk.till.start_checkout()
    assert view.sale is not None and [each.by_right for each in view.sale.refunds] == [True]
    for method in ("", "cash"):
        with pytest.raises(Refusal, match="right_missing"):
            open_desk.till.refund(method)
    open_desk.till.refund(approver="maria", pin="9999")
    assert tenders(open_desk) == [("cash", -795)]


def test_what_was_paid_by_empties_comes_back_in_cash_without_a_right(open_desk: TestTill) -> None:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.empties = (catalogue.goods["9"],)
    open_desk.till.scan(COFFEE)
    open_desk.till.take_back_deposit("9")
    open_desk.till.tender("card")
    open_desk.till.start_return(newest(open_desk), {"1": "1"})
    open_desk.till.refund()
    assert [method for method, _ in tenders(open_desk)] == ["card", "cash"]


def voided(desk: TestTill, method: str) -> int:
    """Coffee paid by a card, whose redemption was voided and paid by `method`; its receipt."""
    desk.till.scan(COFFEE)
    desk.till.redeem(CODE)
    receipt = newest(desk)
    desk.till.void_redemption(CODE)
    desk.till.tender(method)
    return receipt


@pytest.mark.parametrize("method", ["cash", "card"])
@pytest.mark.parametrize("programme", ["gift", "meal"])
def test_goods_whose_redemption_was_voided_come_back_as_they_were_paid_then(
    open_desk: TestTill, programme: str, method: str
) -> None:
    card = sold(open_desk, programme)
    receipt = voided(open_desk, method)
    open_desk.till.start_return(receipt)
    open_desk.till.refund()
    assert tenders(open_desk) == [(method, -799)] and holds(open_desk, card) == 5000
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_receipt_whose_redemption_was_voided_is_voided_too(open_desk: TestTill) -> None:
    card = sold(open_desk)
    open_desk.till.void_receipt(voided(open_desk, "card"), "verrechnet")
    assert tenders(open_desk) == [("card", -799)] and holds(open_desk, card) == 5000


def test_a_part_that_was_voided_leaves_the_rest_with_its_card(open_desk: TestTill) -> None:
    card = sold(open_desk)
    open_desk.till.scan(f"2*{COFFEE}")
    open_desk.till.redeem(CODE, amount=Money(1000))
    open_desk.till.tender("cash")
    receipt = newest(open_desk)
    open_desk.till.void_redemption(CODE)
    open_desk.till.tender("card")
    open_desk.till.start_return(receipt)
    open_desk.till.refund()
    assert tenders(open_desk) == [("card", -1000), ("cash", -598)]
    assert holds(open_desk, card) == 5000


def test_a_refund_that_is_refused_has_given_nothing(tmp_path: Path) -> None:
    """The card can't be asked: neither is the cash part paid out."""
    line = RemoteAuthority(BackOffice())
    desk = TestTill(tmp_path, authority=line)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10_000))
    sold(desk)
    desk.till.scan(f"8*{COFFEE}")
    desk.till.redeem(CODE)
    desk.till.tender("card")
    desk.till.start_return(newest(desk))
    line.cut = True
    with pytest.raises(Refusal, match="voucher_offline"):
        desk.till.refund()
    view = desk.till.view()
    assert view.sale is not None and view.sale.tenders == ()
    assert view.sale.state == "open"
    desk.close()


def test_goods_come_back_beside_a_voucher_nobody_can_be_asked_about(tmp_path: Path) -> None:
    """Its own line waits, in words; the coffee on the same receipt doesn't."""
    line = RemoteAuthority(BackOffice())
    desk = TestTill(tmp_path, authority=line)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(10_000))
    desk.till.issue_voucher("gift", amount=Money(5000), code=CODE)
    desk.till.scan(COFFEE)
    desk.till.tender("cash")
    line.cut = True
    assert len(desk.till.returnable(1).lines) == 2
    assert desk.till.quote_return(1, {"2": "1"}) == {2: Money(799)}
    for refused in (
        lambda: desk.till.start_return(1),
        lambda: desk.till.quote_return(1, {"1": "1"}),
        lambda: desk.till.void_receipt(1, "verrechnet"),
    ):
        with pytest.raises(Refusal, match="voucher_offline"):
            refused()
    assert desk.till.view().sale is None
    desk.till.start_return(1, {"2": "1"})
    desk.till.refund()
    assert tenders(desk) == [("cash", -799)]
    desk.close()
