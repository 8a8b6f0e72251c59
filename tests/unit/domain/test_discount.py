"""Discounts: no cent lost, no line below nothing, no right outdone."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos.domain.discount import (
    AmountOff,
    Discount,
    DiscountRight,
    PercentOff,
    amount_off,
    check_right,
    spread,
)
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.tax import TaxLine, TaxRounding, document_total, tax_table

moneys = st.integers(-5_000, 50_000).map(Money)
price_lists = st.lists(moneys, min_size=1, max_size=20)
percentages = st.decimals("0.01", 100, places=2)


def payable(prices: list[Money]) -> Money:
    return Money.total(price for price in prices if price.minor > 0)


def refusal_of(discount: Discount, *prices: Money) -> str:
    with pytest.raises(Refusal) as refused:
        spread(discount, prices)
    return refused.value.code


@given(price_lists, percentages)
def test_shares_of_a_percentage_add_up_to_it(prices: list[Money], percent: Decimal) -> None:
    assume(payable(prices))
    shares = spread(PercentOff(percent), prices)
    assert Money.total(shares) == amount_off(PercentOff(percent), payable(prices))


@given(price_lists, st.data())
def test_shares_of_an_amount_add_up_to_it(prices: list[Money], data: st.DataObject) -> None:
    assume(payable(prices))
    amount = Money(data.draw(st.integers(1, payable(prices).minor)))
    shares = spread(AmountOff(amount), prices)
    assert Money.total(shares) == amount
    assert all(Money(0) <= share for share in shares)
    assert all(share <= max(price, Money(0)) for share, price in zip(shares, prices, strict=True))


@given(price_lists, percentages)
def test_each_share_is_within_a_cent_of_its_proportion(
    prices: list[Money], percent: Decimal
) -> None:
    assume(payable(prices))
    total = payable(prices)
    off = amount_off(PercentOff(percent), total)
    for share, price in zip(spread(PercentOff(percent), prices), prices, strict=True):
        exact = Decimal(off.minor) * max(price.minor, 0) / total.minor
        assert abs(share.minor - exact) < 1


@given(
    st.lists(
        st.tuples(st.integers(1, 50_000), st.sampled_from([2000, 1000, 490])),
        min_size=1,
        max_size=20,
    ),
    percentages,
    st.sampled_from(TaxRounding),
)
def test_sale_falls_by_the_discount_and_so_does_its_vat_table(
    lines: list[tuple[int, int]], percent: Decimal, rounding: TaxRounding
) -> None:
    prices = [Money(minor) for minor, _ in lines]
    shares = spread(PercentOff(percent), prices)
    reduced = [
        TaxLine(price.decimal, Quantity(1000), rate, reduction=share)
        for price, share, (_, rate) in zip(prices, shares, lines, strict=True)
    ]
    total = document_total(reduced, rounding).gross
    assert total == Money.total(prices) - amount_off(PercentOff(percent), Money.total(prices))
    by_rate: dict[int, Money] = defaultdict(lambda: Money(0))
    for price, share, (_, rate) in zip(prices, shares, lines, strict=True):
        by_rate[rate] += price - share
    assert {each.rate: each.amount.gross for each in tax_table(reduced, rounding)} == by_rate


def test_odd_cents_go_to_the_largest_remainders() -> None:
    shares = spread(AmountOff(Money(100)), [Money(1000), Money(1000), Money(1001)])
    assert [share.minor for share in shares] == [33, 33, 34]


def test_lines_that_bear_nothing_take_no_share() -> None:
    prices = [Money(1000), Money(0), Money(-500)]
    assert spread(AmountOff(Money(300)), prices) == (Money(300), Money(0), Money(0))
    assert refusal_of(AmountOff(Money(1)), Money(0), Money(-500)) == "discount_nothing"


def test_percentage_off_a_return_gives_less_back() -> None:
    assert amount_off(PercentOff(Decimal(10)), Money(-999)) == Money(-100)


@pytest.mark.parametrize(
    ("discount", "code"),
    [
        (PercentOff(Decimal(0)), "discount_percent"),
        (PercentOff(Decimal(-5)), "discount_percent"),
        (PercentOff(Decimal("100.01")), "discount_percent"),
        (AmountOff(Money(0)), "discount_amount"),
        (AmountOff(Money(1001)), "discount_amount"),
    ],
)
def test_senseless_discount_is_refused(discount: Discount, code: str) -> None:
    assert refusal_of(discount, Money(1000)) == code


@pytest.mark.parametrize(
    ("discount", "granted"),
    [
        (PercentOff(Decimal(10)), True),
        (PercentOff(Decimal("10.01")), False),
        (AmountOff(Money(100)), True),
        (AmountOff(Money(101)), False),
    ],
)
def test_limit_holds_for_percent_and_amount_alike(discount: Discount, granted: bool) -> None:
    right = DiscountRight(Decimal(10))
    if granted:
        check_right(discount, Money(999), right)
        return
    with pytest.raises(Refusal) as refused:
        check_right(discount, Money(999), right)
    assert refused.value.code == "discount_limit"


@pytest.mark.parametrize("discount", [PercentOff(Decimal("0.01")), AmountOff(Money(1))])
def test_no_right_grants_nothing(discount: Discount) -> None:
    with pytest.raises(Refusal):
        check_right(discount, Money(999), DiscountRight(Decimal(0)))


def test_reason_is_asked_for_where_the_shop_wants_it() -> None:
    right = DiscountRight(Decimal(50), reason_needed=True)
    check_right(PercentOff(Decimal(5)), Money(999), right, "dented")
    with pytest.raises(Refusal) as refused:
        check_right(PercentOff(Decimal(5)), Money(999), right, " ")
    assert refused.value.code == "discount_reason"
