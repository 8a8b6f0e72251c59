"""Discounts on lines and on the sale: the parts sum to the whole, and tax follows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.domain.balance import (
    Off,
    balance,
    full_amount,
    prices_to_discount,
    reductions,
    sale_reduction,
)
from pos.domain.customer import TaxFree, TaxStatus
from pos.domain.discount import AmountOff, Granted, InsteadOff, LineDiscount, PercentOff
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem, Sale
from pos.domain.tax import TaxRounding

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EUR = "EUR"

amounts = st.integers(1, 20_000).map(Money)
percentages = st.decimals("0.01", 100, places=2)
discounts: st.SearchStrategy[LineDiscount] = st.one_of(
    percentages.map(PercentOff), amounts.map(AmountOff)
)
line_discounts: st.SearchStrategy[LineDiscount] = st.one_of(discounts, amounts.map(InsteadOff))


def granted(discount: LineDiscount | None) -> Granted | None:
    return None if discount is None else Granted(discount, "maria", "dented")


@st.composite
def lines(draw: st.DrawFn, number: int, *, included: bool | None = None) -> LineItem:
    unit_price = Decimal(draw(st.integers(0, 99_999))).scaleb(-2)
    public = draw(st.one_of(st.none(), st.just(unit_price + Decimal("1.90"))))
    return LineItem(
        number=number,
        product=str(number),
        name="Ware",
        quantity=Quantity(draw(st.sampled_from([1000, 3000, 335, 12000]))),
        unit="Stk.",
        unit_price=unit_price,
        tax_code=draw(st.sampled_from(["N", "L"])),
        tax_rate=draw(st.sampled_from([2000, 1000, 490, 0])),
        tax_included=draw(st.booleans()) if included is None else included,
        removed=draw(st.booleans()) and number > 1,
        public_price=public,
        discount=granted(draw(st.one_of(st.none(), line_discounts))),
    )


@st.composite
def sales(draw: st.DrawFn, *, included: bool | None = None, tax_free: bool = False) -> Sale:
    count = draw(st.integers(1, 8))
    free = TaxFree(TaxStatus.THIRD_COUNTRY, "maria", "Pass") if tax_free else None
    return Sale(
        id="s",
        till="1",
        session=1,
        operator="anna",
        opened_at=AT,
        business_date=date(2026, 11, 23),
        rounding=draw(st.sampled_from(TaxRounding)),
        lines=tuple(draw(lines(number, included=included)) for number in range(1, count + 1)),
        discount=granted(draw(st.one_of(st.none(), discounts))),
        tax_free=free,
    )


@given(sales())
def test_parts_of_a_discount_sum_to_it(sale: Sale) -> None:
    balanced = balance(sale)
    payable = sum(price.minor for price in prices_to_discount(sale).values())
    shares = sum(line.share for line in balanced.lines)
    match sale.discount:
        case Granted(discount=AmountOff(amount=amount)):
            assert shares == min(amount.minor, payable)
        case Granted(discount=PercentOff(percent=percent)):
            assert abs(Decimal(payable) * percent / 100 - shares) <= Decimal("0.5")
        case _:
            assert shares == 0


@given(sales(included=True))
def test_a_sale_falls_by_its_discount_to_the_cent(sale: Sale) -> None:
    """Where prices hold their tax, what is taken off is what the customer saves."""
    reduction, balanced = sale_reduction(balance(sale)), balance(sale)
    saved = Money.total(Money(line.share) for line in balanced.lines)
    assert (reduction.amount if reduction else Money(0)) == saved


@given(sales())
def test_what_is_shown_of_a_line_adds_up(sale: Sale) -> None:
    for line in balance(sale).active_lines:
        shown = full_amount(line, EUR)
        for reduction in reductions(line, EUR):
            shown -= reduction.amount
        assert shown == replace(line, share=0).amount(EUR)


@given(st.one_of(sales(), sales(tax_free=True)))
def test_net_and_tax_make_the_gross_of_every_group_and_of_the_whole(sale: Sale) -> None:
    balanced = balance(sale)
    groups = balanced.tax_groups
    assert all(group.amount.net + group.amount.tax == group.amount.gross for group in groups)
    assert balanced.total == Money.total(group.amount.gross for group in groups)
    assert all(line.amount(EUR).minor >= 0 for line in balanced.active_lines)
    if sale.tax_free:
        assert not any(group.amount.tax for group in groups)


@given(sales())
def test_balancing_twice_changes_nothing(sale: Sale) -> None:
    assert balance(balance(sale)) == balance(sale)


def line(number: int = 1, **fields: object) -> LineItem:
    plain = LineItem(number, "1", "Kaffee", Quantity(1000), "Stk.", Decimal("5.40"), "N", 2000)
    return replace(plain, **fields)


def sale_of(*held: LineItem, **fields: object) -> Sale:
    plain = Sale("s", "1", 1, "anna", AT, date(2026, 11, 23), lines=held)
    return balance(replace(plain, **fields))


def test_a_shown_discount_costs_the_same_as_one_inside_the_price() -> None:
    """ETRON-57: 3.50 the one way, 5.40 and −1.90 the other."""
    inside = line(unit_price=Decimal("3.50"))
    shown = replace(inside, public_price=Decimal("5.40"))
    assert sale_of(inside).total == sale_of(shown).total == Money(350)
    assert full_amount(shown, EUR) == Money(540)
    assert [(each.kind, each.amount) for each in reductions(shown, EUR)] == [(Off.LIST, Money(190))]


def test_instead_is_a_price_for_each_unit() -> None:
    reduced = line(quantity=Quantity(3000), discount=granted(InsteadOff(Money(500))))
    assert sale_of(reduced).total == Money(1500)
    assert reductions(reduced, EUR)[0].amount == Money(120)


def test_a_price_below_the_one_instead_costs_no_more_for_it() -> None:
    assert sale_of(line(discount=granted(InsteadOff(Money(600))))).total == Money(540)


def test_an_amount_takes_no_more_than_there_is_and_comes_back() -> None:
    much = granted(AmountOff(Money(700)))
    two = sale_of(line(1), line(2), discount=much)
    assert two.total == Money(380)
    one = balance(replace(two, lines=(two.lines[0], replace(two.lines[1], removed=True))))
    assert one.total == Money(0)
    assert balance(replace(one, lines=two.lines)).total == Money(380)


def test_deposits_bear_nothing() -> None:
    deposit = line(2, deposit_of=1, unit_price=Decimal("0.25"))
    half = sale_of(line(1), deposit, discount=granted(PercentOff(Decimal(50))))
    assert [each.share for each in half.lines] == [270, 0]


def test_tax_freedom_takes_the_tax_out_of_the_price() -> None:
    """COMARCH-9: 120.00 at home, 100.00 within the Union and beyond."""
    free = TaxFree(TaxStatus.INTRA_COMMUNITY, "maria", "CMR")
    sale = sale_of(line(unit_price=Decimal("120.00")), tax_free=free)
    assert sale.total == Money(10000)
    assert [(each.kind, each.amount) for each in reductions(sale.lines[0], EUR)] == [
        (Off.TAX, Money(2000))
    ]
    assert [(group.code, group.rate) for group in sale.tax_groups] == [("N", 0)]


def test_a_discounted_line_takes_no_other_goods_in() -> None:
    reduced = line(discount=granted(PercentOff(Decimal(10))))
    assert not reduced.merges_with(line())
    assert line().merges_with(line())


@pytest.mark.parametrize(
    "discount",
    [PercentOff(Decimal("12.5")), AmountOff(Money(150)), InsteadOff(Money(99, "CHF"))],
)
def test_a_grant_is_read_back_as_it_was_written(discount: LineDiscount) -> None:
    grant = Granted(discount, "maria", "Delle")
    assert Granted.read(grant.record()) == grant
