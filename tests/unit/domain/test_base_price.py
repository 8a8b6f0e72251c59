"""What a kilogram or a litre of packed goods costs (T-206)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.base_price import Content, base_price
from pos.domain.money import Money
from pos.domain.quantity import Quantity

GRAM = ("g", "kg", Decimal("0.001"))


def grams(amount: str) -> Content:
    return Content(Quantity.parse(amount), *GRAM)


@pytest.mark.parametrize(
    ("price", "content", "told"),
    [
        ("1.99", grams("400"), 498),  # 4.975: a tie goes up
        ("1.49", grams("75"), 1987),
        ("1.69", Content(Quantity.parse("0.5"), "l", "l"), 338),
        ("0.99", grams("3"), 33000),
        ("2.00", grams("1500"), 133),
        ("0", grams("100"), 0),
        ("-1.99", grams("400"), -498),
    ],
)
def test_the_base_price_is_rounded_half_up_to_the_cent(
    price: str, content: Content, told: int
) -> None:
    base = base_price(Decimal(price), content, "EUR")
    assert base is not None
    assert (base.price, base.per) == (Money(told), content.base)


@pytest.mark.parametrize(
    "content", [None, grams("1000"), grams("0"), Content(Quantity(1000), "l", "l")]
)
def test_none_is_told_where_it_says_nothing_more(content: Content | None) -> None:
    assert base_price(Decimal("1.99"), content, "EUR") is None


@given(st.integers(0, 10**9), st.integers(1, 10**7).filter(lambda grams: grams != 1_000_000))
def test_it_is_never_more_than_half_a_cent_off(cents: int, thousandths: int) -> None:
    content = Content(Quantity(thousandths), *GRAM)
    base = base_price(Decimal(cents).scaleb(-2), content, "EUR")
    assert base is not None
    exact = Decimal(cents) * 1000 * 1000
    assert abs(base.price.minor * thousandths - exact) * 2 <= thousandths
