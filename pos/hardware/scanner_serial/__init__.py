"""Barcode scanners on a serial line, or on USB in serial (CDC) mode."""

from __future__ import annotations

from pos.hardware.scanner_serial.scanner import SerialScanner
from pos.ports.devices import Scanner
from pos.ports.plugin import Option, Plugin, Services, Settings


def _create(settings: Settings, services: Services) -> Scanner:
    address = str(settings["address"])
    return SerialScanner(lambda: services.open_channel(address))


PLUGIN: Plugin[Scanner] = Plugin(
    key="scanner_serial",
    kind="scanner",
    options=(Option("address", "serial:/dev/ttyACM0?baud=9600"),),
    create=_create,
)
