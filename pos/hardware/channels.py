"""Wires by address, each behind `pos.ports.channel.ByteChannel`.

An address says which: "tcp://192.168.1.50:9100", "serial:/dev/ttyUSB0?baud=19200",
"usb://04b8:0e28", "file:/dev/usb/lp0". Every failure comes out as DeviceError.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pos.hardware.device_file import FileChannel
from pos.hardware.serial_line import SerialChannel
from pos.hardware.tcp import TcpChannel
from pos.hardware.usb_printer import UsbChannel
from pos.ports.channel import ByteChannel
from pos.ports.devices import DeviceError

RAW_PRINTING_PORT = 9100


def open_channel(address: str) -> ByteChannel:
    """Open the wire an address names. Raises DeviceError."""
    parts = urlsplit(address)
    opener = _OPENERS.get(parts.scheme)
    if opener is None:
        raise DeviceError("address", address)
    return opener(parts)


def _open_tcp(parts: SplitResult) -> ByteChannel:
    try:
        host, port = parts.hostname, parts.port or RAW_PRINTING_PORT
    except ValueError as error:
        raise DeviceError("address", parts.geturl()) from error
    if not host:
        raise DeviceError("address", parts.geturl())
    return TcpChannel(host, port)


def _open_serial(parts: SplitResult) -> ByteChannel:
    settings = dict(parse_qsl(parts.query))
    try:
        baud = int(settings.get("baud", "9600"))
    except ValueError as error:
        raise DeviceError("address", parts.geturl()) from error
    frame, flow = settings.get("frame", "8N1"), settings.get("flow", "none")
    return SerialChannel.open(parts.path, baud=baud, frame=frame, flow=flow)


def _open_usb(parts: SplitResult) -> ByteChannel:
    try:
        vendor, product = (int(part, 16) for part in parts.netloc.split(":"))
    except ValueError as error:
        raise DeviceError("address", parts.geturl()) from error
    return UsbChannel.open(vendor, product)


def _open_file(parts: SplitResult) -> ByteChannel:
    return FileChannel(Path(parts.path))


_OPENERS: dict[str, Callable[[SplitResult], ByteChannel]] = {
    "tcp": _open_tcp,
    "serial": _open_serial,
    "usb": _open_usb,
    "file": _open_file,
}
