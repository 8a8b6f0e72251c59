"""Discounts can't be stacked, or left to grow, beyond the limit of who answers for them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.quantity import ONE, Quantity
from pos.till.till import Till
from tests.support.catalogue import COFFEE, MILK, ROLL
from tests.support.till import TestTill

TEN = Decimal(10)


@pytest.fixture
def till(open_desk: TestTill, monkeypatch: pytest.MonkeyPatch) -> Till:
    """Anna and Tom may give 10 %, Maria anything; a coffee of 7.99 and a milk of 1.59."""
    people = tuple(
        one
        if one.number == "maria"
        else replace(one, rights=one.rights | {Right.DISCOUNT}, discount_limit=TEN)
        for one in open_desk.desk.catalogue.operators()
    )
    monkeypatch.setattr(open_desk.desk.catalogue, "operators", lambda: people)
    open_desk.till.sign_in("anna", "1111")
    open_desk.till.scan(COFFEE)
    open_desk.till.scan(MILK)
    return open_desk.till


def total(till: Till) -> Money:
    sale = till.view().sale
    assert sale is not None
    return sale.total


def test_ten_percent_twice_is_more_than_ten(till: Till) -> None:
    """A limit holds for line and sale together (T-050, T-051)."""
    till.discount_line(1, percent=TEN)
    for more in (TEN, Decimal("0.5")):
        with pytest.raises(Refusal, match="discount_limit_together"):
            till.discount_sale(percent=more)
    assert total(till) == Money(719 + 159)
    till.remove_discount(1)
    till.discount_sale(percent=TEN)
    with pytest.raises(Refusal, match="discount_limit_together"):
        till.discount_line(2, percent=Decimal(2))
    assert total(till) == Money(862)


def test_parts_of_the_limit_may_be_stacked(till: Till) -> None:
    till.discount_line(1, percent=Decimal(5))
    till.discount_sale(percent=Decimal(5))
    assert total(till) == Money(872)


def test_a_colleague_of_the_same_limit_doesnt_double_it(till: Till) -> None:
    till.discount_line(1, percent=TEN)
    with pytest.raises(Refusal, match="discount_limit_together"):
        till.discount_sale(percent=TEN, approver="tom", pin="2222")
    till.discount_sale(percent=TEN, approver="maria", pin="9999")
    assert total(till) == Money(790)


def test_a_managers_markdown_leaves_the_cashier_her_own(till: Till) -> None:
    till.discount_line(1, percent=Decimal(40), approver="maria", pin="9999")
    till.discount_sale(percent=TEN)
    assert total(till) == Money(574)
    till.tender("cash")
    assert till.view().last_sale is not None


def test_an_amount_doesnt_outgrow_the_limit_when_lines_leave(till: Till) -> None:
    till.discount_sale(amount=Money(95))
    till.remove_line(1)
    with pytest.raises(Refusal, match="discount_limit_together"):
        till.tender("cash")
    with pytest.raises(Refusal, match="discount_limit_together"):
        till.start_checkout()
    till.restore_line(1)
    till.tender("cash")
    assert till.view().last_sale is not None


def test_an_amount_doesnt_outgrow_the_limit_when_pieces_leave(till: Till) -> None:
    till.scan(f"10*{ROLL}")
    till.discount_line(3, amount=Money(45))
    till.set_quantity(3, ONE)
    with pytest.raises(Refusal, match="discount_limit_together"):
        till.tender("cash")
    till.discount_line(3, amount=Money(45), approver="maria", pin="9999")
    till.tender("cash")
    assert till.view().last_sale is not None


def test_the_full_limit_on_the_sale_is_never_refused(till: Till) -> None:
    """Shares are whole cents; no line is blamed for bearing another one's."""
    random = Random(4711)
    for _ in range(40):
        for _ in range(random.randint(0, 5)):
            code = random.choice((COFFEE, MILK, ROLL))
            till.scan(f"{random.randint(1, 9)}*{code}")
        till.set_quantity(1, Quantity(1000 * random.randint(1, 30)))
        sale = till.view().sale
        assert sale is not None
        most = (sale.total.minor * 10 + 50) // 100
        till.discount_sale(percent=TEN)
        till.discount_sale(amount=Money(most))
        till.start_checkout()
        till.back_to_sale()
        till.remove_discount()
