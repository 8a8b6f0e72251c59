"""A new catalogue's prices are made beside the sale: nobody waits for them or misses them."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos.app.window import RunningTill
from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.pricing import PriceBook
from pos.ports.catalogue import CatalogueState
from pos.runtime.bus import Event, TillChanged
from pos.storage.catalogue.importing import import_folder
from pos.till.prices import Prices
from pos.till.views import TillView
from tests.support.catalogue import MILK, MemoryCatalogue
from tests.support.shop import IMPORTED_AT, make_shop, write_shop

RULE = "number,list,scope,compute,product,price\n1,laden,product,fixed,2,0.99\n"


class Counter(MemoryCatalogue):
    """A catalogue that is imported anew when told, and counts how often its book is made."""

    def __init__(self) -> None:
        super().__init__()
        self.imports, self.made, self.broken = 1, 0, False

    def state(self) -> CatalogueState:
        return CatalogueState(self.imports, IMPORTED_AT, 1, 1)

    def price_book(self) -> PriceBook:
        if self.broken:
            raise Refusal("price_list_loop", lists="A → A")
        self.made += 1
        return super().price_book()


@pytest.fixture
def made_aside() -> tuple[Prices, Counter, list[str]]:
    """Prices whose books are made elsewhere, and how often that was asked for."""
    prices, catalogue, asked = Prices(), Counter(), list[str]()
    prices.book(catalogue)
    prices.aside = lambda: asked.append("please")
    return prices, catalogue, asked


def test_the_first_book_is_made_at_once(made_aside: tuple[Prices, Counter, list[str]]) -> None:
    _, catalogue, asked = made_aside
    assert (catalogue.made, asked) == (1, [])


def test_the_old_book_counts_until_the_new_one_is_there(
    made_aside: tuple[Prices, Counter, list[str]],
) -> None:
    prices, catalogue, asked = made_aside
    old = prices.book(catalogue)
    catalogue.imports = 2
    assert prices.book(catalogue) is prices.book(catalogue) is old
    assert (catalogue.made, asked) == (1, ["please"])
    prices.renew(catalogue)
    assert prices.book(catalogue) is not old
    catalogue.imports = 3
    prices.book(catalogue)
    assert (catalogue.made, asked) == (2, ["please", "please"])


def test_a_book_that_cannot_be_made_is_no_secret(
    made_aside: tuple[Prices, Counter, list[str]],
) -> None:
    prices, catalogue, _ = made_aside
    catalogue.imports, catalogue.broken = 2, True
    prices.book(catalogue)
    with pytest.raises(Refusal):
        prices.renew(catalogue)
    prices.failed()
    with pytest.raises(Refusal, match="price_list_loop"):
        prices.book(catalogue)
    catalogue.broken = False
    prices.book(catalogue)
    assert prices.generation == 2


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningTill]:
    running = RunningTill(make_shop(tmp_path / "data"), quiet=3600)
    yield running
    running.stop()


def test_an_import_while_selling_reaches_the_next_sale(running: RunningTill) -> None:
    """A sale goes on at its prices, the next one has the new ones (W-08)."""
    views: queue.Queue[TillView] = queue.Queue()

    def hear(event: Event) -> None:
        if isinstance(event, TillChanged) and isinstance(event.view, TillView):
            views.put(event.view)

    running.bus.subscribe(hear)
    till, folder = running.opened.till, running.opened.path
    till.sign_in("maria", "9999")
    till.open_session(Money(0))
    till.scan(MILK)
    before = till.view().prices_of
    import_folder(write_shop(folder / "exchange", price_rules=RULE), folder, IMPORTED_AT)
    sale = till.scan(f"2*{MILK}").sale
    assert sale is not None and sale.lines[0].unit_price == Decimal("1.59")
    while views.get(timeout=30).prices_of == before:
        pass
    till.tender("card")
    sale = till.scan(MILK).sale
    assert sale is not None and sale.lines[0].unit_price == Decimal("0.99")
