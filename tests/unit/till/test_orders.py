"""Orders: crashes, loading twice, files that come twice, and what may become of a line (T-075)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.order import OfficeOrder, OrderedLine, OrderState
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import SaleState
from pos.domain.tax import TaxCategory, TaxCode, TaxRate
from pos.storage.verify import verify
from tests.storage.till.raw import raw
from tests.support.catalogue import CARTON, COFFEE, COLA, MILK, MemoryCatalogue
from tests.support.till import TestTill
from tests.unit.till.test_crash import Fuse, PowerCut

WEB = OfficeOrder(
    "W-1",
    name="Berta Berg",
    placed=datetime(2026, 11, 22, 19, tzinfo=UTC),
    lines=(
        OrderedLine(1, "1", Quantity.of(2), price=Decimal("6.50"), shop_category="w9"),
        OrderedLine(2, "3", ONE, text="Cola, gut gekühlt"),
    ),
)


def catalogue_of(desk: TestTill) -> MemoryCatalogue:
    """The back office's copy, to be changed by a test."""
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def state_of(desk: TestTill, number: str) -> OrderState:
    """Where an order stands in the till's records."""
    record = desk.store.orders.record(number)
    assert record is not None
    return record.state


@pytest.fixture
def web(open_desk: TestTill) -> TestTill:
    """An open till with an order of the web shop."""
    catalogue_of(open_desk).ordered["W-1"] = WEB
    return open_desk


@pytest.mark.parametrize(
    ("point", "state"),
    [
        ("after_order_loaded", OrderState.IN_WORK),
        ("after_tender_added", OrderState.IN_WORK),
        ("before_reserve", OrderState.IN_WORK),
        ("after_reserve", OrderState.SETTLED),
        ("after_seal", OrderState.SETTLED),
        ("after_commit", OrderState.SETTLED),
    ],
)
def test_a_cut_leaves_an_order_in_one_sale_or_settled(
    tmp_path: Path, point: str, state: OrderState
) -> None:
    fuse = Fuse()
    desk = TestTill(tmp_path, fuse)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(0))
    desk.till.scan(COFFEE)
    desk.till.make_order("Berg")
    fuse.point = point
    with pytest.raises(PowerCut):
        desk.till.load_order("A1-1")
        desk.till.tender("card", Money(100))
        desk.till.tender("card")
    fuse.point = ""
    till = desk.restart()
    assert state_of(desk, "A1-1") is state
    assert (till.view().sale is None) is (state is OrderState.SETTLED)
    till.sign_in("anna", "1111")
    if state is OrderState.IN_WORK:
        with pytest.raises(Refusal, match="sale_in_the_way"):
            till.load_order("A1-1")
        till.tender("card")
    with pytest.raises(Refusal, match="order_done"):
        till.load_order("A1-1")
    assert len(desk.store.sales_in(SaleState.CLOSED)) == 1
    assert all(finding.ok for finding in verify(tmp_path))
    desk.close()


@pytest.mark.parametrize("point", ["after_reserve", "after_seal"])
def test_a_cut_loses_nothing_of_what_stays_ordered(tmp_path: Path, point: str) -> None:
    """The rest is one order, made with the receipt whoever finishes it (T-075)."""
    fuse = Fuse()
    desk = TestTill(tmp_path, fuse)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(0))
    desk.till.scan(f"6*{COLA}")
    desk.till.make_order("Berg")
    desk.till.load_order("A1-1")
    desk.till.leave_ordered(1, Quantity.of(4))
    fuse.point = point
    with pytest.raises(PowerCut):
        desk.till.tender("card")
    fuse.point = ""
    till = desk.restart()
    (rest,) = desk.store.orders.waiting()
    assert (rest.number, rest.made_by, rest.state) == ("A1-2", "anna", OrderState.OPEN)
    till.sign_in("anna", "1111")
    assert till.orders()[0].total == Money(4 * (189 + 25))
    with raw(tmp_path) as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM outbox").scalars().all()
    told = [json.loads(str(body)) for body in bodies]
    assert [each["rest_of"] for each in told if "rest_of" in each] == ["A1-1"]
    assert all(finding.ok for finding in verify(tmp_path))
    desk.close()


@pytest.mark.parametrize(("point", "orders"), [("after_order_made", 1), ("after_line_added", 0)])
def test_a_cut_while_an_order_is_made_keeps_the_sale_or_the_order(
    tmp_path: Path, point: str, orders: int
) -> None:
    fuse = Fuse()
    desk = TestTill(tmp_path, fuse)
    desk.till.sign_in("anna", "1111")
    desk.till.open_session(Money(0))
    fuse.point = point
    with pytest.raises(PowerCut):
        desk.till.scan(COFFEE)
        desk.till.make_order("Berg")
    view = desk.restart().view()
    assert len(desk.store.orders.waiting()) == orders
    assert (view.sale is None) is bool(orders)
    desk.close()


def test_an_order_of_a_parked_sale_is_not_loaded_again(web: TestTill) -> None:
    web.till.load_order("W-1")
    web.till.park("Berg")
    with pytest.raises(Refusal, match="order_in_work"):
        web.till.load_order("W-1")
    web.restart()
    catalogue_of(web).ordered["W-1"] = WEB
    web.till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="order_in_work"):
        web.till.load_order("W-1")


def test_an_import_that_comes_again_changes_nothing_of_what_is_settled(web: TestTill) -> None:
    web.till.load_order("W-1")
    web.till.tender("card")
    catalogue_of(web).ordered["W-1"] = replace(WEB, name="Geändert")
    assert not web.till.orders()
    with pytest.raises(Refusal, match="order_done"):
        web.till.load_order("W-1")
    with pytest.raises(IntegrityError, match="settled once"), web.store.begin() as work:
        record = web.store.orders.record("W-1")
        assert record is not None
        work.save_order(replace(record, state=OrderState.OPEN, sale=""))


def test_an_order_the_office_takes_back_is_gone_but_not_from_the_sale(web: TestTill) -> None:
    sale = web.till.load_order("W-1").sale
    assert sale is not None and sale.total == Money(2 * 650 + 189 + 25)
    catalogue_of(web).ordered.clear()
    web.till.cancel_sale("nein")
    assert not web.till.orders()
    with pytest.raises(Refusal, match="no_such_order"):
        web.till.load_order("W-1")


def test_agreed_prices_stay_while_lists_change_all_else(web: TestTill) -> None:
    """Coffee was agreed on; cola costs what it does today, at the tax of the day of supply."""
    catalogue = catalogue_of(web)
    catalogue.goods["1"] = replace(catalogue.goods["1"], price=Decimal("9.99"))
    catalogue.goods["3"] = replace(catalogue.goods["3"], price=Decimal("2.10"))
    sale = web.till.load_order("W-1").sale
    assert sale is not None
    coffee, cola, deposit = sale.lines
    assert (coffee.unit_price, coffee.price_source) == (Decimal("6.50"), "order")
    assert coffee.goods.shop_category == "w9"
    assert (cola.name, cola.unit_price) == ("Cola, gut gekühlt", Decimal("2.10"))
    assert deposit.deposit_of == cola.number
    assert [step.kind for step in web.till.explain(1).steps] == ["order"]
    reset = web.till.reset_price(1).sale
    assert reset is not None and reset.lines[0].unit_price == Decimal("9.99")


def test_the_tax_is_that_of_the_day_it_is_settled(open_desk: TestTill) -> None:
    open_desk.till.scan(MILK)
    open_desk.till.make_order("Berg")
    taxes = catalogue_of(open_desk)
    code = taxes.goods["2"].tax_code
    rates = (TaxRate(date(2000, 1, 1), 777, TaxCategory.REDUCED_1),)
    known = taxes.tax_codes() | {code: TaxCode(code, "neu", rates)}
    taxes.tax_codes = lambda: known  # type: ignore[method-assign]
    open_desk.till.load_order("A1-1")
    assert open_desk.desk.sale is not None
    assert open_desk.desk.sale.lines[0].tax_rate == 777


def test_what_is_left_out_is_told_to_the_office_and_settles_nothing_else(web: TestTill) -> None:
    web.till.load_order("W-1")
    web.till.remove_line(2)
    web.till.tender("card")
    assert state_of(web, "W-1") is OrderState.SETTLED
    with raw(web.folder) as connection:
        parcel = connection.exec_driver_sql("SELECT body FROM outbox WHERE kind = 'sale'").scalar()
    assert json.loads(str(parcel))["orders"] == [{"number": "W-1", "left_out": ["3"]}]


def test_an_order_nothing_was_taken_of_waits_again(web: TestTill) -> None:
    web.till.load_order("W-1")
    web.till.remove_line(1)
    web.till.remove_line(2)
    web.till.scan(MILK)
    web.till.tender("card")
    assert state_of(web, "W-1") is OrderState.OPEN
    assert [each.number for each in web.till.orders("berta")] == ["W-1"]


def test_what_is_not_sold_any_more_is_named_beside_the_sale(web: TestTill) -> None:
    catalogue_of(web).goods.pop("3")
    assert web.till.orders()[0].unsellable == 1
    view = web.till.load_order("W-1")
    assert view.sale is not None and [line.product for line in view.sale.lines] == ["1"]
    assert [each.reason for each in view.unknown] == ["product_inactive"]


def test_an_order_keeps_packagings_discounts_and_what_was_typed(open_desk: TestTill) -> None:
    till = open_desk.till
    till.sign_in("maria", "9999")
    till.scan(CARTON)
    till.discount_line(1, Decimal(10))
    till.discount_sale(None, Money(500))
    till.set_note("liefern")
    before = till.view().sale
    till.make_order("Berg", slip=False)
    after = till.load_order("A1-1").sale
    assert before is not None and after is not None
    assert after.total == before.total
    assert after.lines[0].packaging == "Karton"
    assert (after.note, after.label, after.order) == ("liefern", "Berg", "A1-1")


def test_what_belongs_to_this_moment_is_no_order(open_desk: TestTill) -> None:
    till = open_desk.till
    till.issue_voucher("gift", amount=Money(5000))
    with pytest.raises(Refusal, match="order_not_this"):
        till.make_order("Berg")
    assert till.view().sale is not None
    till.cancel_sale()
    till.scan(COLA)
    till.remove_line(1)
    with pytest.raises(Refusal, match="nothing_to_order"):
        till.make_order("Berg")


def test_the_receipt_names_the_order(web: TestTill) -> None:
    web.till.load_order("W-1")
    web.till.tender("card")
    receipt = next(paper for paper in web.tray.papers if paper.kind == "receipt")
    assert any("Auftrag W-1" in getattr(block, "text", "") for block in receipt.blocks)
