"""The tables of `catalogue.db`: one for each file of the exchange format, and the search index.

All are STRICT. `line` is the row's line in its file, so that a problem found later can name it,
or CARRIED.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, func, select
from sqlalchemy.types import TypeEngine

from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.fields import Field, FileFormat, Kind
from pos.storage.types import Day, Exact, Thousandths

CARRIED = 2**31
"""Added to the line of a row kept from the catalogue before: it comes after all new ones."""

SEARCHED_FILES = ("products", "customers")
"""Their rows hold their folded words besides."""

metadata = MetaData()

_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.AMOUNT: Exact,
    Kind.SIGNED: Exact,
    Kind.QUANTITY: Thousandths,
    Kind.RATE: Integer,
    Kind.WHOLE: Integer,
    Kind.FLAG: Integer,
    Kind.DAY: Day,
}


def _column(field: Field, file: FileFormat) -> Column[object]:
    needed = field.required or field.default != ""
    return Column(
        field.name,
        _TYPES.get(field.kind, Text),
        primary_key=field.name in file.key and file.name != "products",
        unique=(file.name, field.name) == ("products", "number"),
        nullable=not needed,
    )


def _table(file: FileFormat) -> Table:
    """The table of a file. Products have an id besides, for the search index to point at."""
    columns = [_column(field, file) for field in file.fields if field.kind is not Kind.PIN]
    columns.append(Column("line", Integer, nullable=False))
    if file.name in SEARCHED_FILES:
        columns.append(Column("search", Text, nullable=False))
    if file.name == "products":
        columns.append(Column("id", Integer, primary_key=True))
    return Table(
        file.name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=file.name == "products"
    )


TABLES = {file.name: _table(file) for file in FORMATS}

units = TABLES["units"]
taxes = TABLES["taxes"]
categories = TABLES["categories"]
pos_categories = TABLES["pos_categories"]
price_lists = TABLES["price_lists"]
products = TABLES["products"]
barcodes = TABLES["barcodes"]
packagings = TABLES["packagings"]
price_rules = TABLES["price_rules"]
customers = TABLES["customers"]
operators = TABLES["operators"]
tills = TABLES["tills"]
programmes = TABLES["programmes"]
shop = TABLES["shop"]

tiles = Table(
    "tiles",
    metadata,
    Column("category", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("product", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which products a till category shows; `place` sorts them: sequence first, then name."""

translations = Table(
    "translations",
    metadata,
    Column("file", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Texts in other languages than the shop's own."""

about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Facts of the catalogue as a whole: layout, generation, imported_at, counts."""

INDEXES = (
    "CREATE INDEX barcodes_by_product ON barcodes (product)",
    "CREATE INDEX barcodes_by_end ON barcodes (substr(code, -4))",
    "CREATE INDEX products_by_end ON products (substr(number, -4))",
    "CREATE INDEX products_by_name ON products (substr(search, 1, 24))",
    "CREATE INDEX packagings_by_code ON packagings (code)",
    "CREATE INDEX variants_by_product ON variants (product)",
    "CREATE INDEX values_by_attribute ON attribute_values (attribute)",
    "CREATE INDEX serials_by_number ON serials (number)",
    "CREATE INDEX supplier_codes_by_code ON supplier_codes (code)",
    "CREATE INDEX supplier_codes_by_product ON supplier_codes (product)",
    "CREATE INDEX customers_by_card ON customers (card)",
    "CREATE INDEX customers_by_till_number ON customers (till_number)",
)
"""Built after loading: sorting once is quicker than keeping order row by row."""

WORDS = "product_words"
INSIDES = "product_insides"
_SEARCH_INDEXES = (
    (WORDS, "tokenize='ascii', prefix='1 2 3'"),
    (INSIDES, "tokenize='trigram case_sensitive 1'"),
)


@cache
def layout() -> str:
    """A word for the tables as they are declared now; another layout has another word."""
    tables = [_declared(table) for table in metadata.tables.values()]
    return sha256(repr((tables, INDEXES, _SEARCH_INDEXES)).encode()).hexdigest()[:16]


def _declared(table: Table) -> object:
    """All that the statement making a table depends on. To write the statements themselves takes
    forty times as long, and every start asks."""
    return (
        table.name,
        sorted(table.dialect_kwargs.items()),
        [(column.name, type(column.type).__name__, *_flags(column)) for column in table.columns],
    )


def _flags(column: Column[Any]) -> tuple[bool, ...]:
    return bool(column.nullable), column.primary_key, bool(column.unique)


def create_tables(connection: Connection) -> None:
    """Lay out an empty catalogue, without its indexes."""
    metadata.create_all(connection)
    connection.execute(about.insert().values(name="layout", value=layout()))


def sign(connection: Connection, generation: int, imported_at: str) -> None:
    """Note which catalogue this is, so that readers and the status line can tell."""
    facts = {"generation": str(generation), "imported_at": imported_at}
    for table in (products, barcodes):
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        facts[table.name] = str(count)
    connection.execute(about.insert(), [{"name": name, "value": facts[name]} for name in facts])


def line_in_file(line: int) -> int:
    """The line to name in a problem: 0 for a row that isn't in the file but was kept."""
    return line if line < CARRIED else 0


def create_indexes(connection: Connection) -> None:
    """Build the indexes and the two search indexes over what has been loaded.

    `product_words` finds words by their beginning, `product_insides` any three letters in them.
    Both read the folded text out of `products` and hold no copy of it.
    """
    for index in INDEXES:
        connection.exec_driver_sql(index)
    for name, options in _SEARCH_INDEXES:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {name} USING fts5"
            f"(search, content='products', content_rowid='id', detail=none, {options})"
        )
        connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
