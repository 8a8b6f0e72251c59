"""A shop of 806,073 products, the time its import takes, and what SQLite alone takes for it."""

from __future__ import annotations

import csv
import os
import sqlite3  # noqa: TID251 - the floor is what SQLite takes without us
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from pos.runtime.resources import resource
from pos.storage.catalogue.filling import write_filled_folder
from pos.storage.catalogue.importing import import_folder
from tests.bench.figure import Figure

COUNT = 806_073
IMPORTED_AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
NEAR = Path(__file__).parents[2].parent / "shared/data/products.tsv.gz"
"""Where a list of products may lie beside a checkout."""


def find_list(given: Path | None) -> Path | None:
    """The list of products: as given, as in the environment, or beside the checkout."""
    named = given or (
        Path(os.environ["KASSA_PRODUCTS"]) if "KASSA_PRODUCTS" in os.environ else None
    )
    return named or (NEAR if NEAR.is_file() else None)


def write_shop(folder: Path, count: int, products_file: Path | None) -> Path:
    """The shop as a folder of the exchange format; written once for every size."""
    exchange = folder / f"exchange-{count}"
    if not exchange.exists():
        partial = exchange.with_suffix(".partial")
        write_filled_folder(resource("demo"), partial, count, products_file)
        partial.rename(exchange)
    return exchange


def measure(exchange: Path, data: Path, folder: Path) -> list[Figure]:
    """Import the shop into a new data folder, and insert the same rows bare."""
    start = perf_counter()
    report = import_folder(exchange, data, IMPORTED_AT)
    seconds = perf_counter() - start
    if report.problem_count:
        raise RuntimeError(f"{report.problem_count} faulty rows in the shop")
    floor = _insert_bare(exchange, folder / "bare.db")
    count = report.files["products.csv"].taken
    return [
        Figure(f"import of {count:,} products", seconds, "s", floor, 90),
        Figure("import, times the floor", seconds / floor, "×", 1, 3),
    ]


def _insert_bare(exchange: Path, path: Path) -> float:
    """Read every file and insert every row as it is, with its key and the same search index."""
    start = perf_counter()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("BEGIN")
    for file in sorted(exchange.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            rows = csv.reader(opened)
            header = next(rows)
            names = ", ".join(f'"{name}"' for name in header)
            database.execute(f'CREATE TABLE "{file.stem}" ({names}, PRIMARY KEY ("{header[0]}"))')
            database.executemany(
                f'INSERT OR IGNORE INTO "{file.stem}" VALUES ({", ".join("?" * len(header))})', rows
            )
    for index, options in (("words", "prefix = '1 2 3'"), ("insides", "tokenize = trigram")):
        options = f"content = '', detail = none, {options}"
        database.execute(f"CREATE VIRTUAL TABLE {index} USING fts5 (name, {options})")
        database.execute(f"INSERT INTO {index} (rowid, name) SELECT rowid, name FROM products")
    database.execute("COMMIT")
    database.close()
    return perf_counter() - start
