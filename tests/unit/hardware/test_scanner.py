"""A scanner on a serial line: every scan once, in order, whatever else comes down the line."""

from __future__ import annotations

import os
import pty
import queue
import threading
import time
import tty
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.hardware.channels import open_channel
from pos.hardware.scanner_serial import scanner as module
from pos.hardware.scanner_serial.frames import LONGEST, Frames
from pos.hardware.scanner_serial.scanner import SerialScanner
from pos.ports.channel import ByteChannel
from pos.ports.devices import DeviceError, Scan


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_scan_ends_with_its_terminator(end: bytes) -> None:
    assert list(Frames().feed(b"9000143110926" + end)) == [Scan("9000143110926")]


def test_a_scan_without_a_terminator_ends_with_the_pause() -> None:
    frames = Frames()
    assert list(frames.feed(b"90001431")) == []
    assert list(frames.feed(b"10926")) == []
    assert list(frames.pause()) == [Scan("9000143110926")]
    assert list(frames.pause()) == []


def test_the_aim_identifier_is_taken_off() -> None:
    assert list(Frames().feed(b"]E09000143110926\r")) == [Scan("9000143110926", "]E0")]
    assert list(Frames().feed(b"]C1\r")) == []


def test_gs_parts_fields_and_stays() -> None:
    scans = list(Frames().feed(b"]C10109000143110926\x1d10LOT\r"))
    assert scans == [Scan("0109000143110926\x1d10LOT", "]C1")]


def test_garbage_is_no_scan_and_does_not_harm_the_next() -> None:
    scans = list(Frames().feed(b"\x00\x01\x02\x1b\r\xff\xfe\xe4\r4006381333931\r"))
    assert scans == [Scan("ÿþä"), Scan("4006381333931")]


def test_a_scan_of_ten_thousand_characters_is_dropped_whole() -> None:
    frames = Frames()
    scans = [scan for _ in range(100) for scan in frames.feed(b"1" * 100)]
    scans += frames.feed(b"123\r4006381333931\r")
    assert scans == [Scan("4006381333931")]


def test_the_longest_scan_that_counts() -> None:
    assert list(Frames().feed(b"1" * LONGEST + b"\r")) == [Scan("1" * LONGEST)]
    assert list(Frames().feed(b"1" * (LONGEST + 1) + b"\r")) == []


@given(st.lists(st.text("0123456789ABCxyz-", min_size=1, max_size=30)), st.integers(1, 7))
def test_pieces_make_no_difference(codes: list[str], size: int) -> None:
    stream = "".join(f"{code}\r\n" for code in codes).encode()
    frames = Frames()
    pieces = (stream[at : at + size] for at in range(0, len(stream), size))
    assert [scan.text for piece in pieces for scan in frames.feed(piece)] == codes


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    frames = Frames()
    for scan in (*frames.feed(data), *frames.pause()):
        assert scan.text
        assert not set(scan.text) & set("\r\n\x00\x1b")


class Desk:
    """Hears a scanner."""

    def __init__(self) -> None:
        self.scans: queue.Queue[str] = queue.Queue()
        self.states: queue.Queue[str] = queue.Queue()

    def attach(self, scanner: SerialScanner) -> None:
        scanner.start(lambda scan: self.scans.put(scan.text), self.states.put)


class Line:
    """A serial cable that can be pulled; `device` opens its far end."""

    def __init__(self) -> None:
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        self.address = f"serial:{os.ttyname(self._theirs)}"

    def send(self, data: bytes) -> None:
        os.write(self._ours, data)

    def pull(self) -> None:
        os.close(self._theirs)
        os.close(self._ours)


@pytest.fixture
def line() -> Iterator[Line]:
    cable = Line()
    yield cable
    cable.pull()


def test_ten_scans_a_second_and_more_arrive_in_order(line: Line) -> None:
    desk = Desk()
    scanner = SerialScanner(lambda: open_channel(line.address))
    desk.attach(scanner)
    try:
        assert desk.states.get(timeout=2) == ""
        codes = [f"{number:013}" for number in range(200)]
        for code in codes:
            line.send(f"{code}\r".encode())
        assert [desk.scans.get(timeout=2) for _ in codes] == codes
    finally:
        scanner.stop()
    assert desk.scans.empty()


def test_a_scan_that_breaks_the_till_does_not_stop_the_scanner(line: Line) -> None:
    heard: queue.Queue[str] = queue.Queue()

    def stumble(scan: Scan) -> None:
        heard.put(scan.text)
        raise ZeroDivisionError

    scanner = SerialScanner(lambda: open_channel(line.address))
    states: queue.Queue[str] = queue.Queue()
    scanner.start(stumble, states.put)
    try:
        assert states.get(timeout=2) == ""
        line.send(b"1\r2\r")
        assert [heard.get(timeout=2), heard.get(timeout=2)] == ["1", "2"]
    finally:
        scanner.stop()


def test_a_scanner_that_comes_back_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FIRST_RETRY_S", 0.01)
    first, second = Line(), Line()
    addresses = iter([first.address, "serial:/dev/no-such-line", second.address])
    desk = Desk()
    scanner = SerialScanner(lambda: open_channel(next(addresses)))
    desk.attach(scanner)
    try:
        assert desk.states.get(timeout=2) == ""
        first.send(b"before\r")
        assert desk.scans.get(timeout=2) == "before"
        first.pull()
        assert desk.states.get(timeout=2) == "unplugged"
        assert desk.states.get(timeout=2) == ""
        second.send(b"after\r")
        assert desk.scans.get(timeout=2) == "after"
    finally:
        scanner.stop()
        second.pull()


def test_a_missing_scanner_is_told_once_and_tried_with_growing_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_FIRST_RETRY_S", 0.01)
    monkeypatch.setattr(module, "_LAST_RETRY_S", 0.04)
    tries: list[float] = []
    enough = threading.Event()

    def missing() -> ByteChannel:
        tries.append(time.monotonic())
        if len(tries) == 5:
            enough.set()
        raise DeviceError("unplugged")

    desk = Desk()
    scanner = SerialScanner(missing)
    desk.attach(scanner)
    assert enough.wait(2)
    scanner.stop()
    assert [desk.states.get_nowait()] == ["unplugged"]
    assert desk.states.empty()
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert all(
        pause >= least for pause, least in zip(pauses, (0.01, 0.02, 0.04, 0.04), strict=True)
    )


def test_stopping_does_not_wait_for_a_retry() -> None:
    def missing() -> ByteChannel:
        raise DeviceError("unplugged")

    scanner = SerialScanner(missing)
    desk = Desk()
    desk.attach(scanner)
    assert desk.states.get(timeout=2) == "unplugged"
    started = time.monotonic()
    scanner.stop()
    assert time.monotonic() - started < 0.4
