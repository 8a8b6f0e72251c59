"""Makes the till's categories out of the product categories of a catalogue folder (ETRON-9).

Both trees are kept apart: what is copied once is the till's own from then on.
"""

from __future__ import annotations

import csv
from pathlib import Path

from pos.domain.errors import Refusal
from pos.storage.catalogue.exchange import CATEGORIES, POS_CATEGORIES, PRODUCTS
from pos.storage.catalogue.source import CsvSource

Record = dict[str, str]


def copy_tree(folder: Path) -> tuple[int, int]:
    """Write the till categories anew, and show each product in that of its product category.

    Products that are in till categories already stay there. Returns how many categories and
    products were placed. Raises Refusal "no_such_file" where a file is missing, "file_in_the_way"
    where there are till categories already, "file_faulty" where a row can't be read.
    """
    target = folder / POS_CATEGORIES.file
    if target.exists():
        raise Refusal("file_in_the_way", file=target.name)
    categories = _read(folder / CATEGORIES.file)
    products = _read(folder / PRODUCTS.file)
    known = {field.name for field in POS_CATEGORIES.fields}
    kept = [name for name in categories[0] if name.split(":")[0] in known] if categories else []
    placed = [row for row in products if _place(row)]
    _write(target, [{name: row[name] for name in kept} for row in categories])
    _write(folder / PRODUCTS.file, products)
    return len(categories), len(placed)


def _place(product: Record) -> bool:
    """Put a product in the till category of its product category's number; says whether it was."""
    free = not product.setdefault("pos_categories", "") and product.get("category", "")
    if free:
        product["pos_categories"] = product["category"]
    return bool(free)


def _read(path: Path) -> list[Record]:
    if not path.is_file():
        raise Refusal("no_such_file", file=path.name)
    with CsvSource(path) as source:
        rows = list(source.rows())
        broken = next((row.line for row in rows if row.fault), 1 if source.header_fault else 0)
        if broken:
            raise Refusal("file_faulty", file=path.name, line=broken)
        return [dict(zip(source.header, row.fields, strict=True)) for row in rows]


def _write(path: Path, rows: list[Record]) -> None:
    """Replace a file in one step."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["number", "name"])
        writer.writeheader()
        writer.writerows(rows)
    fresh.replace(path)
