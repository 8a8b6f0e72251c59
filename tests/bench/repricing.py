"""What a change of customer costs in a sale of 200 lines. Run as a program of its own.

`python -m tests.bench.repricing DATA` prints milliseconds as JSON: `prices` finds all goods and
prices every line anew, `preview` is the whole command that shows it, `change` makes it durable.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from pos.app.build import OpenTill
from pos.domain.balance import balance
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.storage.engine import open_database
from pos.till.desk import Desk
from pos.till.prices import reprice_all
from tests.bench.figure import Figure
from tests.bench.selling import WaitingPrinters, milliseconds

LINES, TIMES = 200, 15
CUSTOMERS = ("101", "102")
"""Of the demo shop: one with a list, one with a price of its own."""
GOAL = 10
"""Milliseconds for finding the goods and pricing every line anew."""


def measure(data: Path) -> dict[str, list[float]]:
    """Milliseconds of each, customers taking turns."""
    with OpenTill(data, lambda _printers, _done: WaitingPrinters()) as opened:
        till, desk = opened.till, opened.desk
        till.sign_in("maria", "9999")
        if till.view().session is None:
            till.open_session(Money(0))
        for number in goods(data):
            till.add_product(number)
        turns = [CUSTOMERS[turn % len(CUSTOMERS)] for turn in range(TIMES)]
        told = {
            "prices": [milliseconds(_pricing(desk, number)) for number in turns],
            "preview": [milliseconds(partial(till.preview_prices, number)) for number in turns],
            "change": [milliseconds(partial(till.set_customer, number)) for number in turns],
        }
        till.cancel_sale("bench")
    return told


def goods(data: Path) -> list[str]:
    """Numbers of as many goods as a long sale has lines, without weight or deposit."""
    engine = open_database(data / "catalogue.db", durable=False, read_only=True)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT number FROM products WHERE active AND NOT weighed AND deposit IS NULL"
            " AND tracking = 'none' AND number NOT IN (SELECT product FROM product_attributes)"
            " ORDER BY id LIMIT ?",
            (LINES,),
        )
        numbers = [str(number) for (number,) in found]
    engine.dispose()
    return numbers


def figures(told: dict[str, list[float]]) -> list[Figure]:
    """The figures of what `measure` told."""
    name = "200 lines for another customer"
    return [
        Figure(f"{name}, priced anew", median(told["prices"]), "ms", None, GOAL),
        Figure(f"{name}, previewed", median(told["preview"]), "ms"),
        Figure(f"{name}, kept", median(told["change"]), "ms"),
    ]


def _pricing(desk: Desk, number: str) -> Callable[[], Sale]:
    """Finding the goods of the sale and pricing it for a customer."""
    sale, customer = desk.open_sale(), desk.catalogue.customer(number)
    wanted = replace(sale, customer=customer)

    def price() -> Sale:
        products = desk.catalogue.products({line.product for line in wanted.active_lines})
        return balance(reprice_all(wanted, products, desk.pricer(wanted)))

    return price


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
