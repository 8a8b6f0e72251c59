"""What every scanner plug-in keeps."""

from __future__ import annotations

import os
import pty
import queue
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.hardware.channels import open_channel
from pos.ports.devices import FAULTS, Scan, Scanner
from pos.ports.plugin import Plugin, Services
from pos.runtime.plugins import find_plugins

SCANNERS = [one for one in find_plugins("pos.hardware").values() if one.kind == "scanner"]


@pytest.fixture(params=SCANNERS, ids=lambda plugin: str(plugin.key))
def plugin(request: pytest.FixtureRequest) -> Plugin[Scanner]:
    found: Plugin[Scanner] = request.param
    return found


@pytest.fixture
def cable() -> Iterator[tuple[int, str]]:
    """The scanner's end of a line, and the address of the till's end."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, f"serial:{os.ttyname(theirs)}"
    os.close(theirs)
    os.close(ours)


def test_there_is_one() -> None:
    assert SCANNERS


def test_it_reads_codes(plugin: Plugin[Scanner], cable: tuple[int, str], tmp_path: Path) -> None:
    end, address = cable
    scans: queue.Queue[Scan] = queue.Queue()
    states: queue.Queue[str] = queue.Queue()
    scanner = plugin.make({"address": address}, Services(open_channel, tmp_path))
    scanner.start(scans.put, states.put)
    try:
        assert states.get(timeout=2) == ""
        os.write(end, b"]E09000143110926\r")
        assert scans.get(timeout=2) == Scan("9000143110926", "]E0")
    finally:
        scanner.stop()


def test_a_scanner_that_is_missing_says_so(plugin: Plugin[Scanner], tmp_path: Path) -> None:
    states: queue.Queue[str] = queue.Queue()
    settings = {"address": "serial:/dev/no-such-line"}
    scanner = plugin.make(settings, Services(open_channel, tmp_path))
    scanner.start(lambda scan: None, states.put)
    try:
        assert states.get(timeout=2) in FAULTS
    finally:
        scanner.stop()
