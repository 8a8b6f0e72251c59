"""100,000 price rules for the shop of 806,073 products, in a folder of the exchange format."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from pos.storage.engine import open_database

COUNT = 100_000
HEADER = (
    "number", "list", "scope", "compute", "product", "category", "min_quantity", "start", "end",
    "price", "base", "base_list", "discount", "rounding", "surcharge",
)  # fmt: skip


def write(folder: Path, data: Path) -> Path:
    """The folder with the rules of the first till's list and of two others, and nothing else: the
    rest of the catalogue in `data` stays as it is."""
    folder.mkdir()
    random = Random(4711)
    with (folder / "price_rules.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, HEADER)
        rows.writeheader()
        for number, product in enumerate(_products(data, random)):
            rows.writerow({"number": f"r{number}", **_rule(random, product)})
    return folder


def _products(data: Path, random: Random) -> list[str]:
    """Numbers of goods all over the catalogue, the same ones each time."""
    engine = open_database(data / "catalogue.db", durable=False, read_only=True)
    with engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM products").scalar_one()
        ids = random.choices(range(1, last + 1), k=COUNT)
        numbers = [
            connection.exec_driver_sql("SELECT number FROM products WHERE id = ?", (one,)).scalar()
            for one in ids
        ]
    engine.dispose()
    return [str(number) for number in numbers]


def _rule(random: Random, product: str) -> dict[str, str]:
    """One product's rule, a tier or a window of time among them; one in a hundred by category."""
    rule = {"list": random.choice(["laden", "laden", "abend", "stamm"]), "scope": "product"}
    if random.random() < 0.01:
        rule |= {"scope": "category", "category": random.choice(["G", "G-BI", "L-KN"])}
    else:
        rule["product"] = product
    rule["min_quantity"] = random.choice(["", "", "3", "12"])
    if random.random() < 0.3:
        rule |= {"start": "2026-01-01T00:00:00+01:00", "end": "2027-01-01T00:00:00+01:00"}
    return rule | random.choice(
        [
            {"compute": "fixed", "price": f"{random.randint(0, 99)}.{random.randint(50, 99)}"},
            {"compute": "percentage", "discount": random.choice(["5", "12.5", "33.33"])},
            {"compute": "formula", "base": "sales_price", "discount": "10", "rounding": "0.05"},
        ]
    )
