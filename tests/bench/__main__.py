"""`python -m tests.bench`: the measurements as a table, and in build/bench.json.

Every program that is measured runs as a process of its own, so that start and memory are true.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from pos.app.demo import make_demo
from pos.storage.catalogue.importing import import_folder
from pos.storage.engine import open_database
from tests.bench import looking, pricing, repricing, rules, selling, shop, stored_value
from tests.bench.figure import HEAD, Figure, line, spread, write

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
SCREEN = Path(__file__).with_name("screen.json")
"""Off screen, Qt's own screen is smaller than any till's."""

STARTS, SALES, SCANS, WORDS = 5, 200, 400, 60


def main() -> int:
    """Measure everything; a goal that is missed is marked, and no failure."""
    given = _arguments()
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="bench-", dir=_made(BUILD)) as temporary:
        folder = Path(temporary)
        exchange = shop.write_shop(folder, given.products, shop.find_list(given.products_file))
        print(HEAD)
        for figure in _all(exchange, folder):
            print(line(figure), flush=True)
            figures.append(figure)
    write(figures, BUILD / "bench.json")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--products", type=int, default=shop.COUNT, help="size of the catalogue")
    parser.add_argument("--products-file", type=Path, help="list of products: GTIN, tab, name")
    return parser.parse_args()


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _all(exchange: Path, folder: Path) -> Iterator[Figure]:
    data = folder / "data"
    yield from shop.measure(exchange, data, folder)
    # First the window: it would print what the measurements of selling leave in its queue.
    yield from _window(data)
    yield from _closing(exchange, data)
    yield from pricing.measure()
    yield from repricing.figures(_told("repricing", data))
    yield from _with_rules(data, folder)
    yield from _cards(folder / "cards")


def _cards(data: Path) -> Iterator[Figure]:
    """A million vouchers in the demo shop."""
    make_demo(data)
    told = _told("stored_value", data, stored_value.CARDS, stored_value.NEW)
    yield from stored_value.figures(told)


def _closing(exchange: Path, data: Path) -> Iterator[Figure]:
    """Closing sales alone, and beside an import in another process."""
    alone = _told("selling", data, SALES)
    yield from spread("scan as a command, without a window", alone["scan"], alone["line_floor"], 16)
    yield from spread("closing a sale durably", alone["close"], alone["floor"], 25)
    beside = _told("selling", data, SALES, exchange)
    yield from spread("closing a sale beside an import", beside["close"], beside["floor"], 25)


def _window(data: Path) -> Iterator[Figure]:
    """Starts of the window in an open session, then one that takes scans and searches."""
    _told("selling", data, 0)
    bare = [_told("bare_window", time.monotonic()) for _ in range(STARTS)]
    starts = [_told("window", data, time.monotonic()) for _ in range(STARTS)]
    floor = median(one["start"] for one in bare)
    yield Figure("cold start to the sign-in", median(one["window"] for one in starts), "s", floor)
    yield Figure(
        "cold start to a window that sells",
        median(one["selling"] for one in starts),
        "s",
        floor,
        1.5,
    )
    codes, words = selling.codes(data, 500), _words(data)
    work = {"codes": codes, "scan_count": SCANS, "words": words}
    told = _told("window", data, time.monotonic(), json.dumps(work))
    yield from spread("scan to painted line", told["scans"], looking.up(data, codes), 16)
    yield from spread(
        "search, keystroke to painted tiles", told["keystrokes"], looking.by_words(data, words), 50
    )
    floor = median(one["memory"] for one in bare)
    yield Figure("peak memory of the selling window", told["memory"], "MB", floor, 250)


def _with_rules(data: Path, folder: Path) -> Iterator[Figure]:
    """The window again, with 100,000 price rules."""
    import_folder(rules.write(folder / "rules", data), data, shop.IMPORTED_AT, fewer=True)
    codes = selling.codes(data, 500)
    work = {"codes": codes, "scan_count": SCANS, "words": []}
    told = _told("window", data, time.monotonic(), json.dumps(work))
    yield from spread(
        f"scan to painted line, {rules.COUNT:,} rules", told["scans"], looking.up(data, codes), 16
    )


def _told(program: str, *arguments: object) -> Any:
    """What a program of this package prints as JSON on its last line."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{program}", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={SCREEN}"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _words(data: Path) -> list[str]:
    """Words of goods all over the catalogue, the same ones each time."""
    engine = open_database(data / "catalogue.db", durable=False, read_only=True)
    with engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM products").scalar_one()
        random, words = Random(4711), list[str]()
        while len(words) < WORDS:
            name = connection.exec_driver_sql(
                "SELECT search FROM products WHERE id = ? AND active",
                (random.randrange(1, last + 1),),
            ).scalar()
            words += [word for word in str(name or "").split() if 4 <= len(word) <= 9][:1]
    engine.dispose()
    return words


if __name__ == "__main__":
    sys.exit(main())
