"""The thread that reads a serial scanner, and comes back when the cable does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from pos.hardware.scanner_serial.frames import Frames
from pos.ports.channel import ByteChannel
from pos.ports.devices import DeviceError, Scan
from pos.runtime.lane import attempt

PAUSE_MS = 50
"""A scanner without a terminator is silent for at least this long between two codes."""
_FIRST_RETRY_S, _LAST_RETRY_S = 0.5, 5.0
_log = logging.getLogger(__name__)


class SerialScanner:
    """Implements `pos.ports.devices.Scanner`. Can be started and stopped once."""

    def __init__(self, open_channel: Callable[[], ByteChannel]) -> None:
        self._open_channel = open_channel
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._fault: str | None = None

    def start(
        self, on_scan: Callable[[Scan], None], on_state: Callable[[str], None] | None = None
    ) -> None:
        """Read until `stop`, reconnecting after half a second, later every five."""
        self._on_scan = on_scan
        self._on_state = on_state
        self._thread = threading.Thread(target=self._run, name="scanner-serial", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the line and end the thread; returns when it has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        pauses = _pauses()
        while not self._stopping.is_set():
            try:
                with closing(self._open_channel()) as channel:
                    self._tell("")
                    pauses = _pauses()
                    self._read(channel)
            except DeviceError as error:
                self._tell(error.fault)
                self._stopping.wait(next(pauses))

    def _read(self, channel: ByteChannel) -> None:
        frames = Frames()
        while not self._stopping.is_set():
            data = channel.read(PAUSE_MS)
            for scan in frames.feed(data) if data else frames.pause():
                # Whatever becomes of one scan, the scanner reads on.
                attempt(partial(self._on_scan, scan))

    def _tell(self, fault: str) -> None:
        """Pass on a change of state, not every failed attempt."""
        if fault == self._fault:
            return
        self._fault = fault
        _log.info("serial scanner: %s", fault or "connected")
        if self._on_state is not None:
            self._on_state(fault)


def _pauses() -> Iterator[float]:
    pause = _FIRST_RETRY_S
    while True:
        yield pause
        pause = min(2 * pause, _LAST_RETRY_S)
