"""Reads what is told of goods: descriptions, facts, stock, what goes with them, shown prices."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, select

from pos.domain.display_prices import (
    Agreement,
    Level,
    PriceKind,
    PriceType,
    Show,
    Surface,
    SurfaceSetting,
)
from pos.domain.facts import Fact, FactKind, GoodsKind, Related
from pos.domain.gtin import short_code
from pos.domain.product import Product
from pos.domain.quantity import Quantity
from pos.domain.stock_category import put_away_of
from pos.ports.goods import Details, Paper, PricesOnShow, StockAt
from pos.ports.partners import Partnership
from pos.storage.catalogue.grouping import GroupingReader
from pos.storage.catalogue.mapping import PRODUCT_WIDTH, select_products, to_product
from pos.storage.catalogue.tables import TABLES, barcodes, pos_categories, products, shop
from pos.storage.catalogue.wording import in_order, told

related = TABLES["related"]
details = TABLES["product_details"]
pictures = TABLES["product_pictures"]
documents = TABLES["documents"]
facts = TABLES["facts"]
product_facts = TABLES["product_facts"]
suppliers = TABLES["suppliers"]
supplier_codes = TABLES["supplier_codes"]
places = TABLES["places"]
stock = TABLES["stock"]
price_types = TABLES["price_types"]
price_partners = TABLES["price_partners"]
display_prices = TABLES["display_prices"]
surfaces = TABLES["surfaces"]

_RELATED = (
    select_products(related.c.kind)
    .join(related, related.c.related == products.c.number)
    .where(related.c.product == bindparam("product"), products.c.active == 1)
    .order_by(in_order(related), related.c.line)
)
_DETAILS = (
    select(
        products.c.category,
        products.c.keywords,
        products.c.pos_categories,
        told(details, "short_text", details.c.product),
        told(details, "long_text", details.c.product),
        suppliers.c.name.label("maker"),
        details.c.weight,
        details.c.tags,
        details.c.place,
        details.c.kind,
        details.c.url,
        details.c.web_categories,
    )
    .join_from(products, details, details.c.product == products.c.number, isouter=True)
    .join(suppliers, suppliers.c.number == details.c.maker, isouter=True)
    .where(products.c.number == bindparam("product"))
)
_PUT_AWAY = (
    select(products.c.category, details.c.place)
    .join_from(products, details, details.c.product == products.c.number, isouter=True)
    .where(products.c.number == bindparam("product"))
)
_PLACE = select(told(places, "name")).where(places.c.number == bindparam("place"))
_CODES = (
    select(barcodes.c.code)
    .where(
        barcodes.c.product == bindparam("product"),
        func.coalesce(barcodes.c.variant, "") == bindparam("variant"),
    )
    .order_by(barcodes.c.line)
)
_FACTS = (
    select(
        facts.c.number,
        told(facts, "name"),
        facts.c.kind,
        told(product_facts, "value", product_facts.c.product + " " + product_facts.c.fact),
        facts.c.unit,
    )
    .join_from(product_facts, facts, facts.c.number == product_facts.c.fact)
    .where(product_facts.c.product == bindparam("product"))
    .order_by(in_order(facts), facts.c.line)
)
_DOCUMENTS = (
    select(documents.c.file, told(documents, "name", documents.c.product + " " + documents.c.file))
    .where(documents.c.product == bindparam("product"))
    .order_by(in_order(documents), documents.c.line)
)
_STOCK = (
    select(stock.c.place, told(places, "name"), stock.c.quantity, stock.c.at)
    .join_from(stock, places, places.c.number == stock.c.place)
    .where(stock.c.article == bindparam("article"))
    .order_by(places.c.line)
)


class GoodsReader(GroupingReader):
    """One thread's view of what is told of goods; implements the port `Goods`."""

    def __init__(self, connection: Connection, data: Path) -> None:
        super().__init__(connection)
        self._data = data

    def details(self, product: str, language: str = "", variant: str = "") -> Details:
        """What is told of a product; codes are those of the variant, if one is named."""
        row = self._first(_DETAILS, product=product, language=language)
        if row is None:
            return Details()
        asked = {"product": product, "language": language}
        codes = self._rows(_CODES, product=product, variant=variant)
        return Details(
            short_text=row.short_text or "",
            long_text=row.long_text or "",
            maker=row.maker or "",
            own=row.maker is None,
            weight=row.weight,
            put_away=self._place(row.place, row.category, language),
            kind=GoodsKind(row.kind or GoodsKind.GOODS),
            keywords=row.keywords or "",
            url=row.url or self._category_url(row.pos_categories),
            web_categories=self._web_names(row.web_categories, language),
            codes=tuple(short_code(each.code) for each in codes),
            tags=self._named(row.tags, self._tags(language)),
            pictures=self._pictures(product),
            documents=tuple(
                Paper(each.file, each.name, self.copy_of(each.file))
                for each in self._rows(_DOCUMENTS, **asked)
            ),
            facts=tuple(
                Fact(each.number, each.name, FactKind(each.kind), each.value, each.unit or "")
                for each in self._rows(_FACTS, **asked)
            ),
            supplier_codes=self._supplier_codes(product),
        )

    def put_away(self, product: str, language: str = "") -> str:
        """Name of the place a product goes back to; empty where no rule says (ETRON-8)."""
        row = self._first(_PUT_AWAY, product=product)
        return "" if row is None else self._place(row.place, row.category, language)

    def _place(self, own: str | None, category: str | None, language: str) -> str:
        """The name of the place goods go back to, by their own rule or their category's."""
        place = own or put_away_of(self.stock_categories(language), category or "")
        row = self._first(_PLACE, place=place, language=language) if place else None
        return "" if row is None else str(row[0])

    def _category_url(self, listed: str | None) -> str:
        """The page of the first till category that has one (ETRON-12)."""
        urls = {
            row.number: row.url
            for row in self._rows(
                select(pos_categories.c.number, pos_categories.c.url).where(
                    pos_categories.c.number.in_((listed or "").split()),
                    pos_categories.c.url.is_not(None),
                )
            )
        }
        return next((urls[number] for number in (listed or "").split() if number in urls), "")

    def _web_names(self, listed: str | None, language: str) -> tuple[str, ...]:
        known = self.web_categories(language) if listed else {}
        found = (known.get(number) for number in (listed or "").split())
        return tuple(each.name for each in found if each is not None and not each.hidden)

    def copy_of(self, file: str) -> str:
        """Where this machine keeps its copy of a document; empty where it has none (SRT-6)."""
        path = self._data / "documents" / Path(file).name
        return str(path) if file and path.is_file() else ""

    def _pictures(self, product: str) -> tuple[str, ...]:
        rows = self._rows(
            select(pictures.c.picture)
            .where(pictures.c.product == product)
            .order_by(in_order(pictures), pictures.c.line)
        )
        return tuple(row.picture for row in rows)

    def _supplier_codes(self, product: str) -> tuple[tuple[str, str], ...]:
        rows = self._rows(
            select(suppliers.c.name, supplier_codes.c.code)
            .join_from(supplier_codes, suppliers, suppliers.c.number == supplier_codes.c.supplier)
            .where(supplier_codes.c.product == product)
            .order_by(supplier_codes.c.line)
        )
        return tuple((row.name, row.code) for row in rows)

    def related(self, product: str) -> tuple[tuple[Related, Product], ...]:
        """Active goods that go with a product, in the order they are shown."""
        if product not in self._remembered("with_related", self._read_with_related):
            return ()
        rows = self._rows(_RELATED, product=product)
        return tuple((Related(row[PRODUCT_WIDTH]), to_product(row)) for row in rows)

    def _read_with_related(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._rows(select(related.c.product)))

    def stock(self, article: str, language: str = "") -> tuple[StockAt, ...]:
        """Where a product or variant is in stock."""
        rows = self._rows(_STOCK, article=article, language=language)
        return tuple(
            StockAt(row.place, row.name, Quantity.of(row.quantity), self._moment(row.at))
            for row in rows
        )

    def _moment(self, text: str) -> datetime:
        """An instant of the exchange format; without a zone of its own it is in the shop's."""
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=self._zone())

    def _zone(self) -> ZoneInfo:
        row = self._first(select(shop.c.zone))
        return ZoneInfo("UTC" if row is None else row.zone)

    def prices_on_show(self, product: str, language: str = "") -> PricesOnShow:
        """The shown prices of a product, and who allowed what."""
        where = self._remembered("surfaces", self._read_surfaces)
        if not where:
            return PricesOnShow({}, {}, None, {})
        rows = self._rows(select(display_prices).where(display_prices.c.product == product))
        return PricesOnShow(
            types=self._remembered(
                f"price_types {language}", lambda: self._read_price_types(language)
            ),
            prices={row.type: row.price for row in rows},
            agreements=self._agreements(product),
            surfaces=where,
        )

    def surfaces(self, language: str = "") -> tuple[tuple[SurfaceSetting, str], ...]:
        """What each surface shows, with the name of its kind of price."""
        types = self._read_price_types(language)
        where = self._remembered("surfaces", self._read_surfaces)
        found = ((each, types.get(each.type)) for each in where.values())
        return tuple((each, kind.name if kind else "") for each, kind in found)

    def partnerships(self, language: str = "") -> tuple[Partnership, ...]:
        """What was agreed with makers about shown prices, by maker and kind."""
        rows = self._rows(
            select(
                price_partners,
                suppliers.c.name.label("maker"),
                told(price_types, "name"),
                price_types.c.kind,
            )
            .join_from(price_partners, suppliers, suppliers.c.number == price_partners.c.supplier)
            .join(price_types, price_types.c.number == price_partners.c.type)
            .order_by(suppliers.c.name, price_types.c.line),
            language=language,
        )
        return tuple(
            Partnership(
                row.supplier,
                row.maker,
                row.type,
                row.name,
                PriceKind(row.kind),
                Agreement(bool(row.kept), bool(row.shared), bool(row.received)),
            )
            for row in rows
        )

    def price_kinds(self) -> dict[str, PriceKind]:
        """What each kind of shown prices is to the trade, by its number."""
        rows = self._rows(select(price_types.c.number, price_types.c.kind))
        return {row.number: PriceKind(row.kind) for row in rows}

    def makers(self) -> frozenset[str]:
        """The numbers of all who deliver or make goods."""
        return frozenset(row.number for row in self._rows(select(suppliers.c.number)))

    def _read_surfaces(self) -> dict[str, SurfaceSetting]:
        return {
            row.surface: SurfaceSetting(
                Surface(row.surface), Show(row.show), row.type or "", Level(row.level)
            )
            for row in self._rows(select(surfaces))
        }

    def _read_price_types(self, language: str) -> dict[str, PriceType]:
        rows = self._rows(
            select(
                price_types.c.number,
                told(price_types, "name"),
                price_types.c.kind,
                told(price_types, "label"),
            ),
            language=language,
        )
        return {
            row.number: PriceType(row.number, row.name, PriceKind(row.kind), row.label or "")
            for row in rows
        }

    def _agreements(self, product: str) -> dict[str, Agreement] | None:
        """What was agreed with the maker; None where the shop itself makes it."""
        row = self._first(select(details.c.maker).where(details.c.product == product))
        if row is None or row.maker is None:
            return None
        agreed = self._rows(select(price_partners).where(price_partners.c.supplier == row.maker))
        return {
            each.type: Agreement(bool(each.kept), bool(each.shared), bool(each.received))
            for each in agreed
        }
