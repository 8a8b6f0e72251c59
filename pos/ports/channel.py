"""A wire to a device, whatever it is made of: network, serial line, USB, device file."""

from __future__ import annotations

from typing import Protocol


class ByteChannel(Protocol):
    """An open connection. Every call ends within its limit; failures raise DeviceError.

    Attributes:
        answers: whether the other side can be heard at all.
        bytes_per_second: how fast it takes data, 0 where the wire sets no pace.
    """

    answers: bool
    bytes_per_second: int

    def write(self, data: bytes, limit_ms: int) -> None:
        """Send all of it. Raises DeviceError "timeout" when the limit passes first."""

    def read(self, limit_ms: int) -> bytes:
        """What arrives next, some bytes of it; nothing if nothing comes within the limit."""

    def close(self) -> None:
        """Let go of the wire; harmless when repeated."""
