"""Turnover by category and tax adds up to the receipts, whatever rounding does (ETRON-7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.bookings import bookings
from pos.domain.money import Money
from pos.domain.quantity import ONE
from pos.domain.tax import TaxLine, TaxRounding, line_amounts, tax_table

CATEGORIES = {"1": "A", "2": "A", "3": "B"}


def line(product: str, amount: int, code: str = "N", rate: int = 2000) -> dict[str, Any]:
    return {"product": product, "amount": amount, "tax_code": code, "tax_rate": rate}


def test_each_category_at_each_tax_stands_by_itself() -> None:
    sale = {
        "lines": [line("1", 120), line("2", 240), line("3", 110, "L", 1000), line("9", 120)],
        "taxes": [["N", 2000, 400, 80, 480], ["L", 1000, 100, 10, 110]],
    }
    rows = bookings([sale], CATEGORIES, "EUR")
    assert [(row.category, row.tax_code, row.net, row.tax) for row in rows] == [
        ("", "N", Money(100), Money(20)),
        ("A", "N", Money(300), Money(60)),
        ("B", "L", Money(100), Money(10)),
    ]


def test_turnover_that_vouchers_take_back_has_no_category() -> None:
    sale = {"lines": [line("1", 6000)], "taxes": [["N", 2000, 0, 0, 0]]}
    rows = bookings([sale], CATEGORIES, "EUR")
    assert {row.category: row.gross for row in rows} == {"A": Money(6000), "": Money(-6000)}


amounts = st.integers(min_value=1, max_value=99_999)
lines = st.tuples(st.sampled_from("1239"), amounts, st.sampled_from([("N", 2000), ("L", 490)]))
receipts = st.lists(lines, min_size=1, max_size=8)


@given(st.lists(receipts, max_size=6), st.sampled_from(TaxRounding))
def test_the_bookings_are_the_receipts(days: list[list[Any]], rounding: TaxRounding) -> None:
    sales = [_sale(receipt, rounding) for receipt in days]
    rows = bookings(sales, CATEGORIES, "EUR")
    for place in (2, 3):
        told = sum(tax[place] for sale in sales for tax in sale["taxes"])
        found = Money.total((row.net if place == 2 else row.tax for row in rows), "EUR")
        assert found.minor == told
    gross = sum(tax[4] for sale in sales for tax in sale["taxes"])
    assert Money.total((row.gross for row in rows), "EUR").minor == gross


def _sale(receipt: list[Any], rounding: TaxRounding) -> dict[str, Any]:
    """A sale of prices without tax, where rounding leaves cents over."""
    taxed = [
        (product, TaxLine(Decimal(cents).scaleb(-2), ONE, rate, tax_included=False, code=code))
        for product, cents, (code, rate) in receipt
    ]
    return {
        "lines": [
            line(product, line_amounts(each).gross.minor, each.code, each.rate)
            for product, each in taxed
        ],
        "taxes": [
            [group.code, group.rate, amount.net.minor, amount.tax.minor, amount.gross.minor]
            for group in tax_table([each for _, each in taxed], rounding)
            for amount in (group.amount,)
        ],
    }
