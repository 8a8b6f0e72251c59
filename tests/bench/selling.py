"""What closing a sale costs, and the bare commits of the same rows. Run as a program of its own.

`python -m tests.bench.selling DATA SALES [EXCHANGE]` prints the milliseconds of each as JSON. With
EXCHANGE another process imports that folder meanwhile, and selling goes on until it is done.
"""

from __future__ import annotations

import json
import sqlite3  # noqa: TID251 - the floor is what SQLite takes without us
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from pos.app.build import OpenTill
from pos.domain.money import Money
from pos.ports.devices import TillPrinter
from pos.ports.store import PrintJob
from pos.storage.engine import open_database

LINES = 10
OF_A_SALE = {
    "sale": 1, "line_item": 1, "tender": 1, "seal": 1, "journal": 2, "print_job": 1, "outbox": 1,
}  # fmt: skip
"""Rows of each table that closing a sale adds or changes."""


class WaitingPrinters:
    """Takes jobs and does nothing: paper is another lane's business. Implements `Printing`."""

    def names(self) -> Sequence[str]:
        return ("Bon",)

    def send(self, job: PrintJob) -> None:
        """The job stays queued."""

    def kick(self, printer: str) -> None:
        """There is no drawer."""

    def change(self, printers: Mapping[str, TillPrinter]) -> None:
        """There are no others."""

    def check(self, name: str, told: Callable[[str], None]) -> None:
        """Nobody asks."""


def codes(data: Path, count: int) -> list[str]:
    """Codes of goods spread over the whole catalogue, the same ones each time."""
    engine = open_database(data / "catalogue.db", durable=False, read_only=True)
    with engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM products").scalar_one()
        random, found = Random(4711), list[str]()
        while len(found) < count:
            code = connection.exec_driver_sql(
                "SELECT code FROM barcodes JOIN products ON number = product"
                " WHERE id = ? AND active AND NOT weighed AND NOT code GLOB '02*'",
                (random.randrange(1, last + 1),),
            ).scalar()
            if code is not None:
                found.append(str(code))
    engine.dispose()
    return found


def measure(data: Path, sales: int, exchange: Path | None = None) -> dict[str, list[float]]:
    """Milliseconds of each durable close of a ten-line sale, and of the bare commits."""
    with _importing(exchange, data) as busy:
        return _measure(data, sales, busy)


def _measure(data: Path, sales: int, busy: Callable[[], bool]) -> dict[str, list[float]]:
    random, known = Random(1), codes(data, 500)
    closes: list[float] = []
    scans: list[float] = []
    with OpenTill(data, lambda _printers, _done: WaitingPrinters()) as opened:
        till = opened.till
        till.sign_in("maria", "9999")
        if till.view().session is None:
            till.open_session(Money(0))
        while len(closes) < sales or busy():
            for code in random.choices(known, k=LINES):
                scans.append(milliseconds(partial(till.scan, code)))
            till.start_checkout()
            closes.append(milliseconds(partial(till.tender, "cash")))
    with _bare(data) as bare:
        lines = [milliseconds(bare.line) for _ in scans]
        floor = [milliseconds(bare.sale) for _ in closes]
    return {"scan": scans, "line_floor": lines, "close": closes, "floor": floor}


@contextmanager
def _importing(exchange: Path | None, data: Path) -> Iterator[Callable[[], bool]]:
    """Import beside, in a process of its own; tells whether it is still at work."""
    if exchange is None:
        yield lambda: False
        return
    command = [sys.executable, "-m", "pos", "import", str(exchange), "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as importing:
        yield lambda: importing.poll() is None
    if importing.returncode:
        raise RuntimeError(f"the import beside the sales ended with {importing.returncode}")


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1e3


class _Bare:
    """A database with the same tables, and the rows that a sale of ours has added."""

    def __init__(self, path: Path, ours: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("ATTACH ? AS ours", (str(ours),))
        self._rows = {table: self._take(table, count) for table, count in OF_A_SALE.items()}
        self._database.execute("DETACH ours")

    def _take(self, table: str, count: int) -> list[tuple[object, ...]]:
        self._database.execute(f"CREATE TABLE {table} AS SELECT * FROM ours.{table} LIMIT 0")
        newest = f"SELECT * FROM ours.{table} ORDER BY rowid DESC LIMIT {count}"
        return self._database.execute(newest).fetchall()

    def line(self) -> None:
        """Commit a line and its journal entry."""
        self._commit({"line_item": 1, "journal": 1})

    def sale(self) -> None:
        """Commit the head with its number, then all that closing adds."""
        self._commit({"sale": 1, "journal": 1})
        self._commit({"sale": 1, "seal": 1, "journal": 2, "print_job": 1, "outbox": 1, "tender": 1})

    def _commit(self, tables: Mapping[str, int]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        for table, count in tables.items():
            rows = self._rows[table][:count]
            places = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        self._database.execute("COMMIT")

    def close(self) -> None:
        self._database.close()


@contextmanager
def _bare(data: Path) -> Iterator[_Bare]:
    with TemporaryDirectory(dir=data) as folder:
        bare = _Bare(Path(folder) / "bare.db", data / "till.db")
        yield bare
        bare.close()


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), *map(Path, sys.argv[3:]))))
