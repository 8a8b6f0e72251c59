"""A new catalogue never changes prices inside an open sale; the next one has them (W-08)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.domain.pricing import PriceBook, PriceList, PriceRule
from pos.ports.catalogue import CatalogueState
from tests.support.catalogue import COFFEE, MILK
from tests.support.till import TestTill


@pytest.fixture
def swapped(open_desk: TestTill, monkeypatch: pytest.MonkeyPatch) -> TestTill:
    """A coffee is in the sale, then the till gets another list, where everything costs 1.00."""
    open_desk.till.scan(COFFEE)
    catalogue = open_desk.desk.catalogue
    profile, state = catalogue.till("1"), catalogue.state()
    assert profile is not None
    book = PriceBook([PriceList("new", "Neu")], [PriceRule("new", "1", price=Decimal(1))], {})
    later = CatalogueState(state.generation + 1, state.imported_at, state.products, state.codes)
    monkeypatch.setattr(catalogue, "price_book", lambda: book)
    monkeypatch.setattr(catalogue, "state", lambda: later)
    monkeypatch.setattr(catalogue, "till", lambda number: replace(profile, price_list="new"))
    return open_desk


def test_prices_in_the_cart_stay_as_they_are(swapped: TestTill) -> None:
    view = swapped.till.view()
    assert view.sale is not None
    assert view.sale.lines[0].unit_price == Decimal("7.99")
    view = swapped.till.scan(MILK)
    assert view.sale is not None
    assert view.sale.lines[0].unit_price == Decimal("7.99")


def test_the_tills_new_list_counts_from_the_next_sale_on(swapped: TestTill) -> None:
    """A till's list is a setting of the back office; it shows in the head (ETRON-45, T-194)."""
    swapped.till.tender("cash")
    view = swapped.till.scan(COFFEE)
    assert view.sale is not None
    assert view.price_list == "Neu"
    assert [line.unit_price for line in view.sale.lines] == [Decimal(1)]
