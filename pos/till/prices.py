"""Prices at this till: the book of all lists, and the price of each line in the sale."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import datetime

from pos.domain.customer import Customer
from pos.domain.pricing import PriceAnswer, PriceBook, PriceContext, PricedProduct, Pricer
from pos.domain.product import PosCategory, Product, ProductTile
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import LineItem, Sale
from pos.ports.catalogue import Catalogue
from pos.ports.clock import Clock


class Prices:
    """The price book of the catalogue in place, shared by the till's lane and the search lane.

    A new catalogue's prices count from the next sale on; prices in an open sale stay (W-08).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._book = PriceBook([], [], {})

    def book(self, catalogue: Catalogue) -> PriceBook:
        """The book of the catalogue's generation, read anew after an import."""
        generation = catalogue.state().generation
        with self._lock:
            if generation != self._generation:
                self._book = catalogue.price_book()
                self._generation = generation
            return self._book


def pricer_for(catalogue: Catalogue, prices: Prices, till: str, at: datetime) -> Pricer:
    """Prices as this till gives them to somebody unknown (ETRON-45)."""
    profile, shop = catalogue.till(till), catalogue.shop()
    context = PriceContext(
        at=at,
        till_list=profile.price_list if profile else "",
        country=shop.country if shop else "",
    )
    return Pricer(prices.book(catalogue), context)


def priced(product: Product) -> PricedProduct:
    """What the price rules need to know of a product."""
    return PricedProduct(product.number, product.price, product.cost, product.category)


def note_of(answer: PriceAnswer) -> str:
    """The derivation of a price, for the journal."""
    return json.dumps(answer.record(), ensure_ascii=False, sort_keys=True)


def reprice(sale: Sale, product: Product, pricer: Pricer) -> Sale:
    """Price all lines of a product by the pieces of it in the sale; manual prices stay.

    A carton and single pieces of the same goods reach a tier together (ETRON-29).
    """
    mine = [line for line in sale.active_lines if line.product == product.number]
    pieces = Quantity(sum(line.quantity.thousandths for line in mine))
    if not pieces.thousandths:
        return sale
    answer = pricer.price(priced(product), pieces)
    return replace(sale, lines=tuple(_tagged(line, product, answer) for line in sale.lines))


def _tagged(line: LineItem, product: Product, answer: PriceAnswer) -> LineItem:
    if line.product != product.number or line.removed or line.is_priced:
        return line
    return replace(
        line,
        unit_price=answer.unit_price,
        price_source=answer.source.value,
        price_note=note_of(answer),
    )


class PricedShelves:
    """The catalogue's tiles and search rows with this till's prices on them; for one thread.

    Implements `pos.ports.catalogue.Shelves`.
    """

    def __init__(self, catalogue: Catalogue, prices: Prices, till: str, clock: Clock) -> None:
        self._catalogue, self._prices = catalogue, prices
        self._till, self._clock = till, clock

    def pos_categories(self, parent: str = "", language: str = "") -> tuple[PosCategory, ...]:
        """The till categories under `parent`."""
        return self._catalogue.pos_categories(parent, language)

    def category_path(self, number: str, language: str = "") -> tuple[PosCategory, ...]:
        """A till category with all above it."""
        return self._catalogue.category_path(number, language)

    def products_in(self, category: str, offset: int, limit: int) -> tuple[ProductTile, ...]:
        """A page of a till category's products."""
        return self._tag(self._catalogue.products_in(category, offset, limit))

    def search(self, text: str, offset: int, limit: int) -> tuple[ProductTile, ...]:
        """A page of products a text finds."""
        return self._tag(self._catalogue.search(text, offset, limit))

    def customers(self, text: str, offset: int, limit: int) -> tuple[Customer, ...]:
        """A page of customers a text finds."""
        return self._catalogue.customers(text, offset, limit)

    def close(self) -> None:
        """Let the database go."""
        self._catalogue.close()

    def _tag(self, tiles: tuple[ProductTile, ...]) -> tuple[ProductTile, ...]:
        at = self._clock.now()
        pricer = pricer_for(self._catalogue, self._prices, self._till, at)
        return tuple(
            replace(tile, price=pricer.price(priced(tile.product), ONE).unit_price)
            for tile in tiles
        )
