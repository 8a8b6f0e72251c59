"""What a price leaves over its cost, and where a category's rules come from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos.domain.margin import Margin, margin_of
from pos.domain.stock_category import StockCategory, path_of, put_away_of

TREE = {
    "G": StockCategory("G", "Bekleidung", put_away="regal"),
    "H": StockCategory("H", "Hosen", "G"),
    "J": StockCategory("J", "Jeans", "H", put_away="tisch"),
    "X": StockCategory("X", "Alt", "G", active=False),
    "Y": StockCategory("Y", "Sommer", "X"),
}


@pytest.mark.parametrize(
    ("price", "cost", "rate", "included", "amount", "share"),
    [
        ("12.00", "6.00", 2000, True, "4.00", 4000),
        ("10.00", "6.00", 2000, False, "4.00", 4000),
        ("79.90", "41.00", 2000, True, "25.58", 3842),
        ("5.00", "6.00", 0, True, "-1.00", -2000),
        ("0", "1.00", 2000, True, "-1.00", 0),
    ],
)
def test_margins_are_of_the_price_without_tax(
    price: str, cost: str, rate: int, included: bool, amount: str, share: int
) -> None:
    found = margin_of(Decimal(price), Decimal(cost), rate, tax_included=included)
    assert found == Margin(Decimal(amount), share)


def test_a_category_shows_with_all_above_it() -> None:
    """ "Bekleidung/Hosen" (ETRON-1); an inactive one isn't named (SRT-19)."""
    assert path_of(TREE, "H") == "Bekleidung/Hosen"
    assert path_of(TREE, "Y") == "Bekleidung/Sommer"
    assert path_of(TREE, "unknown") == ""


def test_goods_go_back_where_the_nearest_rule_says() -> None:
    """A rule holds for the categories below it, until one of them has its own (ETRON-8)."""
    assert put_away_of(TREE, "H") == "regal"
    assert put_away_of(TREE, "J") == "tisch"
    assert put_away_of({}, "H") == ""
