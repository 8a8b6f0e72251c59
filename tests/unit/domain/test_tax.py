"""Value added tax: what always holds, and the cases that have a name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.tax import (
    TaxAmount,
    TaxCategory,
    TaxCode,
    TaxLine,
    TaxPool,
    TaxRate,
    TaxRounding,
    document_total,
    line_amounts,
    tax_table,
)

prices = st.integers(-5_000_00, 5_000_00).map(lambda cents: Decimal(cents).scaleb(-2))
tax_lines = st.builds(
    TaxLine,
    unit_price=prices,
    quantity=st.integers(-50_000, 50_000).map(Quantity),
    rate=st.sampled_from([2000, 1300, 1000, 490, 0, 1900, 700]),
    tax_included=st.booleans(),
    discount=st.sampled_from([Decimal(0), Decimal("12.5"), Decimal("33.33"), Decimal(100)]),
    untaxed=st.booleans(),
)
documents = st.lists(tax_lines, max_size=12)
roundings = st.sampled_from(TaxRounding)


def line(
    price: str,
    quantity: str = "1",
    rate: int = 2000,
    included: bool = True,
    discount: str = "0",
    reduction: Money | None = None,
    untaxed: bool = False,
) -> TaxLine:
    return TaxLine(
        Decimal(price),
        Quantity.parse(quantity),
        rate,
        included,
        Decimal(discount),
        reduction,
        untaxed,
    )


def amount(net: str, tax: str) -> TaxAmount:
    return TaxAmount(Money.parse(net), Money.parse(tax))


@given(documents, roundings)
def test_vat_table_adds_up_to_the_total(lines: list[TaxLine], rounding: TaxRounding) -> None:
    table = tax_table(lines, rounding)
    total = document_total(lines, rounding)
    assert sum((group.amount for group in table), amount("0", "0")) == total


@given(documents, roundings)
def test_line_prices_with_tax_add_up_to_what_is_paid(
    lines: list[TaxLine], rounding: TaxRounding
) -> None:
    included = [each for each in lines if each.tax_included and not each.untaxed]
    paid = document_total(included, rounding).gross
    assert Money.total(each.price for each in included) == paid
    assert Money.total(line_amounts(each).gross for each in included) == paid


@given(documents)
def test_per_line_the_document_is_the_sum_of_its_lines(lines: list[TaxLine]) -> None:
    total = sum((line_amounts(each) for each in lines), amount("0", "0"))
    assert document_total(lines, TaxRounding.PER_LINE) == total


@given(st.lists(prices, min_size=1, max_size=12), st.sampled_from([2000, 1000, 490]))
def test_per_group_tax_is_the_exact_sum_rounded_once(net: list[Decimal], rate: int) -> None:
    lines = [TaxLine(price, Quantity(1000), rate, tax_included=False) for price in net]
    exact = sum(net, Decimal(0)) * rate / 10_000
    assert document_total(lines, TaxRounding.PER_GROUP).tax == Money.of(exact)


@given(documents, roundings)
def test_order_of_lines_does_not_matter(lines: list[TaxLine], rounding: TaxRounding) -> None:
    assert tax_table(lines, rounding) == tax_table(lines[::-1], rounding)


@given(documents, roundings)
def test_full_return_mirrors_the_sale(lines: list[TaxLine], rounding: TaxRounding) -> None:
    back = [
        TaxLine(each.unit_price, -each.quantity, each.rate, each.tax_included, each.discount)
        for each in lines
    ]
    there = [
        TaxLine(each.unit_price, each.quantity, each.rate, each.tax_included, each.discount)
        for each in lines
    ]
    sold, returned = document_total(there, rounding), document_total(back, rounding)
    assert (-sold.net, -sold.tax) == (returned.net, returned.tax)


def test_discount_reduces_the_unit_price_without_rounding_it() -> None:
    assert line_amounts(line("19.50", "0.135", discount="10")) == amount("1.98", "0.39")


def test_tax_not_in_the_price_is_rounded_once_a_group() -> None:
    lines = [line("4.63", "2", 1000, False, "20"), line("0.04", "1", 1000, False)]
    assert document_total(lines, TaxRounding.PER_LINE).tax == Money(74)
    assert document_total(lines, TaxRounding.PER_GROUP).tax == Money(75)


def test_sales_and_refunds_of_one_tax_are_rounded_apart() -> None:
    lines = [line("0.04", "1", 1000, False), line("0.06", "-1", 1000, False)]
    assert document_total(lines, TaxRounding.PER_GROUP).tax == Money(-1)
    assert document_total(lines, TaxRounding.PER_GROUP, TaxPool.TAX).tax == Money(0)


def test_reduction_comes_off_the_rounded_line_price() -> None:
    reduced = line("10.00", "3", reduction=Money(600))
    assert line_amounts(reduced) == amount("20.00", "4.00")


@pytest.mark.parametrize(("included", "price"), [(True, "120.00"), (False, "100.00")])
def test_untaxed_line_gives_up_the_tax_in_its_price(included: bool, price: str) -> None:
    exempt = line(price, included=included, untaxed=True)
    assert line_amounts(exempt) == amount("100.00", "0.00")
    [group] = tax_table([exempt], TaxRounding.PER_GROUP)
    assert (group.rate, group.tax_included) == (0, False)


def test_table_keeps_codes_apart_and_high_rates_first() -> None:
    lines = [
        TaxLine(Decimal("1.10"), Quantity(1000), 1000, code="food"),
        TaxLine(Decimal("1.10"), Quantity(1000), 1000, code="books"),
        TaxLine(Decimal("1.20"), Quantity(1000), 2000, code="normal"),
    ]
    codes = [group.code for group in tax_table(lines, TaxRounding.PER_GROUP)]
    assert codes == ["normal", "books", "food"]


def test_empty_document_is_zero_in_its_currency() -> None:
    assert document_total([], TaxRounding.PER_GROUP, currency="CHF").gross == Money(0, "CHF")


BASIC_FOOD = TaxCode(
    "basic",
    "Grundnahrungsmittel",
    (
        TaxRate(date(2026, 7, 1), 490, TaxCategory.SPECIAL),
        TaxRate(date(2000, 1, 1), 1000, TaxCategory.REDUCED_1),
    ),
)


@pytest.mark.parametrize(
    ("day", "basis_points", "category"),
    [
        (date(2026, 6, 30), 1000, TaxCategory.REDUCED_1),
        (date(2026, 7, 1), 490, TaxCategory.SPECIAL),
        (date(2030, 1, 1), 490, TaxCategory.SPECIAL),
    ],
)
def test_rate_of_the_day_of_supply(day: date, basis_points: int, category: TaxCategory) -> None:
    rate = BASIC_FOOD.rate_on(day)
    assert (rate.basis_points, rate.category) == (basis_points, category)


def test_day_before_the_first_rate_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        BASIC_FOOD.rate_on(date(1999, 12, 31))
    assert refused.value.code == "tax_rate_missing"
