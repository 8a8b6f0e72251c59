from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.sale import SaleState
from tests.support.catalogue import COFFEE, MILK
from tests.support.till import TestTill


def test_cash_gives_change_and_opens_the_drawer(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    view = open_desk.till.tender("cash", Money(2000))
    assert view.sale is None and view.last_sale is not None
    assert (view.last_sale.number, view.last_sale.change) == (1, Money(1201))
    assert open_desk.tray.kicks == 1
    assert view.drawer.last_reason == "sale"
    assert [paper.kind for paper in open_desk.tray.papers] == ["receipt"]


def test_card_pays_exactly_and_leaves_the_drawer_shut(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="tender_exceeds_due"):
        open_desk.till.tender("card", Money(800))
    view = open_desk.till.tender("card")
    assert view.last_sale is not None and view.last_sale.change == Money(0)
    assert open_desk.tray.kicks == 0


def test_mixed_tenders_in_any_order(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    view = open_desk.till.tender("cash", Money(300))
    assert view.sale is not None and view.sale.due == Money(499)
    view = open_desk.till.tender("card", Money(499))
    assert view.last_sale is not None
    assert [tender.method for tender in view.last_sale.tenders] == ["cash", "card"]
    assert open_desk.till.expected_cash() == Money(10300)


def test_tenders_are_given_back(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.tender("cash", Money(300))
    view = open_desk.till.tender("cash", Money(100))
    assert view.sale is not None
    view = open_desk.till.remove_tender(1)
    assert view.sale is not None and view.sale.due == Money(699)
    view = open_desk.till.back_to_sale()
    assert view.sale is not None
    assert (view.sale.state, view.sale.paid) == (SaleState.OPEN, Money(0))
    view = open_desk.till.tender("cash")
    assert view.last_sale is not None and view.last_sale.change == Money(0)
    assert open_desk.till.expected_cash() == Money(10799)


@pytest.mark.parametrize("amount", [0, -100, 2_000_000])
def test_amounts_that_cannot_be(open_desk: TestTill, amount: int) -> None:
    open_desk.till.scan(COFFEE)
    with pytest.raises(Refusal, match="tender_"):
        open_desk.till.tender("cash", Money(amount))
    view = open_desk.till.view()
    assert view.sale is not None and view.sale.tenders == ()


def test_a_scan_while_paying_changes_nothing(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.start_checkout()
    with pytest.raises(Refusal, match="scan_in_checkout"):
        open_desk.till.scan(MILK)
    view = open_desk.till.view()
    assert view.sale is not None and view.sale.total == Money(799)


def test_an_empty_sale_cannot_be_paid(open_desk: TestTill) -> None:
    with pytest.raises(Refusal, match="no_sale"):
        open_desk.till.tender("cash", Money(100))
    open_desk.till.scan(COFFEE)
    open_desk.till.remove_line(1)
    with pytest.raises(Refusal, match="nothing_to_pay"):
        open_desk.till.tender("cash", Money(100))


def test_two_clicks_on_pay_close_one_sale(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.tender("cash")
    with pytest.raises(Refusal, match="no_sale"):
        open_desk.till.tender("cash")
    assert len(open_desk.store.sales_in(SaleState.CLOSED)) == 1


def test_goods_given_away_make_a_receipt(open_desk: TestTill) -> None:
    open_desk.till.sign_in("maria", "9999")
    open_desk.till.scan(COFFEE)
    open_desk.till.set_price(1, Money(0))
    view = open_desk.till.tender("cash")
    assert view.last_sale is not None
    assert (view.last_sale.total, view.last_sale.number) == (Money(0), 1)
