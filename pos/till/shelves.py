"""The catalogue's tiles and search rows as one till shows them: its categories, its prices."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from pos.domain.customer import Customer
from pos.domain.panel import Feature
from pos.domain.product import PosCategory, ProductTile
from pos.ports.catalogue import Catalogue
from pos.ports.clock import Clock
from pos.ports.goods import Filter
from pos.till.prices import Prices, pricer_for, rates_of
from pos.till.seen_prices import SeenPrices
from pos.till.variant_tiles import tiles_of


class PricedShelves:
    """The catalogue's tiles and search rows with this till's prices on them; for one thread.

    Implements `pos.ports.catalogue.Shelves`.
    """

    def __init__(self, catalogue: Catalogue, prices: Prices, till: str, clock: Clock) -> None:
        self._catalogue, self._prices = catalogue, prices
        self._till, self._clock = till, clock

    def pos_categories(self, parent: str = "", language: str = "") -> tuple[PosCategory, ...]:
        """The till categories under `parent`; at the top those of this till, from whatever level,
        those of the top first (T-022).
        """
        found = self._catalogue.pos_categories(parent, language)
        profile = self._catalogue.till(self._till)
        if parent or profile is None or not profile.categories:
            return found
        own = [category for category in found if category.number in profile.categories]
        known = {category.number for category in own}
        for number in profile.categories:
            path = self._catalogue.category_path(number, language)
            if path and not any(step.number in known for step in path):
                own.append(path[-1])
        return tuple(own)

    def category_path(self, number: str, language: str = "") -> tuple[PosCategory, ...]:
        """A till category with all above it."""
        return self._catalogue.category_path(number, language)

    def products_in(
        self,
        category: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """A page of a till category's products."""
        return self._tag(self._catalogue.products_in(category, offset, limit, language, values))

    def search(
        self,
        text: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """A page of products a text finds."""
        return self._tag(self._catalogue.search(text, offset, limit, language, values))

    def filters_of(self, products: Collection[str], language: str = "") -> tuple[Filter, ...]:
        """What a search that found these products may be narrowed by."""
        return self._catalogue.filters_of(products, language)

    def spread(
        self,
        tiles: tuple[ProductTile, ...],
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """The tiles as this till shows them: as they are, or one for each variant (T-030)."""
        profile = self._catalogue.till(self._till)
        if profile is None or profile.pick_variants:
            return tiles
        prices = self._seen()
        return tuple(
            each for tile in tiles for each in self._each_variant(tile, prices, language, values)
        )

    def _each_variant(
        self, tile: ProductTile, prices: SeenPrices, language: str, values: Collection[str]
    ) -> Iterable[ProductTile]:
        number = tile.product.number
        template = self._catalogue.template(number, language) if tile.chosen else None
        return (tile,) if template is None else tiles_of(tile, template, prices, values)

    def customers(
        self, text: str, offset: int, limit: int, *, archived: bool = False
    ) -> tuple[Customer, ...]:
        """A page of customers a text finds, of the archived ones where those are asked for."""
        return self._catalogue.customers(text, offset, limit, archived=archived)

    def renew_prices(self) -> None:
        """Make the price book of a new catalogue here, while the till goes on selling."""
        self._prices.renew(self._catalogue)

    def close(self) -> None:
        """Let the database go."""
        self._catalogue.close()

    def _tag(self, tiles: tuple[ProductTile, ...]) -> tuple[ProductTile, ...]:
        prices, asked = self._seen(), self._asked_amounts()
        return tuple(
            replace(self._tagged(tile, prices), open_price=tile.product.number in asked)
            for tile in tiles
        )

    def _seen(self) -> SeenPrices:
        """This till's prices for the customer it serves, without tax where they show so."""
        at, catalogue = self._clock.now(), self._catalogue
        pricer = pricer_for(catalogue, self._prices, self._till, at, *self._prices.terms)
        rates = rates_of(catalogue, catalogue.shop(), at)
        return SeenPrices(pricer, rates, self._prices.net)

    def _asked_amounts(self) -> set[str]:
        """What has no price of its own: vouchers of any amount, invoices of other systems."""
        shop = self._catalogue.shop()
        vouchers = {each.product for each in self._catalogue.programmes()}
        free = {
            number
            for number, product in self._catalogue.products(vouchers).items()
            if not product.price
        }
        return free | ({shop.invoice_product} if shop else set())

    def _asks(self) -> bool:
        """Whether goods with variants ask which one (T-207)."""
        shop = self._catalogue.shop()
        return shop is None or Feature.VARIANTS not in shop.without

    def _tagged(self, tile: ProductTile, prices: SeenPrices) -> ProductTile:
        template = self._catalogue.template(tile.product.number) if self._asks() else None
        if template is None:
            return replace(tile, price=prices.one(tile.product))
        return replace(tile, price=prices.least(tile.product, template), chosen=True)
