"""Floors of looking things up: what SQLite alone takes for the same goods. Milliseconds."""

from __future__ import annotations

import sqlite3  # noqa: TID251 - the floor is what SQLite takes without us
from pathlib import Path

from pos.domain.gtin import normalise_code
from tests.bench.selling import milliseconds

PAGE = 60


def _open(data: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{data / 'catalogue.db'}?mode=ro", uri=True)


def up(data: Path, codes: list[str]) -> list[float]:
    """Find each code's product."""
    database = _open(data)
    times = [
        milliseconds(
            lambda code=code: database.execute(  # type: ignore[misc]
                "SELECT products.* FROM barcodes JOIN products ON number = product WHERE code = ?",
                (normalise_code(code),),
            ).fetchall()
        )
        for code in codes
    ]
    database.close()
    return times


def by_words(data: Path, words: list[str]) -> list[float]:
    """Find a page of products by each beginning of each word."""
    database = _open(data)
    times = [
        milliseconds(
            lambda part=word[:length]: database.execute(  # type: ignore[misc]
                "SELECT products.* FROM product_words JOIN products ON id = product_words.rowid"
                " WHERE product_words MATCH ? AND active LIMIT ?",
                (f'"{part}"*', PAGE),
            ).fetchall()
        )
        for word in words
        for length in range(1, len(word) + 1)
    ]
    database.close()
    return times
