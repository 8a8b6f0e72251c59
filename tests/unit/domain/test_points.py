"""Points (T-129): earned by full amounts, shared over lines, taken back exactly, never below 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.points import (
    PointsFactor,
    PointsKind,
    PointsMove,
    PointsProgramme,
    PointsState,
    share_of,
    signed,
)
from pos.domain.quantity import Quantity

FACTORS = (
    PointsFactor(Decimal(2), category="wine"),
    PointsFactor(Decimal("1.5"), category="drinks"),
    PointsFactor(Decimal(0), product="paper"),
)
PROGRAMME = PointsProgramme("p", "Punkte", earn_points=1, earn_amount=100, factors=FACTORS)

paid = st.dictionaries(
    st.integers(1, 20),
    st.tuples(
        st.integers(-500, 90_000).map(Money),
        st.decimals(0, 5, places=2),
    ),
    max_size=8,
)


@given(paid, st.integers(1, 50), st.integers(1, 2_000))
def test_full_amounts_of_all_lines_together_earn(
    lines: dict[int, tuple[Money, Decimal]], earns: int, amount: int
) -> None:
    programme = PointsProgramme("p", "P", earn_points=earns, earn_amount=amount)
    found = programme.earned(lines)
    weight = sum(money.minor * factor for money, factor in lines.values() if money.minor > 0)
    assert sum(found.values()) == int(weight // amount) * earns
    assert all(points > 0 and lines[number][0].minor > 0 for number, points in found.items())
    assert all(lines[number][1] > 0 for number in found)


def test_the_nearest_factor_counts() -> None:
    assert PROGRAMME.factor_of("rum", ["wine", "drinks"]) == 2
    assert PROGRAMME.factor_of("cola", ["soft", "drinks"]) == Decimal("1.5")
    assert PROGRAMME.factor_of("paper", ["wine"]) == 0
    assert PROGRAMME.factor_of("bread", ["food"]) == PROGRAMME.factor_of("bread", []) == 1


@given(st.integers(0, 5_000), st.lists(st.integers(1, 5_000), min_size=1, max_size=6))
def test_parts_of_a_line_have_its_points_all_in_all(points: int, parts: list[int]) -> None:
    sold, back, total = Quantity(sum(parts)), Quantity(0), 0
    for part in parts:
        share = share_of(points, sold, back, Quantity(part))
        assert 0 <= share <= points
        back, total = back + Quantity(part), total + share
    assert total == points


steps = st.lists(
    st.tuples(st.sampled_from(list(PointsKind)), st.integers(1, 400)), min_size=1, max_size=30
)


@given(steps)
def test_an_account_is_never_below_zero_and_loses_nothing(
    moves: list[tuple[PointsKind, int]],
) -> None:
    state, total = PointsState(), 0
    for kind, points in moves:
        try:
            state = state.after(kind, points)
        except Refusal:
            assert kind in TAKING and points > state.balance
            continue
        total += signed(kind, points)
        assert state.balance >= 0 and state.owed >= 0 and 0 in (state.balance, state.owed)
        assert state.balance - state.owed == total


TAKING = (PointsKind.SPEND, PointsKind.EXPIRE)


def test_what_is_owed_comes_off_the_next_points() -> None:
    state = PointsState(30).after(PointsKind.TAKE_BACK, 50)
    assert state == PointsState(0, 20)
    assert state.after(PointsKind.EARN, 15) == PointsState(0, 5)
    assert state.after(PointsKind.CORRECT, 25) == PointsState(5, 0)
    with pytest.raises(Refusal, match="points_not_enough"):
        PointsState(5).after(PointsKind.CORRECT, -6)


def test_a_move_is_kept_as_it_is() -> None:
    move = PointsMove(PointsKind.EARN, "101", "p", "Punkte", 5, ((1, 2), (3, 3)))
    assert PointsMove.read(move.record()) == move
