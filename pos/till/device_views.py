"""Devices as a screen sees them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from pos.ports.plugin import Option, Settings


class DeviceState(StrEnum):
    """How a device is, as far as anybody knows; a text key under `device.state.`."""

    UNKNOWN = "unknown"
    READY = "ready"
    WARNING = "warning"
    FAULT = "fault"


class DeviceView(Struct, frozen=True):
    """One device with its state.

    Attributes:
        kind: "printer" or "scanner".
        plugin: a text key under `device.plugin.`.
        address: where it is plugged in, empty where that is no question.
        fault: what is wrong, a text key under `device.`; empty while nothing is known to be.
        since: when the state was heard first, None while it is unknown.
        receipts: receipts come out here, and the drawer hangs on it.
        simulator: no real device; the screen says so.
    """

    name: str
    kind: str
    plugin: str
    address: str = ""
    state: DeviceState = DeviceState.UNKNOWN
    fault: str = ""
    since: datetime | None = None
    receipts: bool = False
    simulator: bool = False


class DeviceSetUpView(Struct, frozen=True):
    """How a device is set up, and what it could be set up with.

    Attributes:
        options: every setting with the value it has.
    """

    name: str
    kind: str
    plugin: str
    options: Settings


class OfferView(Struct, frozen=True):
    """A plug-in that a device of its kind can be set up with."""

    plugin: str
    kind: str
    options: tuple[Option, ...]
    simulator: bool
