"""A million cards: making the last hundred thousand of them, and finding one by its code.

`python -m tests.bench.stored_value DATA CARDS NEW` prints its measurements as JSON: milliseconds of
each look-up and of SQLite's own, seconds of making the new ones and of their bare rows, megabytes,
milliseconds of the slowest page of the list and of the sums.
"""

from __future__ import annotations

import json
import sqlite3  # noqa: TID251 - the floor is what SQLite takes without us
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from pos.app.build import OpenTill
from pos.domain.money import Money
from pos.domain.stored_value.codes import digest, masked
from pos.ports.stored_value import CardQuery, CardState
from pos.storage.till.card_tables import BACKWARDS
from pos.till.card_codes import clear_code
from pos.till.vouchers import finding
from tests.bench.figure import Figure, spread
from tests.bench.memory import peak_megabytes
from tests.bench.selling import WaitingPrinters, milliseconds

CARDS, NEW, LOOKS = 1_000_000, 100_000, 2_000
PROGRAMME = "geschenk"

PAGES: tuple[dict[str, Any], ...] = (
    {},
    *({"state": state.value} for state in CardState),
    *({"state": state.value, "programme": "konto"} for state in CardState),
    {"ending": "7"},
    {"ending": "7A3"},
    {"ending": "7A3", "state": "empty", "programme": PROGRAMME},
    {"customer": "103"},
)
"""What a list is filtered by; most of it finds nothing among a million."""

_FILL = """
INSERT INTO card (id, programme, currency, digest, masked, made_at, salt, key, origin)
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
SELECT lower(hex(randomblob(8))), 'geschenk', 'EUR', lower(hex(randomblob(16))),
    '****' || hex(randomblob(2)),
    '2026-11-20T06:00:00.000000+00:00', lower(hex(randomblob(16))), '', 'generated' FROM number
"""
_FILL_ENTRIES = """
INSERT INTO card_entry (card, number, kind, amount, held, balance, reserved, at)
SELECT id, 1, 'issue', 2500, 0, 2500, 0, made_at FROM card
"""


def figures(told: dict[str, Any]) -> Iterator[Figure]:
    """The figures of what `main` has told."""
    yield from spread("voucher by its code, 1,000,000 cards", told["look"], told["floor"], 5)
    name = f"making {told['new']:,} vouchers"
    yield Figure(name, told["seconds"], "s", told["floor_seconds"], 20)
    yield Figure(f"{name}, longest wait of a sale", told["longest"], "ms", None, 100)
    yield Figure(f"{name}, memory it adds", told["memory"], "MB", None, 20)
    yield Figure("slowest page of 1,000,000 vouchers", told["page"], "ms", None, 50)
    yield Figure("sums of 1,000,000 vouchers", told["sums"], "ms", None, 5)


def measure(data: Path, cards: int, new: int) -> dict[str, Any]:
    """Fill the ledger up, make more on top, look codes up."""
    with OpenTill(data, lambda _printers, _done: WaitingPrinters()):
        pass
    _fill(data / "till.db", cards - new)
    with OpenTill(data, lambda _printers, _done: WaitingPrinters()) as opened:
        opened.till.sign_in("maria", "9999")
        _made(opened, 2_000)
        before, start = peak_megabytes(), perf_counter()
        longest = _made(opened, new)
        seconds, memory = perf_counter() - start, peak_megabytes() - before
        codes = _codes(opened)
        page = max(milliseconds(partial(opened.till.vouchers, **one)) for one in PAGES)
        sums = milliseconds(opened.till.voucher_counts)
        looks = [milliseconds(partial(finding.by_code, opened.desk, code)) for code in codes]
    return {
        "look": looks,
        "floor": _bare_looks(data / "till.db", codes),
        "new": new,
        "seconds": seconds,
        "longest": longest,
        "floor_seconds": _bare_rows(data / "till.db", new),
        "memory": memory,
        "page": page,
        "sums": sums,
    }


def _fill(path: Path, count: int) -> None:
    """Cards as if they had been there for years; nobody looks these up."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("BEGIN")
    database.execute(_FILL, (count,))
    database.execute(_FILL_ENTRIES)
    database.execute("COMMIT")
    database.close()


def _made(opened: OpenTill, count: int) -> float:
    """Make cards piece by piece; milliseconds of the longest piece."""
    till = opened.till
    longest = milliseconds(
        lambda: till.generate_vouchers(PROGRAMME, count, Money(2500, opened.desk.currency))
    )
    while opened.store.runs.busy() is not None:
        longest = max(longest, milliseconds(till.work_on))
    return longest


def _codes(opened: OpenTill) -> list[str]:
    """Codes of cards that were made here, out of all of them."""
    desk, random, run = opened.desk, Random(4711), opened.desk.run
    assert run is not None
    rows = opened.store.cards.cards(CardQuery(run=run.id, limit=20 * LOOKS))
    return [clear_code(desk, row.card) for row in random.sample(list(rows), LOOKS)]


def _bare_looks(path: Path, codes: list[str]) -> list[float]:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    statement = (
        f"SELECT * FROM card JOIN card_entry ON card = id WHERE {BACKWARDS} = ? AND digest = ?"
    )
    times = [
        milliseconds(lambda known=known: database.execute(statement, known).fetchall())  # type: ignore[misc]
        for known in [(masked(code)[:-5:-1], digest(code)) for code in codes]
    ]
    database.close()
    return times


def _bare_rows(path: Path, count: int) -> float:
    """Seconds to insert as many of our rows into bare tables, in one transaction."""
    with TemporaryDirectory(dir=path.parent) as folder:
        database = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("ATTACH ? AS ours", (str(path),))
        for table in ("card", "card_entry"):
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM ours.{table} LIMIT 0")
        database.execute("CREATE UNIQUE INDEX bare_id ON card (id)")
        database.execute("CREATE UNIQUE INDEX bare_digest ON card (digest)")
        database.execute("CREATE UNIQUE INDEX bare_entry ON card_entry (card, number)")
        rows = {
            table: database.execute(f"SELECT * FROM ours.{table} LIMIT ?", (count,)).fetchall()
            for table in ("card", "card_entry")
        }
        start = perf_counter()
        database.execute("BEGIN")
        for table, found in rows.items():
            places = ", ".join("?" * len(found[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", found)
        database.execute("COMMIT")
        seconds = perf_counter() - start
        database.close()
    return seconds


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
