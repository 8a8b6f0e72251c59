"""What was allowed when it was rung up is asked again before the sale gets its number."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.product import Tracking
from pos.domain.quantity import Quantity
from pos.ports.goods import Serial
from tests.support.catalogue import MemoryCatalogue
from tests.support.till import TestTill
from tests.support.vouchers import FIXED, FREE, REFILL


def wallets(desk: TestTill, customer: str) -> list[int]:
    """What the wallets of a customer hold."""
    return [row.balance.minor for row in desk.till.vouchers(customer=customer)]


def parked(desk: TestTill) -> str:
    return desk.till.view().parked[0].id


def closed(desk: TestTill) -> int:
    return len(desk.store.receipt_numbers())


def test_a_line_that_comes_back_makes_no_second_wallet(open_desk: TestTill) -> None:
    """(ETRON-42)"""
    open_desk.till.issue_voucher("wallet", amount=Money(2000), customer="101")
    open_desk.till.remove_line(1)
    open_desk.till.issue_voucher("wallet", amount=Money(2000), customer="101")
    open_desk.till.restore_line(1)
    with pytest.raises(Refusal, match="wallet_exists"):
        open_desk.till.tender("cash")
    open_desk.till.back_to_sale()
    open_desk.till.remove_line(1)
    open_desk.till.tender("cash")
    assert wallets(open_desk, "101") == [2000]


def test_a_parked_sale_makes_no_second_wallet(open_desk: TestTill) -> None:
    """(ETRON-42)"""
    open_desk.till.issue_voucher("bonus", amount=Money(2000), customer="102")
    open_desk.till.park()
    open_desk.till.issue_voucher("bonus", amount=Money(1000), customer="102")
    open_desk.till.tender("cash")
    open_desk.till.resume(parked(open_desk))
    with pytest.raises(Refusal, match="wallet_exists"):
        open_desk.till.tender("cash")
    assert wallets(open_desk, "102") == [1000] and closed(open_desk) == 1


def test_a_programme_that_went_meanwhile_sells_nothing_more(open_desk: TestTill) -> None:
    """Nobody could make the code of its card: the sale is refused before it has its number."""
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    open_desk.till.issue_voucher("gift", amount=Money(2000))
    open_desk.till.park()
    catalogue.stored_value = ()
    open_desk.till.resume(parked(open_desk))
    with pytest.raises(Refusal, match="voucher_inactive"):
        open_desk.till.tender("cash")
    assert closed(open_desk) == 0
    open_desk.till.back_to_sale()
    open_desk.till.cancel_sale()


def test_a_line_that_comes_back_fills_no_card_beyond_its_bound(open_desk: TestTill) -> None:
    open_desk.till.issue_voucher("wallet", amount=Money(900_000), customer="101")
    open_desk.till.tender("card")
    card = open_desk.till.vouchers(customer="101")[0].card
    open_desk.till.top_up(card=card, amount=Money(90_000))
    open_desk.till.remove_line(1)
    open_desk.till.top_up(card=card, amount=Money(90_000))
    open_desk.till.restore_line(1)
    with pytest.raises(Refusal, match="voucher_full"):
        open_desk.till.tender("card")
    assert wallets(open_desk, "101") == [900_000]


@pytest.fixture
def numbered(open_desk: TestTill) -> TestTill:
    """Coffee has serial numbers, and SN1 and SN2 are there."""
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.goods["1"] = replace(catalogue.goods["1"], tracking=Tracking.SERIAL)
    catalogue.known_serials["1"] = (Serial("SN1"), Serial("SN2"))
    return open_desk


def test_a_serial_number_that_comes_back_beside_itself_is_sold_once(numbered: TestTill) -> None:
    """(T-032)"""
    numbered.till.add_product("1", serial="SN1")
    numbered.till.remove_line(1)
    numbered.till.add_product("1", serial="SN1")
    numbered.till.restore_line(1)
    with pytest.raises(Refusal, match="serial_twice"):
        numbered.till.tender("cash")
    assert closed(numbered) == 0


def test_a_serial_number_that_waited_parked_is_sold_once(numbered: TestTill) -> None:
    """(T-032)"""
    numbered.till.add_product("1", serial="SN2")
    numbered.till.park()
    numbered.till.add_product("1", serial="SN2")
    numbered.till.tender("cash")
    numbered.till.resume(parked(numbered))
    with pytest.raises(Refusal, match="serial_sold"):
        numbered.till.tender("cash")
    assert closed(numbered) == 1


def test_a_serial_number_that_came_back_is_sold_again(numbered: TestTill) -> None:
    """(T-032)"""
    numbered.till.add_product("1", serial="SN1")
    numbered.till.tender("cash")
    numbered.till.start_return(1)
    numbered.till.refund()
    numbered.till.add_product("1", serial="SN1")
    numbered.till.tender("cash")
    assert closed(numbered) == 3


@pytest.mark.parametrize("product", [FREE, FIXED, REFILL])
def test_the_service_behind_vouchers_is_no_goods_that_come_back(
    open_desk: TestTill, product: str
) -> None:
    open_desk.till.sign_in("maria", "9999")
    with pytest.raises(Refusal, match="return_of_voucher"):
        open_desk.till.return_product(product, "defekt")
    assert open_desk.till.view().sale is None


def test_so_many_cards_as_were_asked_for(open_desk: TestTill) -> None:
    """A count before a voucher makes so many cards, each of them with its amount (T-025)."""
    open_desk.till.scan(f"3*{FIXED}")
    view = open_desk.till.add_product(FIXED, Quantity(2000))
    assert view.sale is not None and view.sale.total == Money(10_000)
    open_desk.till.tender("cash")
    assert [row.balance.minor for row in open_desk.till.vouchers()] == [2000] * 5


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (f"0*{FIXED}", "voucher_count"),
        (f"51*{FIXED}", "voucher_count"),
        (f"1,5*{FIXED}", "voucher_count"),
        (f"2*{FREE}", "voucher_one_each"),
    ],
)
def test_a_count_that_can_not_be_is_refused(open_desk: TestTill, code: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        open_desk.till.scan(code)
    assert open_desk.till.view().sale is None
