"""What the till asks about goods beyond number, name and price."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from pos.domain.code_rules import CodeRule
from pos.domain.display_prices import Agreement, PriceKind, PriceType, SurfaceSetting
from pos.domain.facts import Fact, GoodsKind, Related
from pos.domain.goods import KitPart
from pos.domain.product import Packaging, Product, Tag, Unit
from pos.domain.quantity import Quantity
from pos.domain.stock_category import Categories
from pos.domain.variants import Template
from pos.ports.partners import Partnership


class StockAt(Struct, frozen=True):
    """How much of an article is at a place, and when that was so (C23)."""

    place: str
    name: str
    quantity: Quantity
    at: datetime


class Paper(Struct, frozen=True):
    """A document that goes with goods: a file in the folder `documents` (SRT-6).

    `path` is where this machine keeps its copy, empty where it has none.
    """

    file: str
    name: str
    path: str = ""


class FilterValue(Struct, frozen=True):
    """A value a search may be narrowed to; `colour` is "#rrggbb" or empty."""

    number: str
    name: str
    colour: str = ""


class Filter(Struct, frozen=True):
    """An attribute that narrows a search, with the values the found goods offer (ETRON-21)."""

    number: str
    name: str
    values: tuple[FilterValue, ...]


class WebCategory(Struct, frozen=True):
    """A category of the online shop. Hidden there, it hides nothing at the till (ETRON-11)."""

    number: str
    name: str
    parent: str = ""
    hidden: bool = False
    website: str = ""
    picture: str = ""


class PackageType(Struct, frozen=True):
    """A parcel for shipping (ETRON-31): sides in millimetres, `maximum` in kilograms, 0 for any."""

    number: str
    name: str
    length: int
    width: int
    height: int
    maximum: Quantity


class Serial(Struct, frozen=True):
    """A serial number or lot the catalogue knows, oldest first (ETRON-2)."""

    number: str
    place: str = ""
    expiry: date | None = None
    available: bool = True


class Details(Struct, frozen=True):
    """What is told of a product, in one language.

    Attributes:
        long_text: HTML that was cleaned at import.
        maker: name of who makes it; `own` where it is the shop itself.
        codes: as people know them, in the order of their file.
        supplier_codes: supplier's name and its code.
        put_away: name of the place it goes back to, its own or its category's (ETRON-8).
        web_categories: names, of those that aren't hidden.
    """

    short_text: str = ""
    long_text: str = ""
    maker: str = ""
    own: bool = True
    weight: Quantity | None = None
    put_away: str = ""
    kind: GoodsKind = GoodsKind.GOODS
    keywords: str = ""
    url: str = ""
    web_categories: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    pictures: tuple[str, ...] = ()
    documents: tuple[Paper, ...] = ()
    facts: tuple[Fact, ...] = ()
    supplier_codes: tuple[tuple[str, str], ...] = ()


class PricesOnShow(Struct, frozen=True):
    """What `shown_price` needs to know of one article."""

    types: dict[str, PriceType]
    prices: dict[str, Decimal]
    agreements: dict[str, Agreement] | None
    surfaces: dict[str, SurfaceSetting]


class Goods(Protocol):
    """The part of the catalogue that tells of goods. Texts come in the asked language where the
    catalogue has them, else in the shop's (SRT-21).
    """

    def product_name(self, number: str, language: str) -> str:
        """What a product is called in a language; empty where it has no name of its own in it."""

    def has_choices(self, product: str) -> bool:
        """Whether something is to be chosen of a product."""

    def template(self, product: str, language: str = "") -> Template | None:
        """What is to be chosen of a product; None for one without variants and options."""

    def unit(self, code: str) -> Unit | None:
        """A unit, active or not."""

    def units_like(self, code: str) -> tuple[Unit, ...]:
        """The active units a quantity in this unit can be given in, the unit itself first."""

    def packagings_of(self, product: str) -> tuple[Packaging, ...]:
        """The packagings of a product, those only bought too, the smallest first."""

    def kit(self, product: str, language: str = "") -> tuple[KitPart, ...]:
        """The parts of a kit; none for anything else."""

    def package_types(self, language: str = "") -> tuple[PackageType, ...]:
        """The parcels of this shop, in the order of their file."""

    def deposits(self) -> tuple[Product, ...]:
        """The deposits goods come with, by price: what empties are taken back as."""

    def code_rules(self) -> tuple[CodeRule, ...]:
        """The shop's own rules for its codes, in order; none leaves it to the country's."""

    def product_of_serial(self, number: str) -> str:
        """The number of the one product with this serial number; empty where there is none."""

    def serials(self, product: str, place: str = "") -> tuple[Serial, ...]:
        """Serial numbers and lots of a product in the order they should go: by the removal rule
        of its category, `place` being where the till stands (ETRON-2).
        """

    def names_of(self, products: Collection[str], language: str) -> dict[str, str]:
        """What products are called in a language, those that have a name of their own in it."""

    def filters_of(self, products: Collection[str], language: str = "") -> tuple[Filter, ...]:
        """What a search that found these products may be narrowed by (ETRON-21)."""

    def stock_categories(self, language: str = "") -> Categories:
        """All product categories, by number."""

    def tags_of(self, products: Collection[str], language: str = "") -> dict[str, tuple[Tag, ...]]:
        """The tags of a page of products, by product."""

    def stock_counts(self, articles: Collection[str]) -> dict[str, dict[str, Quantity]]:
        """How much of each product or variant is at which place, by article and place."""

    def details(self, product: str, language: str = "", variant: str = "") -> Details:
        """What is told of a product; codes are those of the variant, if one is named."""

    def put_away(self, product: str, language: str = "") -> str:
        """Name of the place a product goes back to; empty where no rule says (ETRON-8)."""

    def copy_of(self, file: str) -> str:
        """Where this machine keeps its copy of a document; empty where it has none (SRT-6)."""

    def related(self, product: str) -> tuple[tuple[Related, Product], ...]:
        """Active goods that go with a product, in the order they are shown."""

    def stock(self, article: str, language: str = "") -> tuple[StockAt, ...]:
        """Where a product or variant is in stock."""

    def partnerships(self, language: str = "") -> tuple[Partnership, ...]:
        """What was agreed with makers about shown prices, by maker and kind."""

    def price_kinds(self) -> dict[str, PriceKind]:
        """What each kind of shown prices is to the trade, by its number."""

    def makers(self) -> frozenset[str]:
        """The numbers of all who deliver or make goods."""

    def surfaces(self, language: str = "") -> tuple[tuple[SurfaceSetting, str], ...]:
        """What each surface shows, with the name of its kind of price."""

    def prices_on_show(self, product: str, language: str = "") -> PricesOnShow:
        """The shown prices of a product, and who allowed what."""
