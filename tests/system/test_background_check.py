"""Both databases are looked at beside the sale: damage is told, nothing waits, the end is quick."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.app.window import RunningTill
from pos.domain.money import Money
from pos.runtime.bus import Event, TillChanged
from pos.storage.engine import fold_in, open_database
from pos.storage.quick_check import QuickCheck
from pos.till.views import TillView
from tests.support.catalogue import MILK
from tests.support.shop import make_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shop whose till has sold something once, with all of it in the files themselves."""
    make_shop(tmp_path)
    running = RunningTill(tmp_path, quiet=3600)
    till = running.opened.till
    till.sign_in("maria", "9999")
    till.open_session(Money(10000))
    till.scan(MILK)
    till.tender("cash")
    running.stop()
    fold_in(tmp_path / "till.db")
    fold_in(tmp_path / "catalogue.db")
    return tmp_path


def spoil(path: Path, table: str) -> None:
    """Write garbage over the first page of a table."""
    engine = open_database(path, durable=False, read_only=True)
    with engine.connect() as connection:
        statement = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        page = int(connection.exec_driver_sql(statement, (table,)).scalar_one())
        size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(content)


class Listener:
    """Hears what the till tells while it runs."""

    def __init__(self, running: RunningTill) -> None:
        self._views: queue.Queue[TillView] = queue.Queue()
        running.bus.subscribe(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, TillChanged) and isinstance(event.view, TillView):
            self._views.put(event.view)

    def troubles(self) -> list[str]:
        """The troubles of the next snapshot that has any; the till may tell of other things."""
        while not (found := self._views.get(timeout=20).troubles):
            pass
        return [trouble.code for trouble in found]


@pytest.fixture
def listening() -> Iterator[list[RunningTill]]:
    """Ends what a test has started."""
    running: list[RunningTill] = []
    yield running
    for each in running:
        each.stop()


@pytest.mark.parametrize(("database", "table"), [("till", "outbox"), ("catalogue", "tiles")])
def test_damage_is_told_and_the_till_sells_on(
    folder: Path, listening: list[RunningTill], database: str, table: str
) -> None:
    spoil(folder / f"{database}.db", table)
    running = RunningTill(folder, quiet=1)
    listening.append(running)
    listener = Listener(running)
    assert listener.troubles() == [f"{database}_damaged"]
    sold: queue.Queue[object] = queue.Queue()
    till = running.opened.till
    running.till_lane.submit(lambda: till.sign_in("maria", "9999"))
    running.till_lane.submit(lambda: till.scan(MILK), sold.put)
    view = sold.get(timeout=10).value  # type: ignore[attr-defined]
    assert view.sale.lines_count == 1
    assert [trouble.code for trouble in view.troubles] == [f"{database}_damaged"]


def test_nothing_is_told_where_all_is_well(folder: Path) -> None:
    assert QuickCheck(folder / "till.db").whole() is True
    assert QuickCheck(folder / "catalogue.db").whole() is True


def test_a_look_that_is_ended_says_nothing(folder: Path) -> None:
    check = QuickCheck(folder / "till.db")
    check.cancel()
    assert check.whole() is None


def cancel_when_begun(check: QuickCheck) -> None:
    """End the look as soon as it has its connection."""
    while check._running is None:
        threading.Event().wait(0.0005)
    check.cancel()


def test_a_look_under_way_ends_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    engine = open_database(path, durable=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE much (id INTEGER PRIMARY KEY, word TEXT) STRICT")
        numbers = "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n LIMIT 400000)"
        connection.exec_driver_sql(f"INSERT INTO much {numbers} SELECT i, hex(i) || i FROM n")
        connection.exec_driver_sql("CREATE INDEX words ON much (word)")
    engine.dispose()
    check = QuickCheck(path)
    assert check.whole() is True
    watch = threading.Thread(target=cancel_when_begun, args=(check,))
    watch.start()
    assert check.whole() is None
    watch.join()


def test_the_till_ends_at_once_while_the_check_still_waits(folder: Path) -> None:
    running = RunningTill(folder, quiet=3600)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 5
