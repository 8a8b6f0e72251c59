"""Search as the cashier types: codes and numbers, names that begin so, word beginnings, insides.

No ranking by relevance: sorting all hits of a common beginning takes longer than a keystroke may.
Names that begin with the query come in the order of an index, those with it as a whole word
first, and only so many; all else comes in the order of its file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)

from pos.domain.gtin import normalise_code, short_code
from pos.domain.product import ProductTile
from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.mapping import PRODUCT_WIDTH, select_products, to_product
from pos.storage.catalogue.tables import INSIDES, TABLES, WORDS, barcodes, packagings, products

LONGEST = 60
"""Characters of a query that count; a scan that lands in the field by mistake may be longer."""
_MOST_WORDS = 8
_MOST_CODES = 50
_CODE_BEGINNING = 3
"""Characters from which on a query with a digit in front may be the beginning of a number or an
EAN-13."""
_TRIGRAM = 3
_MOST_NAMES = 24
"""Products shown before others because their names begin with the query."""
_NAME_LENGTH = 24
"""Characters of a name the index of names holds."""
_NAME_BEGINNING = 2
"""Characters from which on the beginning of a name says something."""

supplier_codes = TABLES["supplier_codes"]
_own_codes = barcodes.alias("own_codes")
_FIRST_CODE = (
    select(_own_codes.c.code)
    .where(_own_codes.c.product == products.c.number)
    .order_by(_own_codes.c.line)
    .limit(1)
    .scalar_subquery()
)
TILES = select_products(_FIRST_CODE).where(products.c.active == 1)
"""Products that may be offered, each with its first code."""

_BY_CODE = TILES.where(
    or_(
        products.c.number == bindparam("number"),
        products.c.number.in_(
            select(barcodes.c.product).where(barcodes.c.code == bindparam("code"))
        ),
        products.c.number.in_(
            select(packagings.c.product).where(packagings.c.code == bindparam("code"))
        ),
        products.c.number.in_(
            select(supplier_codes.c.product).where(supplier_codes.c.code == bindparam("number"))
        ),
    )
)
_NUMBERS = products.alias("numbers")
_BY_BEGINNING = TILES.where(
    or_(
        products.c.number.in_(
            select(_NUMBERS.c.number)
            .where(_NUMBERS.c.number >= bindparam("number"))
            .where(_NUMBERS.c.number < bindparam("number_end"))
            .limit(_MOST_CODES)
        ),
        products.c.number.in_(
            select(barcodes.c.product)
            .where(barcodes.c.code >= bindparam("code"), barcodes.c.code < bindparam("code_end"))
            .limit(_MOST_CODES)
        ),
    )
).order_by(products.c.id)
_NAME: ColumnElement[str] = literal_column(f"substr(products.search, 1, {_NAME_LENGTH})", Text)
"""Written as in the index `products_by_name`, else SQLite would not see that it may use it."""
_BY_NAME = (
    TILES.where(bindparam("name") <= _NAME, bindparam("name_end") > _NAME)
    .order_by(_NAME)
    .limit(_MOST_NAMES)
)


class Search:
    """The search over one catalogue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self,
        text: str,
        offset: int,
        limit: int,
        narrowed: Sequence[ColumnElement[bool]] = (),
    ) -> tuple[ProductTile, ...]:
        """Hits `offset` to `offset + limit` of all there are for a query.

        `narrowed` are conditions on products that hold besides.
        """
        query = text.strip()[:LONGEST]
        words = fold(query).split()[:_MOST_WORDS]
        if not words:
            return ()
        first = self._by_code(query, narrowed)
        first += self._by_name(" ".join(words), {tile.product.number for tile in first}, narrowed)
        page = first[offset : offset + limit]
        known = [tile.product.number for tile in first]
        offset = max(0, offset - len(first))
        for group in (_beginnings(words), _insides(words)):
            if group is None or len(page) >= limit:
                break
            group = _narrowed(group, narrowed)
            if known:
                group = group.where(products.c.number.not_in(known))
            found = self._tiles(group.limit(limit - len(page)).offset(offset))
            page += found
            offset = max(0, offset - self._count(group)) if offset and not found else 0
        return tuple(page)

    def _by_code(self, query: str, narrowed: Sequence[ColumnElement[bool]]) -> list[ProductTile]:
        """The product of exactly this code or number; without one, those that begin so."""
        found = self._tiles(
            _narrowed(_BY_CODE, narrowed), {"number": query, "code": normalise_code(query)}
        )
        if not found and query[0].isdigit() and len(query) >= _CODE_BEGINNING:
            ends = {
                "number_end": _after(query),
                "code": f"0{query}",
                "code_end": _after(f"0{query}"),
            }
            found = self._tiles(_narrowed(_BY_BEGINNING, narrowed), {"number": query, **ends})
        return found

    def _by_name(
        self, query: str, known: set[str], narrowed: Sequence[ColumnElement[bool]]
    ) -> list[ProductTile]:
        """Names that begin with the query; those that have it as a whole word come first."""
        if not _NAME_BEGINNING <= len(query) < _NAME_LENGTH:
            return []
        statement = _narrowed(_BY_NAME, narrowed)
        found: list[ProductTile] = []
        for begin, end in ((query, query + "!"), (query + "!", _after(query))):
            if len(found) < _MOST_NAMES:
                found += self._tiles(statement, {"name": begin, "name_end": end})
        return [tile for tile in found if tile.product.number not in known][:_MOST_NAMES]

    def _tiles(
        self, statement: Select[Any], values: dict[str, str] | None = None
    ) -> list[ProductTile]:
        return [to_tile(row) for row in self._connection.execute(statement, values or {})]

    def _count(self, group: Select[Any]) -> int:
        counted = group.with_only_columns(func.count(), maintain_column_froms=True)
        return int(self._connection.execute(counted).scalar_one())


_FIRST_HALF, _LAST_HALF = 0xD800, 0xDFFF


def _narrowed(statement: Select[Any], narrowed: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The statement with what holds besides; nearly always that is nothing."""
    return statement.where(*narrowed) if narrowed else statement


def to_tile(row: Any) -> ProductTile:
    """The tile of a row of `TILES`."""
    return ProductTile(to_product(row), short_code(row[PRODUCT_WIDTH] or ""))


def _after(text: str) -> str:
    """The first text that doesn't begin so any more. Halves of characters, which no file holds,
    are passed over, and behind the very last character comes nothing.
    """
    point = ord(text[-1]) + 1
    if point > sys.maxunicode:
        return text + text[-1]
    return text[:-1] + (chr(point) if point != _FIRST_HALF else chr(_LAST_HALF + 1))


def _beginnings(words: list[str]) -> Select[Any]:
    """Products with a word that begins so, for every word of the query."""
    index = table(WORDS, column("rowid"), column(WORDS))
    query = " ".join(f'"{word}"*' for word in words)
    return TILES.join(index, index.c.rowid == products.c.id).where(
        index.c[WORDS].op("MATCH")(query)
    )


def _insides(words: list[str]) -> Select[Any] | None:
    """Products that hold every word somewhere, and aren't among the beginnings.

    The index knows which letters come three in a row, not where: the text itself decides. Words
    of one or two letters must stand at a beginning all the same.
    """
    long_words = [word for word in words if len(word) >= _TRIGRAM]
    if not long_words:
        return None
    index = table(INSIDES, column("rowid"), column(INSIDES))
    query = " AND ".join(f'"{part}"' for word in long_words for part in _trigrams(word))
    begins = [_begins(word) for word in words]
    holds = [
        func.instr(products.c.search, word) > 0 if word in long_words else _begins(word)
        for word in words
    ]
    return TILES.join(index, index.c.rowid == products.c.id).where(
        index.c[INSIDES].op("MATCH")(query), *holds, ~and_(*begins)
    )


def _begins(word: str) -> ColumnElement[bool]:
    return func.instr(" " + products.c.search, " " + word) > 0


def _trigrams(word: str) -> list[str]:
    parts = (word[at : at + _TRIGRAM] for at in range(len(word) - _TRIGRAM + 1))
    return list(dict.fromkeys(parts))
