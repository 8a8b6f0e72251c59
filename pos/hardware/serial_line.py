"""A serial line: RS-232, or a USB device that looks like one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pos.ports.devices import DeviceError

_BITS_A_BYTE = 10
"""Start bit, eight data bits, stop bit."""


class SerialChannel:
    """A serial line, or a USB device that looks like one."""

    answers = True

    def __init__(self, port: Any) -> None:
        """Take over an open pyserial port."""
        self._port = port
        self.bytes_per_second = port.baudrate // _BITS_A_BYTE

    @classmethod
    def open(
        cls, device: str, *, baud: int = 9600, frame: str = "8N1", flow: str = "none"
    ) -> SerialChannel:
        """Open a device ("/dev/ttyUSB0", "COM3") or a pyserial URL.

        Raises DeviceError "unplugged" when it isn't there, "address" for settings no line has.
        """
        import serial

        try:
            port = serial.serial_for_url(
                device,
                baudrate=baud,
                bytesize=int(frame[0]),
                parity=frame[1],
                stopbits=int(frame[2]),
                rtscts=flow == "rtscts",
                xonxoff=flow == "xonxoff",
                timeout=0,
                exclusive=None if "://" in device else True,
            )
        except (ValueError, IndexError) as error:
            raise DeviceError("address", f"{device}: {error}") from error
        except _serial_errors() as error:
            raise DeviceError("unplugged", f"{device}: {error}") from error
        return cls(port)

    def write(self, data: bytes, limit_ms: int) -> None:
        """Send at the line's pace; flow control can hold it up until the limit."""
        import serial

        self._port.write_timeout = limit_ms / 1000
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise DeviceError("timeout", "line blocked") from error
        except _serial_errors() as error:
            raise DeviceError("unplugged", str(error)) from error

    def read(self, limit_ms: int) -> bytes:
        """Raises DeviceError "unplugged" when the line is gone."""
        try:
            self._port.timeout = limit_ms / 1000
            first = self._port.read(1)
            return first + self._port.read(self._port.in_waiting) if first else b""
        except _serial_errors() as error:
            raise DeviceError("unplugged", str(error)) from error

    def close(self) -> None:
        """Let other programs have the line."""
        with suppress(*_serial_errors()):
            self._port.close()


def _serial_errors() -> tuple[type[Exception], ...]:
    """What pyserial raises when a line fails; termios.error is no OSError, and Linux only."""
    try:
        from termios import error as termios_error
    except ImportError:
        return (OSError,)
    return (OSError, termios_error)
