"""Devices at the till. Every call has a time limit of its own and may raise DeviceError."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pos.ports.document import Document


class DeviceError(Exception):
    """The device did not do it. `fault` is a text key under `device.`: "unreachable",
    "timeout", "paper_out", "cover_open", "offline", "unplugged", "protocol"."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Scan:
    """One read of a scanner. `symbology` is the AIM identifier ("]E0") or empty."""

    text: str
    symbology: str = ""


class ReceiptPrinter(Protocol):
    """Puts documents on paper."""

    def print(self, document: Document) -> None:
        """Print and cut; returns when the printer has taken it. Raises DeviceError."""


class CashDrawer(Protocol):
    """Opens the drawer."""

    def kick(self) -> None:
        """Send the opening pulse. Raises DeviceError."""


class Scanner(Protocol):
    """Reads codes in a thread of its own."""

    def start(self, on_scan: Callable[[Scan], None]) -> None:
        """Begin to read; `on_scan` is called on the scanner's thread."""

    def stop(self) -> None:
        """End the thread and close the channel."""
