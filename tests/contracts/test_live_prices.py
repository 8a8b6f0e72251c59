"""What every implementation of `LivePrices` keeps to (OXOMI-16).

A plug-in adds its own maker to MAKERS. The one here stands for a back office that answers on a lane
of its own: the till is never made to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pos.domain.display_prices import LivePrice
from pos.ports.live_prices import LivePrices

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


class BackOffice:
    """The far end: what is asked waits here until the test lets it be answered."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, str, Callable[[LivePrice], None]]] = []
        self.off_line = False

    def ask(self, product: str, customer: str, reply: Callable[[LivePrice], None]) -> None:
        if not self.off_line:
            self.waiting.append((product, customer, reply))

    def answer(self) -> None:
        waiting, self.waiting = self.waiting, []
        for number, (product, customer, reply) in enumerate(waiting):
            reply(LivePrice(Decimal(len(product) * 10 + len(customer) + number), AT))


class RememberedPrices:
    """The simplest true implementation: keeps the newest answer for each product and customer."""

    def __init__(self, office: BackOffice) -> None:
        self._office = office
        self._answers: dict[tuple[str, str], LivePrice] = {}

    def known(self, product: str, customer: str) -> LivePrice | None:
        if self._office.off_line:
            return None
        self._office.ask(product, customer, lambda price: self._keep((product, customer), price))
        return self._answers.get((product, customer))

    def _keep(self, key: tuple[str, str], price: LivePrice) -> None:
        self._answers[key] = price


MAKERS = {"remembered": RememberedPrices}


@pytest.fixture
def office() -> BackOffice:
    return BackOffice()


@pytest.fixture(params=MAKERS)
def prices(request: pytest.FixtureRequest, office: BackOffice) -> LivePrices:
    return MAKERS[request.param](office)


def test_the_first_look_finds_nothing_and_asks(prices: LivePrices, office: BackOffice) -> None:
    assert prices.known("11", "101") is None
    assert [each[:2] for each in office.waiting] == [("11", "101")]


def test_the_next_look_finds_the_answer_with_its_time(
    prices: LivePrices, office: BackOffice
) -> None:
    prices.known("11", "101")
    office.answer()
    assert prices.known("11", "101") == LivePrice(Decimal(23), AT)


def test_an_answer_counts_for_its_customer_alone(prices: LivePrices, office: BackOffice) -> None:
    prices.known("11", "101")
    office.answer()
    assert prices.known("11", "102") is None
    assert prices.known("12", "101") is None


def test_off_line_there_is_no_price_and_no_error(prices: LivePrices, office: BackOffice) -> None:
    prices.known("11", "101")
    office.answer()
    office.off_line = True
    assert prices.known("11", "101") is None
    office.off_line = False
    assert prices.known("11", "101") is not None
