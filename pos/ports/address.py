"""Addresses of devices, taken apart for a form and put together again."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct, field

WAYS: Mapping[str, tuple[str, ...]] = {
    "tcp": ("host", "port"),
    "file": ("device",),
    "usb": ("maker", "model"),
    "serial": ("device", "baud"),
}
"""How a device may be plugged in, and what then says where."""

USUAL = {"port": "9100", "baud": "9600"}
"""What holds where nothing is said."""


class Address(Struct, frozen=True):
    """An address such as "tcp://192.168.1.50:9100" in its parts.

    Attributes:
        way: one of WAYS.
        parts: by the names of the way.
        rest: what a form doesn't ask for and must not lose (a serial line's frame and flow).
    """

    way: str
    parts: Mapping[str, str]
    rest: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = {key: value.strip() for key, value in self.parts.items()}
        match self.way:
            case "tcp":
                host = f"[{parts['host']}]" if ":" in parts["host"] else parts["host"]
                return f"tcp://{host}:{parts['port'] or USUAL['port']}"
            case "usb":
                return f"usb://{parts['maker']}:{parts['model']}"
            case "serial":
                said = {"baud": parts["baud"] or USUAL["baud"], **self.rest}
                return f"serial:{parts['device']}?{urlencode(said)}"
        return f"file:{parts['device']}"


def read_address(text: str) -> Address:
    """The parts of an address; what can't be one is a network address without a host."""
    split = urlsplit(text)
    place, _, end = split.netloc.rpartition(":")
    query = dict(parse_qsl(split.query))
    match split.scheme:
        case "usb":
            return Address("usb", {"maker": place, "model": end})
        case "serial":
            baud = query.pop("baud", USUAL["baud"])
            return Address("serial", {"device": split.path, "baud": baud}, query)
        case "file":
            return Address("file", {"device": split.path})
    try:
        port = split.port
    except ValueError:
        port = None
    return Address("tcp", {"host": split.hostname or "", "port": str(port or USUAL["port"])})
