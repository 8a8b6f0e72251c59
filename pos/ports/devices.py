"""Devices at the till. Every call has a time limit of its own and may raise DeviceError."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from pos.ports.document import Document

FAULTS = (
    "unreachable",  # no connection, or it broke
    "timeout",  # connected, but it did not take or confirm the data in time
    "no_answer",  # connected, but it does not say how it is
    "offline",
    "paper_out",
    "cover_open",
    "error",  # cutter jammed, too hot, broken
    "unplugged",
    "disk",  # a simulated device can't write its files
    "address",  # what the settings say names no device
    "not_printed",  # the program ended first
    "bug",
)


class DeviceError(Exception):
    """The device did not do it. `fault` is a text key under `device.`, one of FAULTS."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


class Scan(Struct, frozen=True):
    """One read of a scanner. `symbology` is the AIM identifier ("]E0") or empty."""

    text: str
    symbology: str = ""


class ReceiptPrinter(Protocol):
    """Puts documents on paper."""

    def print(self, document: Document) -> None:
        """Print and cut; returns when it is on paper. Raises DeviceError."""

    def check(self) -> str:
        """Ask how it is: "" for well, or the key of a warning ("paper_low"). Raises DeviceError."""


class CashDrawer(Protocol):
    """Opens the drawer."""

    def kick(self) -> None:
        """Send the opening pulse. Raises DeviceError."""


class TillPrinter(ReceiptPrinter, CashDrawer, Protocol):
    """A receipt printer with the drawer on its cable."""


class Scanner(Protocol):
    """Reads codes in a thread of its own."""

    def start(
        self, on_scan: Callable[[Scan], None], on_state: Callable[[str], None] | None = None
    ) -> None:
        """Begin to read. Both are called on the scanner's thread; `on_state` hears a fault when
        the device goes, and "" when it is there."""

    def stop(self) -> None:
        """End the thread and close the channel."""
