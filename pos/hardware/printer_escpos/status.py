"""What a printer answers: real-time status, the proof of a print, and what comes unasked.

Bit patterns after Epson's ESC/POS reference for `DLE EOT`, `GS r` and `GS a`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

ASK_PAPER = b"\x1dr\x01"
"""`GS r 1` waits in the queue behind the job, so its answer proves that the job is on paper."""
ASK_ONLINE, ASK_CAUSE, ASK_ERROR, ASK_PAPER_SENSOR = 1, 2, 3, 4

_NEAR_END, _NO_PAPER = 0x0C, 0x60
_OFFLINE, _COVER, _PAPER_STOP, _ANY_ERROR, _CUTTER, _FATAL = 0x08, 0x04, 0x20, 0x40, 0x08, 0x20
_UNASKED_LENGTH = 4


def ask(what: int) -> bytes:
    """`DLE EOT n`: answered at once, also by a printer that is offline."""
    return b"\x10\x04" + bytes([what])


class Status(Struct, frozen=True):
    """The answer to `ask`."""

    bits: int


class PaperProof(Struct, frozen=True):
    """The answer to `ASK_PAPER`."""


Answer = Status | PaperProof


class Answers:
    """Takes the bytes of a printer apart; they may come in any pieces.

    A printer may also tell its state unasked, four bytes at a time (ASB): those are skipped, as
    are bytes that fit nothing.
    """

    def __init__(self) -> None:
        self._skip = 0

    def feed(self, data: bytes) -> Iterator[Answer]:
        """The answers that are complete with these bytes."""
        for byte in data:
            if self._skip:
                self._skip -= 1
            elif byte & 0x93 == 0x10:
                self._skip = _UNASKED_LENGTH - 1
            elif byte & 0x93 == 0x12:
                yield Status(byte)
            elif byte & 0x90 == 0:
                yield PaperProof()


def is_offline(online: int) -> bool:
    """From the answer to ASK_ONLINE."""
    return bool(online & _OFFLINE)


def cause(offline: int | None, error: int | None) -> str:
    """Why a printer is offline, as a fault key; the answers to ASK_CAUSE and ASK_ERROR."""
    if offline is not None and offline & _COVER:
        return "cover_open"
    if offline is not None and offline & _PAPER_STOP:
        return "paper_out"
    if error is not None and error & (_CUTTER | _FATAL):
        return "error"
    if offline is not None and offline & _ANY_ERROR:
        return "error"
    return "offline"


def paper_warning(paper: int) -> str:
    """From the answer to ASK_PAPER_SENSOR: "paper_out", "paper_low" or "" for enough."""
    if paper & _NO_PAPER:
        return "paper_out"
    return "paper_low" if paper & _NEAR_END else ""
