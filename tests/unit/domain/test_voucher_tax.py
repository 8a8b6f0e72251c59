from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.quantity import ONE
from pos.domain.stored_value.in_sale import Redemption, deduct, deductible
from pos.domain.tax import TaxGroup, TaxLine, TaxRounding, tax_table

NORMAL = Redemption("c", "****", "1", "Essen", tax_code="N", tax_rate=2000)


def line(minor: int, rate: int = 2000, code: str = "N") -> TaxLine:
    return TaxLine(Decimal(minor).scaleb(-2), ONE, rate, code=code)


def table(*lines: TaxLine) -> tuple[TaxGroup, ...]:
    return tax_table(lines, TaxRounding.PER_GROUP)


def figures(groups: tuple[TaxGroup, ...]) -> list[tuple[int, int, int]]:
    return [
        (group.amount.net.minor, group.amount.tax.minor, group.amount.gross.minor)
        for group in groups
    ]


def test_goods_paid_in_full_by_a_taxed_voucher_bear_no_tax_again() -> None:
    goods = table(line(6000))
    assert figures(goods) == [(5000, 1000, 6000)]
    assert figures(deduct(goods, NORMAL, Money(6000))) == [(0, 0, 0)]


def test_lines_rounded_each_for_itself_leave_no_cent_of_tax_behind() -> None:
    goods = table(line(2000), line(2000), line(2000))
    assert figures(goods) == [(5001, 999, 6000)]
    assert figures(deduct(goods, NORMAL, Money(6000))) == [(0, 0, 0)]


def test_a_part_takes_its_part_of_the_tax() -> None:
    goods = table(line(6000), line(1100, 1000, "L"))
    left = deduct(goods, NORMAL, Money(3000))
    assert figures(left) == [(2500, 500, 3000), (1000, 100, 1100)]


def test_a_card_takes_from_goods_of_its_own_tax_at_whatever_rate_today() -> None:
    food = Redemption("c", "****", "1", "Essen", tax_code="G", tax_rate=1000)
    goods = table(line(1049, 490, "G"), line(1100, 1000, "L"))
    assert deductible(goods, food) == Money(1049)
    assert figures(deduct(goods, food, Money(1049))) == [(1000, 100, 1100), (0, 0, 0)]
    other = table(line(1100, 1000, "L"), line(2000))
    assert deductible(other, food) == Money(1100)
    assert deductible(table(line(2000)), food) == Money(0)


@given(
    prices=st.lists(st.integers(1, 50_000), min_size=1, max_size=8),
    parts=st.lists(st.integers(1, 60_000), min_size=1, max_size=4),
)
def test_rows_add_up_and_never_go_below_zero(prices: list[int], parts: list[int]) -> None:
    groups = table(*(line(minor) for minor in prices))
    left = sum(prices)
    for part in parts:
        part = min(part, left)
        groups = deduct(groups, NORMAL, Money(part))
        left -= part
        amount = groups[0].amount
        assert amount.gross.minor == left
        assert amount.net.minor >= 0 and amount.tax.minor >= 0
