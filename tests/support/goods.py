"""What the shop of the tests tells of its goods: nothing, until a test says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from msgspec.structs import replace

from pos.domain.code_rules import CodeRule
from pos.domain.display_prices import PriceKind, SurfaceSetting
from pos.domain.facts import Related
from pos.domain.goods import KitPart
from pos.domain.product import Product, Tag, Unit
from pos.domain.quantity import Quantity
from pos.domain.stock_category import Categories, StockCategory
from pos.domain.variants import Template
from pos.ports.goods import Details, Filter, PackageType, PricesOnShow, Serial, StockAt
from pos.ports.partners import Partnership

PIECE = Unit("pc", "Stk.", 1000)
KILO = Unit("kg", "kg", 1)
GRAM = Unit("g", "g", 1000, Decimal("0.001"))


class MemoryGoods:
    """Implements `pos.ports.goods.Goods`; tests fill what they need."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], str] = {}
        self.templates: dict[str, Template] = {}
        self.kits: dict[str, tuple[KitPart, ...]] = {}
        self.parcels: tuple[PackageType, ...] = ()
        self.empties: tuple[Product, ...] = ()
        self.rules: tuple[CodeRule, ...] = ()
        self.known_serials: dict[str, tuple[Serial, ...]] = {}
        self.told: dict[str, Details] = {}
        self.goes_with: dict[str, tuple[tuple[Related, Product], ...]] = {}
        self.stocks: dict[str, tuple[StockAt, ...]] = {}
        self.categories: dict[str, StockCategory] = {}
        self.filters: tuple[Filter, ...] = ()
        self.copies: dict[str, str] = {}
        self.partners: tuple[Partnership, ...] = ()
        self.shown_where: tuple[tuple[SurfaceSetting, str], ...] = ()
        self.on_show: dict[str, PricesOnShow] = {}
        self.units = (PIECE, KILO, GRAM)

    def product_name(self, number: str, language: str) -> str:
        return self.names.get((number, language), "")

    def has_choices(self, product: str) -> bool:
        return product in self.templates

    def template(self, product: str, language: str = "") -> Template | None:
        return self.templates.get(product)

    def unit(self, code: str) -> Unit | None:
        return next((unit for unit in self.units if unit.code == code), None)

    def units_like(self, code: str) -> tuple[Unit, ...]:
        by_weight = {KILO.code, GRAM.code}
        like = by_weight if code in by_weight else {code}
        return tuple(
            sorted(
                (unit for unit in self.units if unit.code in like),
                key=lambda unit: unit.code != code,
            )
        )

    def kit(self, product: str, language: str = "") -> tuple[KitPart, ...]:
        return self.kits.get(product, ())

    def package_types(self, language: str = "") -> tuple[PackageType, ...]:
        return self.parcels

    def deposits(self) -> tuple[Product, ...]:
        return self.empties

    def code_rules(self) -> tuple[CodeRule, ...]:
        return self.rules

    def product_of_serial(self, number: str) -> str:
        found = [
            product
            for product, serials in self.known_serials.items()
            if any(each.number == number for each in serials)
        ]
        return found[0] if len(found) == 1 else ""

    def serials(self, product: str, place: str = "") -> tuple[Serial, ...]:
        return self.known_serials.get(product, ())

    def names_of(self, products: Collection[str], language: str) -> dict[str, str]:
        names = {each: self.product_name(each, language) for each in products}
        return {number: name for number, name in names.items() if name}

    def filters_of(self, products: Collection[str], language: str = "") -> tuple[Filter, ...]:
        return self.filters if any(each in self.templates for each in products) else ()

    def stock_categories(self, language: str = "") -> Categories:
        return self.categories

    def tags_of(self, products: Collection[str], language: str = "") -> dict[str, tuple[Tag, ...]]:
        return {each: self.told[each].tags for each in products if each in self.told}

    def stock_counts(self, articles: Collection[str]) -> dict[str, dict[str, Quantity]]:
        return {
            article: {each.place: each.quantity for each in self.stocks.get(article, ())}
            for article in articles
        }

    def details(self, product: str, language: str = "", variant: str = "") -> Details:
        return self.told.get(product, Details())

    def put_away(self, product: str, language: str = "") -> str:
        return self.details(product).put_away

    def copy_of(self, file: str) -> str:
        return self.copies.get(file, "")

    def related(self, product: str) -> tuple[tuple[Related, Product], ...]:
        return self.goes_with.get(product, ())

    def stock(self, article: str, language: str = "") -> tuple[StockAt, ...]:
        return self.stocks.get(article, ())

    def prices_on_show(self, product: str, language: str = "") -> PricesOnShow:
        return self.on_show.get(product, PricesOnShow({}, {}, None, {}))

    def partnerships(self, language: str = "") -> tuple[Partnership, ...]:
        return self.partners

    def price_kinds(self) -> dict[str, PriceKind]:
        return {row.type: row.kind for row in self.partners}

    def makers(self) -> frozenset[str]:
        return frozenset(row.supplier for row in self.partners)

    def surfaces(self, language: str = "") -> tuple[tuple[SurfaceSetting, str], ...]:
        return self.shown_where

    def receive(self, received: Mapping[tuple[str, str], bool]) -> None:
        self.partners = tuple(
            replace(row, agreement=replace(row.agreement, received=received[row.key]))
            if row.key in received
            else row
            for row in self.partners
        )
