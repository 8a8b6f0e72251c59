"""What is set aside of an order: whole packagings only, or broken ones too."""

from __future__ import annotations

import pytest

from pos.domain.quantity import Quantity
from pos.domain.reservation import Reservation, reserved


@pytest.mark.parametrize(
    ("stock", "whole", "broken"),
    [
        ("160", "100", "160"),
        ("99", "0", "99"),
        ("200", "200", "200"),
        ("500", "200", "200"),
        ("0", "0", "0"),
        ("-4", "0", "0"),
    ],
)
def test_two_packs_of_a_hundred(stock: str, whole: str, broken: str) -> None:
    """Order 2 × 100, stock 160: "whole" reserves 100, "broken" reserves 160 (ETRON-3)."""
    order = Quantity.of(2), Quantity.of(100), Quantity.parse(stock)
    assert reserved(*order, Reservation.WHOLE) == Quantity.parse(whole)
    assert reserved(*order, Reservation.BROKEN) == Quantity.parse(broken)
