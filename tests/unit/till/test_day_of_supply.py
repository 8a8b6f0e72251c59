"""A sale that waits is taxed as the day it is paid; its prices stay (§ 19 Abs. 2 UStG)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from pos.domain.money import Money
from pos.domain.quantity import ONE
from tests.support.catalogue import COFFEE, MILK, MemoryCatalogue
from tests.support.till import TestTill

EVENING = datetime(2026, 6, 30, 20, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 7, 1, 8, tzinfo=UTC)
"""Food is taxed with 10 % until June 2026 and with 4.9 % from July on."""


@pytest.fixture
def evening(desk: TestTill) -> TestTill:
    """Maria has milk in the cart on the last day of an old rate."""
    desk.clock.at = EVENING
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    desk.till.scan(MILK)
    return desk


def rates(desk: TestTill) -> list[int]:
    sale = desk.desk.sale or desk.desk.last_sale
    assert sale is not None
    return [line.tax_rate for line in sale.lines]


def last_rates(desk: TestTill) -> object:
    last = desk.store.last_entry()
    assert last is not None
    return last.entry.data.get("rates")


def test_a_parked_sale_has_the_rate_of_the_day_it_comes_back(evening: TestTill) -> None:
    till = evening.till
    till.park()
    evening.clock.at = NEXT_MORNING
    view = till.resume(till.view().parked[0].id)
    assert last_rates(evening) == [[1, 1000, 490]]
    assert view.sale is not None and view.sale.total == Money(159)
    till.scan(MILK)
    assert rates(evening) == [490]
    till.scan(COFFEE)
    till.tender("cash")
    assert rates(evening) == [490, 2000]


def test_payment_begins_at_the_rate_of_the_day(evening: TestTill) -> None:
    evening.clock.at = NEXT_MORNING
    evening.till.start_checkout()
    assert (rates(evening), last_rates(evening)) == ([490], [[1, 1000, 490]])
    evening.till.tender("cash")
    sale = evening.desk.last_sale
    assert sale is not None
    (group,) = sale.tax_groups
    assert (group.rate, sale.total) == (490, Money(159))


def test_without_included_tax_the_total_of_the_day_is_asked_for(evening: TestTill) -> None:
    """Where tax comes on top, another rate is another total, and all of it is taken."""
    sale = evening.desk.sale
    assert sale is not None
    lines = tuple(replace(line, tax_included=False) for line in sale.lines)
    evening.desk.sale = replace(sale, lines=lines)
    evening.clock.at = NEXT_MORNING
    evening.till.tender("cash")
    closed = evening.desk.last_sale
    assert closed is not None and closed.total == Money(167)


def test_what_goes_back_keeps_its_rate(evening: TestTill) -> None:
    """Goods, deposits and cards go back at the rate they were sold at."""
    till = evening.till
    till.issue_voucher("meal", amount=Money(6000))
    till.tender("cash")
    catalogue = evening.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    evening.clock.at = NEXT_MORNING
    till.start_return(1, {"1": str(ONE)})
    card = evening.store.cards.card(till.vouchers(limit=1)[0].card)
    meal = next(each for each in catalogue.programmes() if each.number == "meal")
    till.take_back_voucher(code=evening.desk.code_key.code(card.salt, meal.group))
    taxes = catalogue.tax_codes()
    risen = tuple(replace(rate, basis_points=2100) for rate in taxes["AT20"].rates)
    raised = taxes | {"AT20": replace(taxes["AT20"], rates=risen)}
    catalogue.tax_codes = lambda: raised  # type: ignore[method-assign]
    till.scan(COFFEE)
    till.start_checkout()
    assert rates(evening) == [1000, 2000, 2100]
