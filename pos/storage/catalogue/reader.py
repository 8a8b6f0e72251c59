"""Reads `catalogue.db` for the till: implements the port `Catalogue`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy import Select, Text, bindparam, func, literal, literal_column, select

from pos.domain.customer import Customer
from pos.domain.customer_choice import CustomerChoice
from pos.domain.gtin import normalise_code
from pos.domain.kept_customer import KeptCustomers
from pos.domain.operator import Operator
from pos.domain.pricing.book import OwnPrice, PriceBook
from pos.domain.product import Packaging, PosCategory, Product, ProductTile, Tag
from pos.domain.stock_category import path_of
from pos.domain.stored_value.programme import Programme
from pos.domain.tax import TaxCategory, TaxCode, TaxRate
from pos.domain.till_profile import Shop, TillProfile
from pos.ports.catalogue import SHORTEST_END, CatalogueState, CodeMatch
from pos.storage.catalogue.customers import (
    BY_CARD,
    BY_NUMBER,
    BY_TILL_NUMBER,
    TAGS,
    chosen,
    finding,
    is_hit,
    to_customer,
)
from pos.storage.catalogue.database import (
    catalogue_file,
    make_if_missing,
    open_for_reading,
    telling_catalogue_refusals,
)
from pos.storage.catalogue.grouping import offering
from pos.storage.catalogue.mapping import (
    PRODUCT_WIDTH,
    select_products,
    to_operator,
    to_price_list,
    to_product,
    to_shop,
    to_till,
)
from pos.storage.catalogue.offering import variants
from pos.storage.catalogue.ordering import OrderReader
from pos.storage.catalogue.renewing import renew_if_outdated
from pos.storage.catalogue.rule_rows import read_rules
from pos.storage.catalogue.searching import TILES, Search, to_tile
from pos.storage.catalogue.tables import (
    about,
    barcodes,
    categories,
    operators,
    packagings,
    pos_categories,
    price_lists,
    products,
    programmes,
    shop,
    taxes,
    tiles,
    tills,
    translations,
)
from pos.storage.catalogue.telling import supplier_codes
from pos.storage.catalogue.vouchers import to_programme

_DEEPEST = 20
_MOST_ENDS = 6
"""Goods a label may be taken for; more are no help to a cashier either."""
_BY_NUMBER = select_products().where(products.c.number == bindparam("number"))
_BY_NUMBERS = select_products().where(products.c.number.in_(bindparam("numbers", expanding=True)))
_AT_ONCE = 500


def _select_end(variant: Any, code: Any) -> Select[Any]:
    """Products whose `code` ends in the digits asked for, by the index of the last four."""
    end = literal_column(f"substr({code}, -{SHORTEST_END})", Text)
    return (
        select_products(variant, code)
        .where(end == bindparam("end"), code.endswith(bindparam("digits")), products.c.active == 1)
        .order_by(products.c.id)
        .limit(_MOST_ENDS)
    )


_BY_BARCODE = (
    select_products(barcodes.c.variant)
    .join(barcodes, barcodes.c.product == products.c.number)
    .where(barcodes.c.code == bindparam("code"))
)
_BARCODE_END = _select_end(barcodes.c.variant, barcodes.c.code).join(
    barcodes, barcodes.c.product == products.c.number
)
_NUMBER_END = _select_end(literal(""), products.c.number)
_BY_PACKAGING = (
    select_products(packagings.c.name, packagings.c.content, packagings.c.sellable)
    .join(packagings, packagings.c.product == products.c.number)
    .where(packagings.c.code == bindparam("code"))
)
_BY_VARIANT = (
    select_products()
    .join(variants, variants.c.product == products.c.number)
    .where(variants.c.number == bindparam("number"))
)
_BY_SUPPLIER = (
    select_products()
    .join(supplier_codes, supplier_codes.c.product == products.c.number)
    .where(supplier_codes.c.code == bindparam("code"))
)
_IN_CATEGORY = (
    TILES.join(tiles, tiles.c.product == products.c.number)
    .where(tiles.c.category == bindparam("category"))
    .order_by(tiles.c.place, tiles.c.product)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_CATEGORY_NAME = (
    select(translations.c.text)
    .where(
        translations.c.file == "pos_categories",
        translations.c.field == "name",
        translations.c.key == pos_categories.c.number,
        translations.c.language == bindparam("language"),
    )
    .scalar_subquery()
)
_POS_CATEGORIES = select(
    pos_categories.c.number,
    func.coalesce(_CATEGORY_NAME, pos_categories.c.name).label("name"),
    func.coalesce(pos_categories.c.parent, "").label("parent"),
    func.coalesce(pos_categories.c.picture, "").label("picture"),
    pos_categories.c.sequence,
)
_CHILDREN = _POS_CATEGORIES.where(
    func.coalesce(pos_categories.c.parent, "") == bindparam("parent"), pos_categories.c.active == 1
).order_by(pos_categories.c.sequence == 0, pos_categories.c.sequence, "name")
_ONE_CATEGORY = _POS_CATEGORIES.where(pos_categories.c.number == bindparam("number"))


class CatalogueReader(OrderReader):
    """One thread's view of the catalogue, on a connection of its own."""

    def __init__(self, data: Path, kept: KeptCustomers | None = None) -> None:
        """Open the catalogue of a data folder; an empty one is made if there is none.

        `kept` are customers of this till that the back office hasn't taken yet.

        Raises Refusal "catalogue_damaged", "import_running" when its layout is being renewed, and
        what any database may raise.
        """
        with telling_catalogue_refusals():
            make_if_missing(catalogue_file(data))
            renew_if_outdated(data)
            super().__init__(open_for_reading(data), data)
        self._search = Search(self._connection)
        self._kept = kept or KeptCustomers()

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()
        self._connection.engine.dispose()

    def state(self) -> CatalogueState:
        """Which catalogue this is, and how old."""
        return self._remembered("state", self._read_state)

    def _read_state(self) -> CatalogueState:
        facts = dict(self._rows(select(about.c.name, about.c.value)))
        imported = facts.get("imported_at")
        return CatalogueState(
            generation=int(facts.get("generation", 0)),
            imported_at=datetime.fromisoformat(imported) if imported else None,
            products=int(facts.get("products", 0)),
            codes=int(facts.get("barcodes", 0)),
        )

    def find_code(self, code: str) -> CodeMatch | None:
        """The product or packaging with this code, or the product with this number (T-040)."""
        return self._remembered(("code", code), lambda: self._find_code(code))

    def _find_code(self, code: str) -> CodeMatch | None:
        known = normalise_code(code)
        row = self._first(_BY_BARCODE, code=known)
        if row is not None:
            return CodeMatch(known, self._learned(row), variant=row[PRODUCT_WIDTH] or "")
        row = self._first(_BY_PACKAGING, code=known)
        if row is not None:
            product = self._learned(row)
            name, content, sellable = row[PRODUCT_WIDTH:]
            packaging = Packaging(name, product.number, content, known, bool(sellable))
            return CodeMatch(known, product, packaging)
        product_of_number = self.product(code)
        return CodeMatch(code, product_of_number) if product_of_number else self._find_else(code)

    def _learned(self, row: Any) -> Product:
        """The product of a row; a line asks for it by its number next."""
        product = to_product(row)
        return self._remembered(("product", product.number), lambda: product)

    def _find_else(self, code: str) -> CodeMatch | None:
        """A variant by its number, or what one supplier alone calls so (ETRON-27)."""
        row = self._first(_BY_VARIANT, number=code)
        if row is not None:
            return CodeMatch(code, to_product(row), variant=code)
        found = {row[0]: row for row in self._rows(_BY_SUPPLIER, code=code)}
        return CodeMatch(code, to_product(*found.values())) if len(found) == 1 else None

    def find_by_end(self, digits: str) -> tuple[CodeMatch, ...]:
        """Active products with a barcode or a number that ends so, a few at most (T-027)."""
        return self._remembered(("end", digits), lambda: tuple(self._ending(digits)))

    def _ending(self, digits: str) -> Iterator[CodeMatch]:
        found: dict[str, CodeMatch] = {}
        for statement in (_BARCODE_END, _NUMBER_END):
            for row in self._rows(statement, digits=digits, end=digits[-SHORTEST_END:]):
                product, code = to_product(row), row[PRODUCT_WIDTH + 1]
                variant = row[PRODUCT_WIDTH] or ""
                known = found.get(product.number)
                if known is not None and known.variant != variant:
                    variant = ""
                found[product.number] = CodeMatch(code, product, variant=variant)
        yield from found.values()

    def product(self, number: str) -> Product | None:
        """The product of that number, active or not."""
        return self._remembered(("product", number), lambda: self._find_product(number))

    def _find_product(self, number: str) -> Product | None:
        row = self._first(_BY_NUMBER, number=number)
        return None if row is None else to_product(row)

    def products(self, numbers: Collection[str]) -> dict[str, Product]:
        """The products of those numbers, active or not, by number."""
        wanted, found = list(numbers), {}
        for start in range(0, len(wanted), _AT_ONCE):
            rows = self._rows(_BY_NUMBERS, numbers=wanted[start : start + _AT_ONCE])
            found.update({product.number: product for product in map(to_product, rows)})
        return found

    def customer(self, number: str) -> Customer | None:
        """The customer of that number, active or not."""
        office, kept = self.office_customer(number), self._kept.get(number)
        return office if kept is None else kept.over(office)

    def customer_by_card(self, card: str) -> Customer | None:
        """The customer with that card, active or not (T-069)."""
        for customer in self._kept_customers():
            if customer.card == card:
                return customer
        row = self._first(BY_CARD, card=card)
        return None if row is None or self._kept.get(row.number) else to_customer(row._mapping)

    def customers(
        self, text: str, offset: int, limit: int, *, archived: bool = False
    ) -> tuple[Customer, ...]:
        """A page of active customers a text finds, none for an empty text (T-067); of archived
        ones an empty text finds all.
        """
        known = self._kept_customers()
        ours = [customer for customer in known if is_hit(customer, text, archived=archived)]
        page = ours[offset : offset + limit]
        kept = [each.customer.number for each in self._kept.all()]
        statement = finding(text, kept, archived=archived)
        if statement is not None and len(page) < limit:
            skip = max(0, offset - len(ours))
            rows = self._rows(statement.limit(limit - len(page)).offset(skip))
            page += [to_customer(row._mapping) for row in rows]
        return tuple(page)

    def _kept_customers(self) -> tuple[Customer, ...]:
        """What lies over the office's customers; not what the office calls otherwise by now."""
        key = ("kept customers", self._kept.version)
        return self._remembered(key, lambda: tuple(self._laid_over()))

    def _laid_over(self) -> Iterator[Customer]:
        for kept in self._kept.all():
            customer = kept.over(self.office_customer(kept.customer.number))
            if customer is not None and customer.number == kept.customer.number:
                yield customer

    def office_customer(self, number: str) -> Customer | None:
        """The customer as the back office told it last, by its number or the one a till gave."""
        row = self._first(BY_NUMBER, number=number) or self._first(BY_TILL_NUMBER, number=number)
        return None if row is None else to_customer(row._mapping)

    def chosen_customers(
        self, choice: CustomerChoice, after: str, limit: int
    ) -> tuple[Customer, ...]:
        """A page of active customers who fit a choice, by number."""
        rows = self._rows(chosen(choice, after).limit(limit))
        return tuple(to_customer(row._mapping) for row in rows)

    def count_customers(self, choice: CustomerChoice) -> int:
        """How many active customers fit a choice."""
        return int(self._rows(select(func.count()).select_from(chosen(choice).subquery()))[0][0])

    def customer_tags(self) -> tuple[str, ...]:
        """Every tag a customer has."""
        return tuple(sorted({tag for row in self._rows(TAGS) for tag in row.tags.split()}))

    def pos_categories(self, parent: str = "", language: str = "") -> tuple[PosCategory, ...]:
        """The till categories under `parent`, in the order they are shown (ETRON-12)."""
        rows = self._rows(_CHILDREN, parent=parent, language=language)
        return tuple(PosCategory(*row) for row in rows)

    def category_path(self, number: str, language: str = "") -> tuple[PosCategory, ...]:
        """A till category with all above it, from the top."""
        path: list[PosCategory] = []
        while number and len(path) < _DEEPEST:
            row = self._first(_ONE_CATEGORY, number=number, language=language)
            if row is None:
                break
            path.insert(0, PosCategory(*row))
            number = path[0].parent
        return tuple(path)

    def products_in(
        self,
        category: str,
        offset: int,
        limit: int,
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """A page of a till category's active products, in the order they are shown."""
        statement = _IN_CATEGORY.where(*offering(values)) if values else _IN_CATEGORY
        rows = self._rows(statement, category=category, offset=offset, limit=limit)
        return self._dressed([to_tile(row) for row in rows], language)

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
        then insides.
        """
        with telling_catalogue_refusals():
            found = self._search.page(text, offset, limit, offering(values))
        return self._dressed(found, language)

    def _dressed(self, tiles: Sequence[ProductTile], language: str) -> tuple[ProductTile, ...]:
        """Tiles with their tags, and named in the asked language where the catalogue can."""
        numbers = [tile.product.number for tile in tiles]
        tags, names = self.tags_of(numbers, language), self.names_of(numbers, language)
        if not tags and not names:
            return tuple(tiles)
        return tuple(_dressed(tile, tags, names) for tile in tiles)

    def spread(
        self,
        tiles: tuple[ProductTile, ...],
        language: str = "",
        values: Collection[str] = (),
    ) -> tuple[ProductTile, ...]:
        """The tiles as they are; a till may show them otherwise."""
        return tiles

    def stock_category(self, number: str, language: str = "") -> str:
        """The path of a product category, "Bekleidung/Hosen" (ETRON-1); empty if unknown."""
        return path_of(self.stock_categories(language), number)

    def operators(self) -> tuple[Operator, ...]:
        """Everybody who may sign in, by name."""
        return self._remembered("operators", self._read_operators)

    def _read_operators(self) -> tuple[Operator, ...]:
        statement = select(operators).where(operators.c.active == 1).order_by(operators.c.name)
        return tuple(to_operator(row._mapping) for row in self._rows(statement))

    def pin_hash(self, operator: str) -> str:
        """The argon2 hash of an operator's PIN; empty without a PIN or without the operator."""
        statement = select(operators.c.pin_hash).where(operators.c.number == operator)
        row = self._first(statement)
        return (row[0] or "") if row is not None else ""

    def shop(self) -> Shop | None:
        """The shop; None before the first import."""
        return self._remembered("shop", self._read_shop)

    def _read_shop(self) -> Shop | None:
        row = self._first(select(shop))
        return None if row is None else to_shop(row._mapping)

    def till(self, number: str) -> TillProfile | None:
        """The till place of that number."""
        return next((till for till in self.tills() if till.number == number), None)

    def tills(self) -> tuple[TillProfile, ...]:
        """All till places, by number."""
        return self._remembered("tills", self._read_tills)

    def _read_tills(self) -> tuple[TillProfile, ...]:
        rows = self._rows(select(tills).order_by(func.length(tills.c.number), tills.c.number))
        return tuple(to_till(row._mapping) for row in rows)

    def tax_codes(self) -> dict[str, TaxCode]:
        """The taxes with their dated rates, by code."""
        return self._remembered("tax_codes", self._read_tax_codes)

    def _read_tax_codes(self) -> dict[str, TaxCode]:
        codes: dict[str, TaxCode] = {}
        for row in self._rows(select(taxes).order_by(taxes.c.code, taxes.c.since)):
            rate = TaxRate(row.since, row.rate, TaxCategory(row.category))
            before = codes.get(row.code)
            rates = (*before.rates, rate) if before else (rate,)
            codes[row.code] = TaxCode(row.code, row.name, rates)
        return codes

    def programmes(self) -> tuple[Programme, ...]:
        """All programmes of stored value, by number."""
        return self._remembered("programmes", self._read_programmes)

    def _read_programmes(self) -> tuple[Programme, ...]:
        rows = self._rows(select(programmes).order_by(programmes.c.number))
        return tuple(to_programme(row._mapping) for row in rows)

    def price_book(self) -> PriceBook:
        """All price lists and rules, and the prices agreed with single customers."""
        home = self.shop()
        zone = ZoneInfo(home.zone if home else "UTC")
        with telling_catalogue_refusals():
            rows = list(read_rules(self._connection, zone))
        parents = self._rows(select(categories.c.number, categories.c.parent))
        return PriceBook(
            [to_price_list(row._mapping) for row in self._rows(select(price_lists))],
            (row.rule for row in rows if not row.customer),
            {number: parent or "" for number, parent in parents},
            (OwnPrice(row.customer, row.rule) for row in rows if row.customer),
            cheapest_wins=home is not None and home.cheapest_wins,
        )


def _dressed(
    tile: ProductTile, tags: Mapping[str, tuple[Tag, ...]], names: Mapping[str, str]
) -> ProductTile:
    number = tile.product.number
    named = replace(tile.product, name=names[number]) if number in names else tile.product
    return replace(tile, product=named, tags=tags.get(number, ()))
