"""The catalogue as the till reads it: the back office's copy of goods, prices and people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from pos.domain.coupon import Coupon
from pos.domain.customer import Customer
from pos.domain.customer_choice import CustomerChoice
from pos.domain.operator import Operator
from pos.domain.order import OfficeOrder
from pos.domain.points import PointsProgramme
from pos.domain.pricing.book import PriceBook
from pos.domain.product import Packaging, PosCategory, Product, ProductTile
from pos.domain.stored_value.programme import Programme
from pos.domain.tax import TaxCode
from pos.domain.till_profile import Shop, TillProfile
from pos.ports.goods import Filter, Goods

SHORTEST_END = 4
"""Digits at the end of a code that may still tell goods apart; German labels have four."""


class CodeMatch(Struct, frozen=True):
    """What a scanned or typed code stands for: a product, or a packaging of it.

    Inactive products and packagings that are only bought are matched too, so that the till can
    say why it doesn't sell them.

    Attributes:
        code: as the catalogue knows it: GTINs in 14 digits, others as they are.
        variant: number of the variant it stands for, empty where something is to be chosen still.
    """

    code: str
    product: Product
    packaging: Packaging | None = None
    variant: str = ""


class CatalogueState(Struct, frozen=True):
    """Which catalogue is in place. `generation` counts imports; 0 means there was none yet."""

    generation: int
    imported_at: datetime | None
    products: int
    codes: int


class Shelves(Protocol):
    """What a screen shows of the catalogue: categories, tiles, search rows."""

    def pos_categories(self, parent: str = "", language: str = "") -> tuple[PosCategory, ...]:
        """The till categories under `parent`, in the order they are shown (ETRON-12)."""

    def category_path(self, number: str, language: str = "") -> tuple[PosCategory, ...]:
        """A till category with all above it, from the top."""

    def products_in(
        self,
        category: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """A page of a till category's active products, in the order they are shown.

        `values` are numbers of attribute values: only goods that offer each of them (ETRON-21).
        """

    def search(
        self,
        text: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """A page of active products: exact code, number or supplier's code, then names that
        begin so, word beginnings,
        then insides. `values` as in `products_in`.
        """

    def filters_of(self, products: Collection[str], language: str = "") -> tuple[Filter, ...]:
        """What a search that found these products may be narrowed by (ETRON-21)."""

    def spread(
        self,
        tiles: tuple[ProductTile, ...],
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """The tiles as they are shown: where a till wants it so, one for each variant with these
        values (T-030).
        """

    def customers(
        self, text: str, offset: int, limit: int, *, archived: bool = False
    ) -> tuple[Customer, ...]:
        """A page of active customers a text finds; none for an empty text (T-067).

        Of `archived` ones instead, an empty text finds all.
        """

    def close(self) -> None:
        """Let the database go."""


class Catalogue(Shelves, Goods, Protocol):
    """Reads the catalogue. One instance belongs to one thread.

    Each answer comes from one whole catalogue; after an import the next question sees the new one.
    Names come in the asked language where the catalogue has them, else in the shop's.
    """

    def state(self) -> CatalogueState:
        """Which catalogue this is, and how old."""

    def find_code(self, code: str) -> CodeMatch | None:
        """The product or packaging with this code, or the product with this number (T-040)."""

    def find_by_end(self, digits: str) -> tuple[CodeMatch, ...]:
        """Active products with a barcode or a number that ends so, a few at most (T-027).

        `digits` are at least SHORTEST_END.
        """

    def product(self, number: str) -> Product | None:
        """The product of that number, active or not."""

    def products(self, numbers: Collection[str]) -> dict[str, Product]:
        """The products of those numbers, active or not, by number."""

    def customer(self, number: str) -> Customer | None:
        """The customer of that number, active or not."""

    def office_customer(self, number: str) -> Customer | None:
        """The customer as the back office told it last, by its number or the one a till gave."""

    def customer_by_card(self, card: str) -> Customer | None:
        """The customer with that card, active or not (T-069)."""

    def chosen_customers(
        self, choice: CustomerChoice, after: str, limit: int
    ) -> tuple[Customer, ...]:
        """A page of active customers who fit a choice, by number, behind the number `after`."""

    def count_customers(self, choice: CustomerChoice) -> int:
        """How many active customers fit a choice."""

    def customer_tags(self) -> tuple[str, ...]:
        """Every tag a customer has (ETRON-41), sorted."""

    def stock_category(self, number: str, language: str = "") -> str:
        """The path of a product category, "Bekleidung/Hosen" (ETRON-1); empty if unknown."""

    def operators(self) -> tuple[Operator, ...]:
        """Everybody who may sign in, by name."""

    def pin_hash(self, operator: str) -> str:
        """The argon2 hash of an operator's PIN; empty without a PIN or without the operator."""

    def shop(self) -> Shop | None:
        """The shop; None before the first import."""

    def till(self, number: str) -> TillProfile | None:
        """The till place of that number."""

    def tills(self) -> tuple[TillProfile, ...]:
        """All till places, by number."""

    def tax_codes(self) -> dict[str, TaxCode]:
        """The taxes with their dated rates, by code."""

    def programmes(self) -> tuple[Programme, ...]:
        """All programmes of stored value, by number."""

    def points_programmes(self) -> tuple[PointsProgramme, ...]:
        """All programmes of points, by number."""

    def coupons(self) -> Mapping[str, Coupon]:
        """All coupons, by number."""

    def orders(self) -> tuple[OfficeOrder, ...]:
        """Every order of the back office, whatever became of it here (T-075)."""

    def order(self, number: str) -> OfficeOrder | None:
        """The back office's order of that number."""

    def price_book(self) -> PriceBook:
        """All price lists and rules; build it once for each generation of the catalogue."""
