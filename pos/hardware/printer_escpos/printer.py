"""An ESC/POS printer: connect, ask, write, wait for the proof, let go. Nothing stays open."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from pos.hardware.esc_pos import PrinterProfile, drawer_pulse, render
from pos.hardware.printer_escpos import status
from pos.ports.channel import ByteChannel
from pos.ports.devices import DeviceError
from pos.ports.document import Document

ANSWER_MS = 1000
"""A status question is answered at once, or not at all."""
WRITE_MS = 3000
"""For a job, beyond what the wire itself needs."""
PROOF_MS = 5000
"""For printing and cutting, beyond a line's time for each line."""
_ASK_AGAIN_MS = 500
_LINE_BYTES, _LINE_MS = 48, 50


class Pulse(Struct, frozen=True):
    """What opens the drawer: pin 2 or 5, and how long the current flows and rests."""

    pin: int = 2
    on_ms: int = 100
    off_ms: int = 100


class EscPosPrinter:
    """Implements `pos.ports.devices.TillPrinter`. Used by one lane only.

    Args:
        open_channel: connects anew; raises DeviceError.
        asks: whether the printer can answer. Then a job starts only when it is ready and counts
            as printed only when it says so; else sent is all one can know.
    """

    def __init__(
        self,
        open_channel: Callable[[], ByteChannel],
        profile: PrinterProfile | None = None,
        pulse: Pulse | None = None,
        pictures: Path | None = None,
        *,
        asks: bool = True,
    ) -> None:
        self._open_channel = open_channel
        self._profile = profile or PrinterProfile()
        self._pulse = pulse or Pulse()
        self._pictures = pictures
        self._asks = asks

    def print(self, document: Document) -> None:
        """Print and cut. Raises DeviceError; part of the paper may be out by then."""
        job = render(document, self._profile, self._pictures)
        with closing(self._open_channel()) as channel:
            talk = _Talk(channel) if self._asks and channel.answers else None
            if talk is not None:
                talk.demand_ready()
            channel.write(job, _write_limit(channel, len(job)))
            if talk is not None:
                talk.await_proof(PROOF_MS + len(job) // _LINE_BYTES * _LINE_MS)

    def kick(self) -> None:
        """Open the drawer; works without paper too, so nothing is asked first."""
        pulse = self._pulse
        with closing(self._open_channel()) as channel:
            data = drawer_pulse(pulse.pin, pulse.on_ms, pulse.off_ms)
            channel.write(data, _write_limit(channel, len(data)))

    def check(self) -> str:
        """ "", or "paper_low". Raises DeviceError."""
        with closing(self._open_channel()) as channel:
            if not (self._asks and channel.answers):
                return ""
            talk = _Talk(channel)
            talk.demand_ready()
            return talk.paper()


def _write_limit(channel: ByteChannel, size: int) -> int:
    """A serial line needs its time: at 9600 baud a receipt with a logo takes eight seconds."""
    pace = channel.bytes_per_second
    return WRITE_MS + (size * 1500 // pace if pace else 0)


class _Talk:
    """Questions and answers on an open channel."""

    def __init__(self, channel: ByteChannel) -> None:
        self._channel = channel
        self._answers = status.Answers()

    def demand_ready(self) -> None:
        """Raise DeviceError unless the printer is online."""
        online = self._ask(status.ASK_ONLINE)
        if online is None:
            raise DeviceError("no_answer")
        if status.is_offline(online):
            raise DeviceError(self._cause())

    def paper(self) -> str:
        """A warning about the paper, or ""."""
        paper = self._ask(status.ASK_PAPER_SENSOR)
        return "" if paper is None else status.paper_warning(paper)

    def await_proof(self, limit_ms: int) -> None:
        """Wait until the job is on paper. Raises DeviceError with what came in between."""
        self._channel.write(status.ASK_PAPER, WRITE_MS)
        deadline = time.monotonic() + limit_ms / 1000
        while time.monotonic() < deadline:
            for answer in self._answers.feed(self._channel.read(_ASK_AGAIN_MS)):
                if isinstance(answer, status.PaperProof):
                    return
                if status.is_offline(answer.bits):
                    raise DeviceError(self._cause(), "in mid-print")
            self._channel.write(status.ask(status.ASK_ONLINE), WRITE_MS)
        raise DeviceError("timeout", "no proof of the print")

    def _cause(self) -> str:
        return status.cause(self._ask(status.ASK_CAUSE), self._ask(status.ASK_ERROR))

    def _ask(self, what: int) -> int | None:
        """The answer's bits; None when there is none in time."""
        self._channel.write(status.ask(what), WRITE_MS)
        deadline = time.monotonic() + ANSWER_MS / 1000
        while (left := deadline - time.monotonic()) > 0:
            data = self._channel.read(int(left * 1000) + 1)
            for answer in self._answers.feed(data):
                if isinstance(answer, status.Status):
                    return answer.bits
        return None
