"""Kits as one line with parts, and empties that give their deposit back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import create_engine, text

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.goods import KitPart
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.tender import check_tender, settle
from pos.till import session
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from tests.support.catalogue import COFFEE, COLA, NORMAL, MemoryCatalogue, _product
from tests.support.till import TestTill


@pytest.fixture
def shop(open_desk: TestTill) -> TestTill:
    catalogue = open_desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    catalogue.empties = (catalogue.goods["9"],)
    catalogue.goods["40"] = _product("40", "Geschenkkorb", "29.90", NORMAL)
    catalogue.kits["40"] = (
        KitPart("1", "Kaffee", Quantity(1000), "Stk."),
        KitPart("4", "Bananen", Quantity(500), "kg"),
    )
    return open_desk


def sale_of(view: TillView) -> SaleView:
    assert view.sale is not None
    return view.sale


def test_a_kit_is_one_line_with_its_parts(shop: TestTill) -> None:
    """Several products under one number at one price (SRT-2, T-035)."""
    view = shop.till.add_product("40", Quantity(2000))
    (line,) = sale_of(view).lines
    assert line.amount == Money(5980)
    assert [(part.product, part.quantity) for part in line.goods.parts] == [
        ("1", Quantity(1000)),
        ("4", Quantity(500)),
    ]
    shop.till.tender("card")
    receipt = document_text(shop.tray.papers[-1])
    assert "2 Stk. Kaffee" in receipt and "1 kg Bananen" in receipt


def test_the_parcel_of_a_sale_names_the_parts_whose_stock_falls(shop: TestTill) -> None:
    """The parts leave the stock, not the kit (SRT-2)."""
    shop.till.add_product("40", Quantity(2000))
    shop.till.tender("card")
    engine = create_engine(f"sqlite:///{shop.folder / 'till.db'}")
    with engine.connect() as connection:
        body = json.loads(connection.execute(text("SELECT body FROM outbox")).scalar_one())
    engine.dispose()
    (line,) = body["lines"]
    assert line["quantity"] == 2000
    assert [(part["product"], part["quantity"]) for part in line["goods"]["parts"]] == [
        ("1", 1000),
        ("4", 500),
    ]


def test_empties_lower_the_total_and_are_taxed_by_themselves(shop: TestTill) -> None:
    shop.till.scan(COFFEE)
    view = shop.till.take_back_deposit("9", Quantity(4000))
    line = sale_of(view).lines[1]
    assert (line.quantity, line.amount, line.tax_rate) == (Quantity(-4000), Money(-100), 0)
    assert (sale_of(view).total, sale_of(view).pieces) == (Money(699), 1)
    view = shop.till.take_back_deposit("9")
    assert sale_of(view).lines[1].quantity == Quantity(-5000)


def test_goods_that_come_with_a_deposit_stand_for_it(shop: TestTill) -> None:
    shop.till.scan(COLA)
    view = shop.till.take_back_deposit("3")
    assert [line.product for line in sale_of(view).lines] == ["3", "9", "9"]
    assert sale_of(view).total == Money(189)


def test_what_has_no_deposit_gives_none_back(shop: TestTill) -> None:
    for number in ("1", "4711"):
        with pytest.raises(Refusal, match="no_deposit"):
            shop.till.take_back_deposit(number)
    assert shop.till.view().sale is None


def test_the_quantity_of_empties_is_typed_as_it_is_counted(shop: TestTill) -> None:
    shop.till.take_back_deposit("9")
    view = shop.till.set_quantity(1, Quantity(12000))
    assert sale_of(view).total == Money(-300)
    with pytest.raises(Refusal, match="quantity_not_positive"):
        shop.till.set_quantity(1, Quantity(0))


def test_nothing_but_empties_is_paid_out_in_cash(shop: TestTill) -> None:
    till = shop.till
    till.take_back_deposit("9", Quantity(10000))
    view = till.start_checkout()
    assert sale_of(view).due == Money(-250)
    with pytest.raises(Refusal, match="payout_in_cash"):
        till.tender("card")
    with pytest.raises(Refusal, match="payout_exact"):
        till.tender("cash", Money(100))
    view = till.tender("cash")
    assert view.last_sale is not None
    assert (view.last_sale.total, view.last_sale.change) == (Money(-250), Money(0))
    assert shop.tray.kicks == 1
    figures = session.figures(shop.desk)
    assert (figures.turnover, figures.expected) == (Money(-250), Money(9750))
    assert "−2,50" in document_text(shop.tray.papers[-1])


def test_a_payout_may_be_typed_as_it_is_handed_over(shop: TestTill) -> None:
    shop.till.take_back_deposit("9", Quantity(10000))
    assert shop.till.tender("cash", Money(250)).last_sale is not None


def test_no_more_is_paid_out_than_the_drawer_holds(shop: TestTill) -> None:
    shop.till.take_back_deposit("9", Quantity.of(500))
    with pytest.raises(Refusal, match="payout_exceeds_cash"):
        shop.till.tender("cash")


def test_a_discount_leaves_empties_alone(shop: TestTill) -> None:
    till = shop.till
    till.sign_in("maria", "9999")
    till.scan(COFFEE)
    till.take_back_deposit("9", Quantity(4000))
    view = till.discount_sale(amount=Money(99), reason="x")
    assert sale_of(view).total == Money(600)
    assert sale_of(view).lines[1].amount == Money(-100)


def test_a_payout_survives_a_power_cut_before_it(shop: TestTill) -> None:
    shop.till.take_back_deposit("9", Quantity(10000))
    shop.restart()
    line = sale_of(shop.till.view()).lines[0]
    assert (line.quantity, line.goods.take_back) == (Quantity(-10000), True)


def test_a_settlement_below_zero_owes_the_customer() -> None:
    owed = settle(Money(-250), ())
    assert (owed.due, owed.change) == (Money(-250), Money(0))
    with pytest.raises(Refusal, match="tender_amount"):
        check_tender(Money(-250), True, Money(100))
