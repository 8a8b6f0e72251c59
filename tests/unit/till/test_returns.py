"""Goods come back by their receipt: what may, for how much, and how the money goes back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy.exc import IntegrityError

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.ports.stored_value import BalanceAuthority, Unreachable
from pos.storage.verify import verify
from pos.till import session
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from tests.storage.till.raw import raw
from tests.support.catalogue import BANANA, CARTON, COFFEE, COLA, MILK, ROLL
from tests.support.till import TestTill


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


def sell(desk: TestTill, *codes: str, method: str = "cash") -> int:
    for code in codes:
        desk.till.scan(code)
    last = desk.till.tender(method).last_sale
    assert last is not None
    return last.number


def test_picked_lines_come_back_for_what_they_cost(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, f"3*{COFFEE}", f"2*{MILK}")
    view = till.start_return(receipt, {"1": "2"}, reason="Defekt")
    (line,) = sale_of(view).lines
    assert (line.quantity, line.amount, line.receipt) == (Quantity(-2000), Money(-1598), receipt)
    assert (line.comes_back, line.reason, sale_of(view).pieces) == (True, "Defekt", -2)
    view = till.refund()
    assert view.last_sale is not None and view.last_sale.total == Money(-1598)
    figures = session.figures(open_desk.desk)
    assert (figures.turnover, figures.expected) == (Money(1117), Money(11117))
    assert [(one.kind, one.count, one.amount) for one in figures.returns] == [
        ("return", 1, Money(-1598))
    ]
    assert figures.return_reasons == {"Defekt": Money(-1598)}
    receipt_text = document_text(open_desk.tray.papers[-1])
    assert "RETOURE zu Beleg Nr. 1 vom 23.11.2026" in receipt_text
    assert "Grund: Defekt" in receipt_text and "−15,98" in receipt_text
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_no_more_comes_back_than_was_sold_on_however_many_receipts(open_desk: TestTill) -> None:
    """Two returns of one line together stay within what was sold (W-12)."""
    till = open_desk.till
    receipt = sell(open_desk, f"3*{COFFEE}")
    till.start_return(receipt, {"1": "2"})
    till.refund()
    with pytest.raises(Refusal, match="return_too_much"):
        till.start_return(receipt, {"1": "2"})
    till.start_return(receipt, {"1": "1"})
    with pytest.raises(Refusal, match="return_nothing_left"):
        till.start_return(receipt)
    till.refund()
    assert till.returnable(receipt).lines[0].left == Quantity(0)
    assert session.figures(open_desk.desk).turnover == Money(0)


def test_a_parked_return_that_came_too_late_is_refused_before_its_number(
    open_desk: TestTill,
) -> None:
    till = open_desk.till
    receipt = sell(open_desk, f"2*{COFFEE}")
    parked = sale_of(till.start_return(receipt)).id
    till.park()
    till.start_return(receipt, {"1": "1"})
    till.refund()
    till.resume(parked)
    with pytest.raises(Refusal, match="return_too_much"):
        till.refund()
    view = till.set_quantity(1, Quantity(1000))
    assert sale_of(view).total == Money(-799)
    closed = till.refund().last_sale
    assert closed is not None and closed.number == 3


def test_the_records_themselves_hold_the_limit(open_desk: TestTill) -> None:
    """Whoever gets past the program meets the trigger."""
    till = open_desk.till
    receipt = sell(open_desk, COFFEE)
    till.start_return(receipt)
    till.start_checkout()
    with (
        pytest.raises(IntegrityError, match="more comes back than was sold"),
        raw(open_desk.folder) as connection,
    ):
        connection.exec_driver_sql(
            "UPDATE line_item SET quantity = -2000 WHERE returns IS NOT NULL"
        )
        connection.exec_driver_sql("UPDATE sale SET state = 'sealing' WHERE state = 'tendering'")


def test_the_quantity_of_a_return_is_typed_as_it_is_counted(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, f"3*{COLA}")
    view = till.start_return(receipt, {"1": "1"})
    assert [line.amount for line in sale_of(view).lines] == [Money(-189), Money(-25)]
    view = till.set_quantity(1, Quantity(3000))
    assert [line.quantity for line in sale_of(view).lines] == [Quantity(-3000)] * 2
    assert sale_of(view).total == Money(-642)
    with pytest.raises(Refusal, match="return_too_much"):
        till.set_quantity(1, Quantity(4000))
    with pytest.raises(Refusal, match="deposit_follows"):
        till.set_quantity(2, Quantity(1000))
    with pytest.raises(Refusal, match="return_price_fixed"):
        till.sign_in("maria", "9999")
        till.set_price(1, Money(100))


def test_a_deposit_goes_back_with_its_goods_and_a_packaging_whole(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, f"2*{CARTON}", COLA)
    assert [line.left for line in till.returnable(receipt).lines] == [
        Quantity(2000),
        Quantity(1000),
    ]
    view = till.start_return(receipt, {"1": "1", "2": "1"})
    carton, cola, deposit = sale_of(view).lines
    assert (carton.quantity, carton.packs) == (Quantity(-12000), Quantity(-1000))
    assert (deposit.deposit_of, deposit.amount, cola.amount) == (2, Money(-25), Money(-189))
    with pytest.raises(Refusal, match="return_not_line"):
        till.start_return(receipt, {"3": "1"})
    view = till.remove_line(2)
    assert sale_of(view).total == Money(-12 * 799)
    view = till.restore_line(2)
    assert sale_of(view).total == Money(-12 * 799 - 214)


def test_an_exchange_is_one_sale_and_one_difference(open_desk: TestTill) -> None:
    """Returned and new goods in one cart, linked to the old receipt (complaint 26 of peers)."""
    till = open_desk.till
    receipt = sell(open_desk, MILK)
    till.start_return(receipt)
    view = till.scan(COFFEE)
    assert sale_of(view).total == Money(640)
    assert [line.quantity for line in sale_of(view).lines] == [Quantity(-1000), Quantity(1000)]
    view = till.tender("cash", Money(1000))
    assert view.last_sale is not None and view.last_sale.change == Money(360)
    assert session.figures(open_desk.desk).turnover == Money(799)


def test_new_goods_of_the_same_product_are_a_line_of_their_own(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, ROLL)
    till.start_return(receipt)
    view = till.scan(f"12*{ROLL}")
    assert [line.quantity for line in sale_of(view).lines] == [Quantity(-1000), Quantity(12000)]
    assert [line.amount for line in sale_of(view).lines] == [Money(-55), Money(540)]


def test_card_goes_back_to_card_and_cash_wants_the_right(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, COFFEE, method="card")
    till.start_return(receipt)
    view = till.start_checkout()
    (way,) = sale_of(view).refunds
    assert (way.method, way.amount, way.receipt) == ("card", Money(799), receipt)
    with pytest.raises(Refusal, match="right_missing"):
        till.tender("cash")
    with pytest.raises(Refusal, match="refund_exceeds"):
        till.refund("card", Money(800))
    view = till.refund("cash", approver="maria", pin="9999")
    assert view.last_sale is not None
    assert session.figures(open_desk.desk).expected == Money(10000 - 799)


def test_mixed_tenders_go_back_card_first_and_never_beyond_what_each_paid(
    open_desk: TestTill,
) -> None:
    till = open_desk.till
    till.scan(f"2*{COFFEE}")
    till.tender("card", Money(1000))
    till.tender("cash", Money(1000))
    till.start_return(1, {"1": "1"})
    view = till.start_checkout()
    assert [(way.method, way.amount) for way in sale_of(view).refunds] == [("card", Money(799))]
    till.refund()
    till.start_return(1)
    view = till.start_checkout()
    ways = [(way.method, way.amount) for way in sale_of(view).refunds]
    assert ways == [("card", Money(201)), ("cash", Money(598))]
    view = till.tender("card")
    assert sale_of(view).due == Money(-598)
    view = till.tender("cash")
    assert view.last_sale is not None and view.last_sale.total == Money(-799)


def test_goods_paid_by_card_do_not_become_cash_by_being_exchanged_twice(
    open_desk: TestTill,
) -> None:
    till = open_desk.till
    first = sell(open_desk, COFFEE, method="card")
    till.start_return(first)
    till.scan(COFFEE)
    assert till.tender("cash").last_sale is not None
    till.start_return(2, {"2": "1"})
    view = till.start_checkout()
    assert [(way.method, way.receipt) for way in sale_of(view).refunds] == [("card", first)]


def test_a_discount_comes_back_in_parts_to_the_cent(open_desk: TestTill) -> None:
    till = open_desk.till
    till.sign_in("maria", "9999")
    till.scan(f"3*{COFFEE}")
    till.scan(MILK)
    till.discount_sale(amount=Money(500), reason="Treue")
    paid = sale_of(till.start_checkout()).total
    till.tender("cash")
    parts = []
    for _ in range(3):
        till.start_return(1, {"1": "1"})
        closed = till.refund().last_sale
        assert closed is not None
        parts.append(closed.total)
    till.start_return(1)
    closed = till.refund().last_sale
    assert closed is not None
    assert Money.total([*parts, closed.total]) == -paid
    figures = session.figures(open_desk.desk)
    assert all(not (row.net or row.tax) for row in figures.taxes)
    assert "Nachlass vom Kauf" in document_text(open_desk.tray.papers[-1])


def test_weighed_goods_come_back_by_weight(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, f"0,735*{BANANA}")
    view = till.start_return(receipt, {"1": "0.5"})
    assert sale_of(view).total == Money(-124)
    till.refund()
    view = till.start_return(receipt)
    assert (sale_of(view).lines[0].quantity, sale_of(view).total) == (Quantity(-235), Money(-59))


def test_a_whole_receipt_is_voided_at_once(open_desk: TestTill) -> None:
    """The void names the receipt it takes back, which stays as it is (T-115, T-102)."""
    till = open_desk.till
    receipt = sell(open_desk, COFFEE, COLA)
    with pytest.raises(Refusal, match="return_reason"):
        till.void_receipt(receipt, " ")
    view = till.void_receipt(receipt, "Verrechnet")
    last = view.last_sale
    assert last is not None and (last.voids, last.total) == (receipt, Money(-1013))
    assert "STORNO zu Beleg Nr. 1" in document_text(open_desk.tray.papers[-1])
    figures = session.figures(open_desk.desk)
    assert (figures.turnover, figures.expected, figures.last_receipt) == (
        Money(0),
        Money(10000),
        2,
    )
    assert [(one.kind, one.count) for one in figures.returns] == [("void", 1)]
    for again in (receipt, last.number):
        with pytest.raises(Refusal, match="void_"):
            till.void_receipt(again, "nochmals")
    with pytest.raises(Refusal, match="void_of_return"):
        till.start_return(last.number)
    assert till.returnable(receipt).can_void is False
    assert all(finding.ok for finding in verify(open_desk.folder))


def test_a_void_is_of_this_session_and_of_untouched_receipts(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, f"2*{MILK}")
    till.start_return(receipt, {"1": "1"})
    with pytest.raises(Refusal, match="sale_in_the_way"):
        till.void_receipt(receipt, "x")
    till.refund()
    with pytest.raises(Refusal, match="void_partly_returned"):
        till.void_receipt(receipt, "x")
    other = sell(open_desk, MILK)
    till.close_session(counted=till.expected_cash())
    till.open_session()
    with pytest.raises(Refusal, match="void_other_session"):
        till.void_receipt(other, "x")
    view = till.start_return(other)
    assert sale_of(view).total == Money(-159)


def test_goods_without_receipt_want_right_and_reason(open_desk: TestTill) -> None:
    till = open_desk.till
    with pytest.raises(Refusal, match="right_missing"):
        till.return_product("1", "kein Bon")
    with pytest.raises(Refusal, match="return_reason"):
        till.return_product("1", "", approver="maria", pin="9999")
    view = till.return_product("3", "kein Bon", Quantity(2000), approver="maria", pin="9999")
    goods, deposit = sale_of(view).lines
    assert (goods.amount, deposit.amount, goods.receipt) == (Money(-378), Money(-50), 0)
    view = till.set_quantity(1, Quantity(1000))
    assert sale_of(view).total == Money(-214)
    till.tender("cash")
    assert "RETOURE ohne Beleg" in document_text(open_desk.tray.papers[-1])
    figures = session.figures(open_desk.desk)
    assert [(one.kind, one.amount) for one in figures.returns] == [("blind", Money(-214))]


def test_a_negative_quantity_turns_a_line_into_a_return(open_desk: TestTill) -> None:
    """With right and reason (T-047)."""
    till = open_desk.till
    till.scan(COLA)
    with pytest.raises(Refusal, match="return_reason"):
        till.set_quantity(1, Quantity(-2000))
    with pytest.raises(Refusal, match="right_missing"):
        till.set_quantity(1, Quantity(-2000), reason="Defekt")
    view = till.set_quantity(1, Quantity(-2000), "Defekt", "maria", "9999")
    assert [line.quantity for line in sale_of(view).lines] == [Quantity(-2000)] * 2
    assert (sale_of(view).total, sale_of(view).lines[0].comes_back) == (Money(-428), True)


def test_a_receipt_is_loaded_into_the_cart_again_at_the_prices_of_today(
    open_desk: TestTill,
) -> None:
    """What is gone from the catalogue joins the list beside the sale (T-102)."""
    till = open_desk.till
    till.sign_in("maria", "9999")
    till.scan(f"2*{COFFEE}")
    till.set_price(1, Money(100))
    till.scan(COLA)
    till.scan(CARTON)
    till.tender("cash")
    view = till.resell(1)
    assert [(line.name, line.quantity) for line in sale_of(view).lines if not line.deposit_of] == [
        ("Kaffee gemahlen 500 g", Quantity(2000)),
        ("Cola 0,5 l", Quantity(1000)),
        ("Kaffee gemahlen 500 g", Quantity(12000)),
    ]
    assert sale_of(view).total == Money(14 * 799 + 214)


def test_what_was_sold_without_tax_gives_none_back(open_desk: TestTill) -> None:
    """New goods beside it are taxed as at home; the paper names the reason (COMARCH-9)."""
    till = open_desk.till
    till.sign_in("maria", "9999")
    till.scan(f"2*{COFFEE}")
    till.set_customer("301")
    till.set_tax_free("U34, Pass")
    paid = till.tender("cash").last_sale
    assert paid is not None and paid.total == Money(1332)
    till.start_return(1, {"1": "1"})
    till.clear_customer()
    view = till.scan(MILK)
    assert (sale_of(view).total, sale_of(view).tax) == (Money(-666 + 159), Money(7))
    till.refund()
    figures = session.figures(open_desk.desk)
    assert [(row.rate, row.tax) for row in figures.taxes if row.gross] == [
        (490, Money(7)),
        (0, Money(0)),
    ]
    assert "Steuerfreie Ausfuhrlieferung" in document_text(open_desk.tray.papers[-1])


def test_a_cancelled_return_leaves_no_trace_in_the_numbers(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, COFFEE)
    till.start_return(receipt)
    till.cancel_sale("Kunde behält es")
    assert till.returnable(receipt).lines[0].left == Quantity(1000)
    kinds = [link.entry.kind for link in open_desk.store.journal()]
    assert Kind.GOODS_RETURNED in kinds
    assert [one.receipt_number for one in open_desk.store.sales_in(SaleState.CLOSED)] == [1]


def test_a_return_line_taken_off_again_is_no_voided_line_of_the_report(
    open_desk: TestTill,
) -> None:
    till = open_desk.till
    receipt = sell(open_desk, COFFEE, MILK)
    till.start_return(receipt)
    till.remove_line(1)
    till.refund()
    figures = session.figures(open_desk.desk)
    assert (figures.removed, figures.removed_value) == (0, Money(0))
    assert figures.turnover == Money(799)


def test_a_return_is_printed_again_as_it_was(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, COFFEE, method="card")
    till.start_return(receipt, reason="Defekt")
    till.refund()
    before = document_text(open_desk.tray.papers[-1])
    till.reprint()
    copy = open_desk.tray.papers[-1]
    assert copy.copy == 1 and "RETOURE zu Beleg Nr. 1" in document_text(copy)
    assert set(before.splitlines()) <= set(document_text(copy).splitlines())


def test_what_comes_back_bears_no_discount_of_today(open_desk: TestTill) -> None:
    till = open_desk.till
    receipt = sell(open_desk, COFFEE)
    till.sign_in("maria", "9999")
    till.start_return(receipt)
    till.scan(MILK)
    with pytest.raises(Refusal, match="return_price_fixed"):
        till.discount_line(1, amount=Money(100), reason="x")
    view = till.discount_sale(percent=Decimal(10), reason="x")
    assert [line.amount for line in sale_of(view).lines] == [Money(-799), Money(159)]
    assert sale_of(view).total == Money(-799 + 143)


class Silent:
    """An authority nobody reaches."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def unreachable(*_given: object) -> object:
            raise Unreachable

        return unreachable


def test_a_card_nobody_can_be_asked_about_waits_or_is_paid_out_by_right(
    open_desk: TestTill,
) -> None:
    till = open_desk.till
    till.issue_voucher("gift", amount=Money(5000), code="KARTE-0001")
    till.tender("cash")
    till.scan(COFFEE)
    till.redeem("KARTE-0001")
    till.start_return(2)
    open_desk.desk.authority = cast("BalanceAuthority", Silent())
    with pytest.raises(Refusal, match="voucher_offline"):
        till.refund()
    with pytest.raises(Refusal, match="right_missing"):
        till.refund("cash")
    assert till.refund("cash", approver="maria", pin="9999").last_sale is not None
    open_desk.desk.authority = None
    assert till.check_voucher("KARTE-0001").voucher is not None
