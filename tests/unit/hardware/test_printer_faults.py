"""A printer that fails in every way a printer on a network can."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest

from pos.hardware.channels import open_channel
from pos.hardware.printer_escpos import printer as module
from pos.hardware.printer_escpos.printer import EscPosPrinter, Pulse
from pos.ports.devices import DeviceError
from tests.support import papers
from tests.support.escpos_interpreter import Interpreter
from tests.support.printer_server import (
    COVER_OPEN,
    CUTTER_JAMMED,
    PAPER_LOW,
    PAPER_OUT,
    READY,
    UNASKED,
    PrinterServer,
)


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER_MS", 200)
    monkeypatch.setattr(module, "WRITE_MS", 300)
    monkeypatch.setattr(module, "PROOF_MS", 300)
    monkeypatch.setattr(module, "_LINE_MS", 1)
    monkeypatch.setattr(module, "_ASK_AGAIN_MS", 50)


def printer(address: str, *, asks: bool = True) -> EscPosPrinter:
    return EscPosPrinter(lambda: open_channel(address), pulse=Pulse(5, 50, 500), asks=asks)


def fault_of(action: Callable[[], object]) -> str:
    started = time.monotonic()
    with pytest.raises(DeviceError) as caught:
        action()
    assert time.monotonic() - started < 3
    return caught.value.fault


def test_a_healthy_printer_prints_once_and_proves_it() -> None:
    with PrinterServer() as server:
        printer(server.address).print(papers.receipt())
    paper = Interpreter().run(server.jobs)
    assert (paper.cuts, paper.text.count("Beleg Nr. 17")) == (1, 1)


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (PAPER_OUT, "paper_out"),
        (COVER_OPEN, "cover_open"),
        (CUTTER_JAMMED, "error"),
        ((0x1E, 0x12, 0x12, 0x12), "offline"),
    ],
)
def test_a_printer_that_is_not_ready_gets_nothing(
    status: tuple[int, int, int, int], fault: str
) -> None:
    with PrinterServer(status=status) as server:
        assert fault_of(lambda: printer(server.address).print(papers.receipt())) == fault
        assert fault_of(printer(server.address).check) == fault
    assert server.jobs == b""


def test_a_fault_in_mid_print_is_told_by_its_name() -> None:
    with PrinterServer(status_after_job=PAPER_OUT) as server:
        assert fault_of(lambda: printer(server.address).print(papers.receipt())) == "paper_out"


def test_low_paper_is_a_warning() -> None:
    with PrinterServer(status=PAPER_LOW) as server:
        assert printer(server.address).check() == "paper_low"
    with PrinterServer(status=READY) as server:
        assert printer(server.address).check() == ""


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    assert fault_of(lambda: printer(address).print(papers.receipt())) == "unreachable"
    assert fault_of(printer(address).kick) == "unreachable"


def test_a_silent_peer_is_no_printer() -> None:
    with PrinterServer(talks=False) as server:
        assert fault_of(lambda: printer(server.address).print(papers.receipt())) == "no_answer"
    assert server.jobs == b""


def test_a_printer_that_never_proves_has_not_printed() -> None:
    with PrinterServer(proves=False) as server:
        assert fault_of(lambda: printer(server.address).print(papers.receipt())) == "timeout"


def test_a_peer_that_never_reads() -> None:
    with PrinterServer(reads=False) as server:
        assert fault_of(lambda: printer(server.address).print(papers.receipt())) == "no_answer"


def test_a_peer_that_stops_reading_blocks_the_lane_for_its_limit_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "render", lambda *_: bytes(20_000_000))
    with PrinterServer(reads=False) as server:
        deaf = printer(server.address, asks=False)
        assert fault_of(lambda: deaf.print(papers.receipt())) == "timeout"


def test_a_peer_that_hangs_up_in_mid_job() -> None:
    with PrinterServer(hang_up_after=500) as server:
        assert fault_of(lambda: printer(server.address).print(papers.receipt())) == "unreachable"


def test_a_peer_that_hangs_up_at_the_first_question() -> None:
    with PrinterServer(hang_up_after=1) as server:
        assert fault_of(printer(server.address).check) == "unreachable"


@pytest.mark.parametrize("noise", [UNASKED, UNASKED * 3, b"\xff\x80", b"\xff" + UNASKED])
def test_what_a_printer_says_unasked_is_no_answer(noise: bytes) -> None:
    with PrinterServer(noise=noise) as server:
        printer(server.address).print(papers.receipt())
    with PrinterServer(noise=noise, status=COVER_OPEN) as server:
        assert fault_of(printer(server.address).check) == "cover_open"


def test_a_printer_that_can_not_answer_is_believed() -> None:
    with PrinterServer(talks=False) as server:
        mute = printer(server.address, asks=False)
        mute.print(papers.receipt())
        assert mute.check() == ""
    assert Interpreter().run(server.jobs).cuts == 1


def test_the_drawer_opens_without_paper() -> None:
    with PrinterServer(status=PAPER_OUT) as server:
        printer(server.address).kick()
    assert Interpreter().run(server.jobs).pulses == [(5, 50, 500)]
