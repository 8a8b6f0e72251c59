"""Jobs on a printer's own lane: what becomes of each is told, and the drawer goes first."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pos.ports.devices import DeviceError
from pos.ports.document import Document
from pos.ports.store import JobState, PrintJob
from pos.runtime.print_lane import Printers

AT = datetime(2026, 11, 22, tzinfo=UTC)


class Printer:
    """A printer that waits to be let go, and does what its test says."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.go = threading.Event()
        self.busy = threading.Event()
        self.failure: Exception | None = None

    def print(self, document: Document) -> None:
        self.busy.set()
        assert self.go.wait(5)
        if self.failure:
            raise self.failure
        self.printed.append(document.title)

    def kick(self) -> None:
        if self.failure:
            raise self.failure
        self.printed.append("kick")

    def check(self) -> str:
        return ""


def job(number: int, printer: str = "counter") -> PrintJob:
    return PrintJob(number, printer, Document("receipt", f"R{number}"), JobState.QUEUED, AT)


class Till:
    """Two printers and what the till hears of them."""

    def __init__(self) -> None:
        self.counter, self.office = Printer(), Printer()
        self.told: queue.Queue[tuple[int, str]] = queue.Queue()
        self.kicks: queue.Queue[tuple[str, str]] = queue.Queue()
        self.printers = Printers(
            {"counter": self.counter, "office": self.office},
            lambda number, fault: self.told.put((number, fault)),
            lambda name, fault: self.kicks.put((name, fault)),
        )

    def heard(self) -> tuple[int, str]:
        return self.told.get(timeout=2)


@pytest.fixture
def till() -> Iterator[Till]:
    till = Till()
    till.printers.start()
    yield till
    till.counter.go.set()
    till.office.go.set()
    assert till.printers.stop()


def test_jobs_print_in_their_order_and_each_is_told(till: Till) -> None:
    till.counter.go.set()
    for number in (1, 2, 3):
        till.printers.send(job(number))
    assert [till.heard() for _ in range(3)] == [(1, ""), (2, ""), (3, "")]
    assert till.counter.printed == ["R1", "R2", "R3"]


def test_a_fault_is_told_by_its_key_and_the_next_job_goes_on(till: Till) -> None:
    till.counter.failure = DeviceError("paper_out")
    till.counter.go.set()
    till.printers.send(job(1))
    assert till.heard() == (1, "paper_out")
    till.counter.failure = None
    till.printers.send(job(2))
    assert till.heard() == (2, "")


def test_a_bug_in_a_printer_is_told_as_one(till: Till) -> None:
    till.counter.failure = ZeroDivisionError()
    till.counter.go.set()
    till.printers.send(job(1))
    assert till.heard() == (1, "bug")


def test_a_stuck_printer_holds_up_nobody_else(till: Till) -> None:
    till.printers.send(job(1))
    assert till.counter.busy.wait(2)
    till.office.go.set()
    till.printers.send(job(2, "office"))
    assert till.heard() == (2, "")


def test_the_drawer_opens_before_paper_that_waits(till: Till) -> None:
    till.printers.send(job(1))
    assert till.counter.busy.wait(2)
    till.printers.send(job(2))
    till.printers.kick("counter")
    till.counter.go.set()
    assert till.kicks.get(timeout=2) == ("counter", "")
    assert [till.heard(), till.heard()] == [(1, ""), (2, "")]
    assert till.counter.printed == ["R1", "kick", "R2"]
    assert till.office.printed == []


def test_a_drawer_that_stays_shut_is_told(till: Till) -> None:
    till.counter.failure = DeviceError("unreachable")
    till.printers.kick("counter")
    assert till.kicks.get(timeout=2) == ("counter", "unreachable")


def test_a_printer_that_is_gone_fails_its_job(till: Till) -> None:
    till.printers.send(job(1, "kitchen"))
    assert till.heard() == (1, "unreachable")


def test_the_first_printer_is_named_first(till: Till) -> None:
    assert till.printers.names() == ("counter", "office")


def test_stopping_finishes_the_paper_in_hand_and_gives_the_rest_back() -> None:
    till = Till()
    till.printers.start()
    till.printers.send(job(1))
    till.printers.send(job(2))
    assert till.counter.busy.wait(2)
    stopping = threading.Thread(target=till.printers.stop)
    stopping.start()
    while not till.printers._lanes["counter"]._stopping.is_set():
        threading.Event().wait(0.001)
    till.counter.go.set()
    stopping.join()
    assert [till.heard(), till.heard()] == [(1, ""), (2, "not_printed")]
    assert till.counter.printed == ["R1"]


def test_a_till_without_a_printer_has_no_drawer_to_kick() -> None:
    kicks: list[str] = []
    printers = Printers({}, lambda number, fault: None, lambda name, fault: kicks.append(name))
    printers.start()
    printers.kick("counter")
    assert printers.stop()
    assert (kicks, printers.names()) == ([], ())
