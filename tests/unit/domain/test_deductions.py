"""Coupons and points on a sale: the parts sum to the whole to the cent, and tax follows (T-129)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.domain.balance import (
    Off,
    balance,
    deduction_facts,
    prices_to_discount,
    reach_of,
    sale_reduction,
    whole_reductions,
    whole_shares,
)
from pos.domain.deduction import Deduction, Source
from pos.domain.discount import AmountOff, PercentOff
from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale
from tests.unit.domain.test_balance import AT, amounts, lines, percentages, sales

FIVE = AmountOff(Money(500))


@st.composite
def coupons(draw: st.DrawFn) -> Deduction:
    return Deduction(
        Source.COUPON,
        draw(st.sampled_from(["A", "B"])),
        "Coupon",
        draw(st.one_of(percentages.map(PercentOff), amounts.map(AmountOff))),
        minimum=draw(st.sampled_from([0, 0, 3000])),
        lines=draw(st.one_of(st.none(), st.sets(st.integers(1, 5)).map(lambda s: tuple(s)))),
    )


points = st.builds(
    Deduction,
    st.just(Source.POINTS),
    st.just("p"),
    st.just("Punkte"),
    st.integers(1, 2000).map(lambda minor: AmountOff(Money(minor))),
    points=st.sampled_from([1, 100]),
    steps=st.integers(1, 40),
)


@st.composite
def reduced(draw: st.DrawFn) -> Sale:
    sale = draw(sales(included=True))
    fixed = draw(st.sets(st.integers(1, 5)))
    marked = tuple(
        replace(line, goods=replace(line.goods, fixed_price=line.number in fixed))
        for line in sale.lines
    )
    taken = [*draw(st.lists(coupons(), max_size=2)), *draw(st.lists(points, max_size=1))]
    return balance(replace(sale, lines=marked, deductions=tuple(taken)))


@given(reduced())
def test_what_comes_off_leads_from_the_lines_to_the_total(sale: Sale) -> None:
    whole = replace(sale, lines=tuple(replace(line, share=0) for line in sale.lines))
    off = Money.total((each.amount for each in whole_reductions(sale)), sale.currency)
    assert whole.total - off == sale.total
    groups = Money.total((group.amount.gross for group in sale.tax_groups), sale.currency)
    assert groups == sale.total
    in_lines = Money.total((line.amount(sale.currency) for line in sale.active_lines), "EUR")
    assert in_lines == sale.total


@given(reduced())
def test_no_line_bears_more_than_it_costs(sale: Sale) -> None:
    prices = prices_to_discount(sale)
    for line in sale.lines:
        if line.number not in prices:
            assert line.share == 0
            continue
        assert 0 <= line.share <= max(prices[line.number].minor, 0)
    assert sum(line.share for line in sale.active_lines) == sum(
        shares.total() for shares in whole_shares(sale)
    )


@given(reduced())
def test_each_stays_within_what_it_counts_for(sale: Sale) -> None:
    by_hand = 1 if sale.discount else 0
    assert (sale_reduction(sale) is None) is (by_hand == 0)
    for deduction, shares in zip(sale.deductions, whole_shares(sale)[by_hand:], strict=True):
        if deduction.lines is not None:
            assert set(+shares) <= set(deduction.lines)
        if reach_of(sale, deduction).minor < deduction.minimum:
            assert not shares.total()
        if deduction.source is Source.POINTS:
            assert isinstance(deduction.discount, AmountOff)
            step = deduction.discount.amount.minor
            assert not shares.total() % step and shares.total() <= step * deduction.steps


@given(reduced())
def test_the_journal_is_told_what_took_something_off(sale: Sale) -> None:
    facts = deduction_facts(sale)
    for each in (one for one in whole_reductions(sale) if one.kind is Off.POINTS):
        assert bool(each.amount) is bool(each.points)
    assert all(fact["off"] for fact in facts)
    assert [Deduction.read(each.record()) for each in sale.deductions] == list(sale.deductions)


@given(lines(1, included=True), lines(2, included=True))
def test_points_come_off_last(first: LineItem, second: LineItem) -> None:
    """A percentage is of what the goods cost, not of what points leave of it."""
    plain = Sale("s", "1", 1, "anna", AT, AT.date(), lines=(first, second))
    coupon = Deduction(Source.COUPON, "A", "A", PercentOff(Decimal(10)))
    spent = Deduction(Source.POINTS, "p", "P", FIVE, points=100, steps=1)
    alone = whole_reductions(balance(replace(plain, deductions=(coupon,))))
    both = whole_reductions(balance(replace(plain, deductions=(coupon, spent))))
    assert both[0] == alone[0]
