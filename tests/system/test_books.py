"""When a session closes all books are compared, beside the sale, and the outcome is told (C15)."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.app.books import outcome_of
from pos.app.window import RunningTill
from pos.domain.money import Money
from pos.runtime.bus import BooksChecked, Event
from pos.storage.engine import open_database
from pos.storage.till.triggers import TRIGGERS
from tests.support.catalogue import MILK
from tests.support.shop import make_shop


class Books:
    """A running till, and what it tells of its books."""

    def __init__(self, folder: Path) -> None:
        self.running = RunningTill(folder, quiet=3600)
        self.till = self.running.opened.till
        self._told: queue.Queue[BooksChecked] = queue.Queue()
        self.running.bus.subscribe(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, BooksChecked):
            self._told.put(event)

    def sell(self, receipts: int) -> None:
        """Open a session and close some sales."""
        self.till.sign_in("maria", "9999")
        self.till.open_session(Money(10000))
        for _ in range(receipts):
            self.till.scan(MILK)
            self.till.tender("card")

    def close(self) -> BooksChecked:
        """Close the session; what is told then."""
        self.till.close_session(Money(10000))
        return self._told.get(timeout=30)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    make_shop(tmp_path)
    books = Books(tmp_path)
    yield books
    books.running.stop()


def test_agreeing_books_are_told_with_their_receipts(books: Books) -> None:
    books.sell(3)
    assert books.close() == BooksChecked(3)


def test_what_does_not_hold_is_told_by_name(books: Books, tmp_path: Path) -> None:
    books.sell(2)
    engine = open_database(tmp_path / "till.db", durable=True)
    with engine.begin() as connection:
        for trigger in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger.split()[2]}")
        connection.exec_driver_sql(
            "UPDATE tender SET amount = amount + 1 WHERE sale = "
            "(SELECT id FROM sale WHERE receipt_number = 2)"
        )
    engine.dispose()
    told = books.close()
    assert told.wrong and told.receipts == 0


def test_a_check_that_says_nothing_proves_nothing() -> None:
    assert outcome_of([]) is None
    assert outcome_of(["Traceback", "ValueError"]) is None
    bad = ['{"check": "sales", "ok": false, "count": 0, "wrong": "receipt_twice", "number": 7}']
    assert outcome_of(bad) == BooksChecked(0, "sales", "receipt_twice", {"number": 7})


def test_the_till_ends_though_a_comparison_runs(books: Books) -> None:
    books.sell(1)
    books.till.close_session(Money(10000))
