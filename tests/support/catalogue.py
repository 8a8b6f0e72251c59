"""A catalogue in memory: the shop of the tests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from argon2 import PasswordHasher

from pos.domain.coupon import Coupon
from pos.domain.customer import Customer, CustomerKind, TaxStatus
from pos.domain.customer_choice import CustomerChoice
from pos.domain.gtin import normalise_code
from pos.domain.kept_customer import KeptCustomers
from pos.domain.operator import ROLE_RIGHTS, Operator, Role
from pos.domain.order import OfficeOrder
from pos.domain.points import PointsProgramme
from pos.domain.pricing import (
    Base,
    Compute,
    OwnPrice,
    PriceBook,
    PriceList,
    PriceRule,
    Scope,
)
from pos.domain.product import Packaging, PosCategory, Product, ProductTile
from pos.domain.quantity import Quantity
from pos.domain.stock_category import path_of
from pos.domain.stored_value.programme import Programme
from pos.domain.tax import TaxCategory, TaxCode, TaxRate
from pos.domain.till_profile import Shop, TillProfile
from pos.ports.catalogue import CatalogueState, CodeMatch
from tests.support.goods import KILO, PIECE, MemoryGoods
from tests.support.vouchers import PROGRAMMES, SERVICES

NORMAL = TaxCode("AT20", "20 %", (TaxRate(date(2016, 1, 1), 2000, TaxCategory.NORMAL),))
REDUCED = TaxCode("AT10", "10 %", (TaxRate(date(2016, 1, 1), 1000, TaxCategory.REDUCED_1),))
ZERO = TaxCode("AT0", "0 %", (TaxRate(date(2016, 1, 1), 0, TaxCategory.ZERO),))
FOOD = TaxCode(
    "ATFOOD",
    "Basic food",
    (
        TaxRate(date(2016, 1, 1), 1000, TaxCategory.REDUCED_1),
        TaxRate(date(2026, 7, 1), 490, TaxCategory.SPECIAL),
    ),
)

COFFEE = "9000000000018"
MILK = "9000000000025"
COLA = "9000000000032"
BANANA = "9000000000049"
OLD = "9000000000056"
ROLL = "9000000000063"
CARTON = "19000000000015"
BOUGHT_CARTON = "19000000000022"


CUSTOMERS = (
    Customer("101", "Johanna Pichler", card="KK-101", price_list="regulars"),
    Customer("102", "Kanzlei Moser", CustomerKind.COMPANY, vat_id="ATU12345675", card="KK-102"),
    Customer(
        "201",
        "Müller GmbH",
        CustomerKind.COMPANY,
        country="DE",
        vat_id="DE123456789",
        mail="einkauf@mueller.example",
        tax_status=TaxStatus.INTRA_COMMUNITY,
    ),
    Customer("301", "Reto Frei", country="CH", tax_status=TaxStatus.THIRD_COUNTRY),
    Customer("109", "Frau Weg", card="KK-109", active=False),
)

LISTS = (
    PriceList("shop", "Laden"),
    PriceList("regulars", "Stammkunden", show_discount=True),
    PriceList("evening", "Abend", countries=frozenset({"AT", "DE"})),
    PriceList("club", "Klub", code="CLUB26"),
    PriceList("web", "Webshop", code="WEB26", media=frozenset({"website"})),
    PriceList("old", "Alt", active=False),
)

RULES = (
    PriceRule(
        list="shop",
        number="1",
        scope=Scope.PRODUCT,
        product="6",
        min_quantity=Quantity.of(10),
        compute=Compute.FIXED,
        price=Decimal("0.45"),
    ),
    PriceRule(
        list="regulars",
        number="2",
        compute=Compute.PERCENTAGE,
        base=Base.LIST,
        base_list="shop",
        discount=Decimal(10),
    ),
    PriceRule(
        list="evening",
        number="3",
        scope=Scope.PRODUCT,
        product="1",
        compute=Compute.FIXED,
        price=Decimal("5.00"),
    ),
    PriceRule(list="club", number="4", compute=Compute.PERCENTAGE, discount=Decimal(5)),
)

OWN_PRICES = (
    OwnPrice(
        "102",
        PriceRule(
            list="",
            number="5",
            scope=Scope.PRODUCT,
            product="1",
            compute=Compute.FIXED,
            price=Decimal("6.99"),
        ),
    ),
)


def _product(number: str, name: str, price: str, tax: TaxCode, **more: object) -> Product:
    fields: dict[str, object] = {"unit": PIECE} | more
    return Product(number, name, Decimal(price), tax.code, **fields)  # type: ignore[arg-type]


_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A real hash is slow on purpose, and each test signs in."""


@lru_cache
def _hashed(pin: str) -> str:
    return _QUICK.hash(pin)


class MemoryCatalogue(MemoryGoods):
    """Implements `pos.ports.catalogue.Catalogue`."""

    def __init__(self) -> None:
        super().__init__()
        self.stored_value: tuple[Programme, ...] = PROGRAMMES
        self.points: tuple[PointsProgramme, ...] = ()
        self.handed_out: tuple[Coupon, ...] = ()
        self.kept_customers = KeptCustomers()
        self.ordered: dict[str, OfficeOrder] = {}
        products = [
            _product("1", "Kaffee gemahlen 500 g", "7.99", NORMAL),
            _product("2", "Vollmilch 1 l", "1.59", FOOD),
            _product("3", "Cola 0,5 l", "1.89", NORMAL, deposit="9"),
            _product("4", "Bananen", "2.49", FOOD, unit=KILO, weighed=True),
            _product("5", "Alte Ware", "1.00", NORMAL, active=False),
            _product("6", "Semmel", "0.55", REDUCED),
            _product("9", "Einwegpfand", "0.25", ZERO),
        ]
        self.goods = {product.number: product for product in (*products, *SERVICES)}
        codes = {COFFEE: "1", MILK: "2", COLA: "3", BANANA: "4", OLD: "5", ROLL: "6"}
        self.codes = {normalise_code(code): number for code, number in codes.items()}
        self.packagings = {
            CARTON: Packaging("Karton", "1", Quantity.of(12), CARTON),
            BOUGHT_CARTON: Packaging("Palette", "1", Quantity.of(480), BOUGHT_CARTON, False),
        }
        self.people = (
            Operator("anna", "Anna"),
            Operator("maria", "Maria", Role.MANAGER, ROLE_RIGHTS[Role.MANAGER]),
            Operator("tom", "Tom", language="en"),
        )
        self.pins = {"anna": _hashed("1111"), "tom": _hashed("2222"), "maria": _hashed("9999")}

    def state(self) -> CatalogueState:
        at = datetime(2026, 11, 20, 6, tzinfo=UTC)
        return CatalogueState(1, at, len(self.goods), len(self.codes))

    def find_code(self, code: str) -> CodeMatch | None:
        code = normalise_code(code)
        packaging = self.packagings.get(code)
        if packaging is not None:
            return CodeMatch(code, self.goods[packaging.product], packaging)
        number = self.codes.get(code, code.lstrip("0"))
        return CodeMatch(code, self.goods[number]) if number in self.goods else None

    def find_by_end(self, digits: str) -> tuple[CodeMatch, ...]:
        codes = [*self.codes.items(), *((number, number) for number in self.goods)]
        found = {self.goods[number].number: code for code, number in codes if code.endswith(digits)}
        active = ((code, self.goods[number]) for number, code in found.items())
        return tuple(CodeMatch(code, product) for code, product in active if product.active)

    def packagings_of(self, product: str) -> tuple[Packaging, ...]:
        own = (each for each in self.packagings.values() if each.product == product)
        return tuple(sorted(own, key=lambda each: each.content))

    def product(self, number: str) -> Product | None:
        return self.goods.get(number)

    def products(self, numbers: Collection[str]) -> dict[str, Product]:
        return {number: self.goods[number] for number in numbers if number in self.goods}

    def customer(self, number: str) -> Customer | None:
        office, kept = self.office_customer(number), self.kept_customers.get(number)
        return office if kept is None else kept.over(office)

    def office_customer(self, number: str) -> Customer | None:
        return next((each for each in CUSTOMERS if each.number == number), None)

    def customer_by_card(self, card: str) -> Customer | None:
        numbers = {each.number: each for each in CUSTOMERS}
        numbers |= {each.customer.number: each.customer for each in self.kept_customers.all()}
        return next((each for each in numbers.values() if each.card == card), None)

    def customers(
        self, text: str, offset: int, limit: int, *, archived: bool = False
    ) -> tuple[Customer, ...]:
        words = text.lower().split()
        known = (self.customer(each.number) or each for each in CUSTOMERS)
        found = [
            each
            for each in known
            if (words or archived)
            and each.active is not archived
            and all(word in each.name.lower() for word in words)
        ]
        return tuple(found[offset : offset + limit])

    def chosen_customers(
        self, choice: CustomerChoice, after: str, limit: int
    ) -> tuple[Customer, ...]:
        found = [each for each in CUSTOMERS if each.active and each.number > after]
        fitting = [each for each in found if choice.place in ("", each.city)]
        return tuple(sorted(fitting, key=lambda each: each.number)[:limit])

    def count_customers(self, choice: CustomerChoice) -> int:
        return len(self.chosen_customers(choice, "", len(CUSTOMERS)))

    def customer_tags(self) -> tuple[str, ...]:
        return ()

    def pos_categories(self, parent: str = "", language: str = "") -> tuple[PosCategory, ...]:
        return () if parent else (PosCategory("10", "Getränke"), PosCategory("20", "Brot"))

    def category_path(self, number: str, language: str = "") -> tuple[PosCategory, ...]:
        return tuple(one for one in self.pos_categories() if one.number == number)

    def products_in(
        self,
        category: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        tiles = [self._told_tile(product) for product in self.goods.values() if product.active]
        return tuple(tiles[offset : offset + limit])

    def _told_tile(self, product: Product) -> ProductTile:
        told = self.told.get(product.number)
        return ProductTile(product, tags=told.tags if told else ())

    def search(
        self,
        text: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        found = [
            self._told_tile(product)
            for product in self.goods.values()
            if product.active and text.lower() in product.name.lower()
        ]
        return tuple(found[offset : offset + limit])

    def spread(
        self,
        tiles: tuple[ProductTile, ...],
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        return tiles

    def stock_category(self, number: str, language: str = "") -> str:
        return path_of(self.categories, number)

    def programmes(self) -> tuple[Programme, ...]:
        return self.stored_value

    def points_programmes(self) -> tuple[PointsProgramme, ...]:
        return self.points

    def coupons(self) -> dict[str, Coupon]:
        return {coupon.number: coupon for coupon in self.handed_out}

    def orders(self) -> tuple[OfficeOrder, ...]:
        return tuple(self.ordered.values())

    def order(self, number: str) -> OfficeOrder | None:
        return self.ordered.get(number)

    def price_book(self) -> PriceBook:
        return PriceBook(LISTS, RULES, {}, OWN_PRICES)

    def operators(self) -> tuple[Operator, ...]:
        return self.people

    def pin_hash(self, operator: str) -> str:
        return self.pins.get(operator, "")

    def shop(self) -> Shop | None:
        return Shop("Testladen", ("Hauptplatz 1", "8010 Graz"), "ATU12345675")

    def till(self, number: str) -> TillProfile | None:
        return next((till for till in self.tills() if till.number == number), None)

    def tills(self) -> tuple[TillProfile, ...]:
        return (TillProfile("1", "Kasse 1", price_list="shop"), TillProfile("2", "Kasse 2"))

    def tax_codes(self) -> dict[str, TaxCode]:
        return {code.code: code for code in (NORMAL, REDUCED, FOOD, ZERO)}

    def close(self) -> None:
        """Nothing to let go of."""
