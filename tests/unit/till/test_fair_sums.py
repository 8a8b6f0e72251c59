"""What a customer pays can't be talked down: tax, prices below zero, labels, foreign money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import create_engine

from pos.domain.errors import Refusal
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.pricing import Base, Compute, PriceBook, PriceRule
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import LineItem
from pos.till.lookup import _at_label_price
from pos.till.prices import Prices
from pos.till.sale_views import LineView, SaleView
from tests.support.catalogue import BANANA, COFFEE, COLA, LISTS, MemoryCatalogue
from tests.support.till import TestTill


def code(body: str) -> str:
    return f"{body}{check_digit(body)}"


_PLAIN = LineItem(1, "4", "Bananen", ONE, "kg", Decimal("2.49"), "ATFOOD", 1000)
PRICE_LABEL, WEIGHT_LABEL = code("250004200399"), code("240004300250")
WEIGHED_PRICE_LABEL = code("250004300199")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[TestTill]:
    """Maria sells; the shop's labels name coffee 42 and bananas 43."""
    desk = TestTill(tmp_path)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    shop(desk).codes |= {"42": "1", "43": "4"}
    yield desk
    desk.close()


def shop(desk: TestTill) -> MemoryCatalogue:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def sale_of(desk: TestTill) -> SaleView:
    sale = desk.till.view().sale
    assert sale is not None
    return sale


def scanned(desk: TestTill, text: str) -> LineView:
    desk.till.scan(text)
    return sale_of(desk).lines[-1]


def test_a_voucher_taxed_when_sold_keeps_its_tax_in_a_tax_free_sale(manager: TestTill) -> None:
    """A single-purpose voucher may pay for goods that stay in the country (ETRON-35)."""
    manager.till.set_customer("301")
    manager.till.scan(COFFEE)
    manager.till.issue_voucher("meal", amount=Money(6000))
    manager.till.set_tax_free(proof="passport")
    goods, voucher = sale_of(manager).lines
    assert (goods.amount, voucher.amount) == (Money(666), Money(6000))
    sale = manager.desk.sale
    assert sale is not None
    taxed = {group.rate: group.amount.tax for group in sale.tax_groups}
    assert taxed == {2000: Money(1000), 0: Money(0)}


@pytest.mark.parametrize(
    "rule",
    [
        PriceRule("shop", "9", compute=Compute.FORMULA, surcharge=Decimal("-2.00")),
        PriceRule("shop", "9", compute=Compute.PERCENTAGE, discount=Decimal(150)),
        PriceRule("shop", "9", compute=Compute.FORMULA, base=Base.COST, surcharge=Decimal(-9)),
    ],
)
def test_no_rule_makes_a_price_below_zero(manager: TestTill, rule: PriceRule) -> None:
    """Whoever buys is never paid for it; the derivation says where the price was held."""
    catalogue = shop(manager)
    catalogue.goods["6"] = replace(catalogue.goods["6"], cost=Decimal("0.30"))
    catalogue.price_book = lambda: PriceBook(LISTS, [rule], {})  # type: ignore[method-assign]
    manager.desk.prices = Prices()
    manager.till.add_product("6", quantity=Quantity.of(10))
    sale = sale_of(manager)
    assert (sale.total, sale.lines[0].unit_price) == (Money(0), Decimal(0))
    assert manager.till.explain(1).steps[-1].kind == "floor"
    assert "Nie unter null" in [row.text for row in manager.till.explain_in_words(1)]
    with pytest.raises(Refusal, match="nothing_to_refund"):
        manager.till.refund()


def test_a_count_before_a_label_takes_so_many_packages(manager: TestTill) -> None:
    """Three packages cost and weigh three times what one label says (T-025, T-027)."""
    for text in (PRICE_LABEL, WEIGHT_LABEL, WEIGHED_PRICE_LABEL):
        one, three = scanned(manager, text), scanned(manager, f"3*{text}")
        assert three.quantity == one.quantity.times(Quantity.of(3))
        if text != WEIGHT_LABEL:
            assert three.amount.minor == 3 * one.amount.minor
    assert scanned(manager, f"3*]C1010{COFFEE}3922399").amount == Money(3 * 399)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        (code("250000400000"), "label_price"),
        (code("240000400000"), "label_weight"),
        (f"]C1010{BANANA}3103000000", "label_weight"),
        (f"]C1010{BANANA}3103000735\x1d3922000", "label_price"),
    ],
)
def test_a_label_that_says_nothing_sells_nothing(
    manager: TestTill, label: str, reason: str
) -> None:
    """What a scale prints before anything lies on it isn't given away (T-027, T-028)."""
    (unknown,) = manager.till.scan(label).unknown
    assert (unknown.reason, manager.desk.sale) == (reason, None)
    assert "Bananen" in unknown.text
    assert manager.till.read_test(label).problem == unknown.text


@pytest.mark.parametrize("label", [PRICE_LABEL, WEIGHT_LABEL, f"]C1010{BANANA}3103000735"])
def test_a_part_of_a_label_is_refused(manager: TestTill, label: str) -> None:
    for count in ("0,5", "0"):
        with pytest.raises(Refusal, match="label_count"):
            manager.till.scan(f"{count}*{label}")
    assert manager.desk.sale is None


def test_a_price_in_foreign_money_is_not_taken_for_ours(manager: TestTill) -> None:
    """GS1, AI 393x names its currency: 3.99 francs aren't 3.99 euros."""
    francs, euros = f"]d2010{COFFEE}39327563990", f"]d2010{COFFEE}3932978399"
    (unknown,) = manager.till.scan(francs).unknown
    assert (unknown.reason, manager.desk.sale) == ("label_currency", None)
    assert "CHF" in unknown.text
    assert "CHF" in manager.till.read_test(francs).problem
    assert manager.till.read_test(euros).problem == ""
    assert scanned(manager, euros).amount == Money(399)


def test_a_label_with_weight_and_price_keeps_both(manager: TestTill) -> None:
    """What was weighed leaves the stock; what stands on the label is paid."""
    line = scanned(manager, f"]C1010{BANANA}3103000735\x1d3922150")
    assert (line.quantity, line.amount) == (Quantity(735), Money(150))


@given(
    price=st.integers(0, 99_999).map(Money),
    labels=st.integers(1, 99).map(Quantity.of),
    weight=st.integers(1, 90_000).map(Quantity),
)
def test_what_labels_say_is_paid_to_the_cent(
    price: Money, labels: Quantity, weight: Quantity
) -> None:
    """However odd the weight, a label's amount survives its unit price and any count."""
    line = replace(_PLAIN, quantity=weight.times(labels), weighed=True, step=1)
    paid = _at_label_price(line, price.decimal, labels).amount("EUR")
    assert paid.minor == price.minor * labels.thousandths // ONE.thousandths


def test_a_deposit_never_goes_alone(manager: TestTill) -> None:
    """Striking it would sell every later piece without one, too."""
    till = manager.till
    till.scan(f"6*{COLA}")
    with pytest.raises(Refusal, match="deposit_follows"):
        till.remove_line(2)
    till.scan(COLA)
    assert sale_of(manager).lines[1].amount == Money(7 * 25)
    till.remove_line(1)
    assert sale_of(manager).total == Money(0)
    with pytest.raises(Refusal, match="deposit_follows"):
        till.restore_line(2)
    till.restore_line(1)
    assert sale_of(manager).total == Money(7 * (189 + 25))


@pytest.fixture
def office(manager: TestTill) -> TestTill:
    """A shop whose till takes money for the office's invoices."""
    catalogue = shop(manager)
    catalogue.goods["inv"] = replace(catalogue.goods["9"], number="inv", price=Decimal(0))
    told = replace(manager.desk.shop, invoice_product="inv")
    catalogue.shop = lambda: told  # type: ignore[method-assign]
    return manager


def test_an_invoice_is_paid_once(office: TestTill) -> None:
    """A payment that was taken back frees it again (T-039)."""
    till = office.till
    till.add_invoice("2026-118", Money(12990))
    till.park()
    till.add_invoice("2026-118", Money(12990))
    till.tender("cash")
    with pytest.raises(Refusal, match="invoice_paid") as refused:
        till.add_invoice(" 2026-118 ", Money(12990))
    assert refused.value.values["receipt"] == 1
    till.resume(till.view().parked[0].id)
    with pytest.raises(Refusal, match="invoice_paid"):
        till.tender("cash")
    till.cancel_sale("twice")
    till.void_receipt(1, reason="wrong invoice")
    till.add_invoice("2026-118", Money(12990))
    view = till.tender("cash")
    assert view.last_sale is not None and view.last_sale.number == 3


def test_a_paid_invoice_is_found_by_an_index(office: TestTill) -> None:
    """However many lines the till has sold."""
    with create_engine(f"sqlite:///{office.folder / 'till.db'}").connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT quantity FROM line_item"
            " WHERE json_extract(line_item.goods, '$.invoice') = ?",
            ("2026-118",),
        ).all()
    assert "ix_line_item_invoice" in str(plan)
