"""Devices of a test: in memory, changed at once, answering what a test tells them to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos.hardware.printer_escpos import PLUGIN as ESCPOS
from pos.hardware.printer_file import PLUGIN as FILE
from pos.hardware.scanner_serial import PLUGIN as SERIAL
from pos.ports.equipment import Device, Offer

PLUGINS = (ESCPOS, FILE, SERIAL)


class MemoryEquipment:
    """Implements `pos.ports.equipment.Equipment`.

    Attributes:
        answers: what devices say of themselves when they are asked, by name; "" for the others.
        told: hears each answer.
    """

    def __init__(self) -> None:
        self.plugged = [
            _device("Bon", "printer_escpos", address="tcp://192.168.1.50:9100"),
            _device("Büro", "printer_file"),
            _device("Theke", "scanner_serial", address="serial:/dev/ttyACM0"),
        ]
        self.answers: dict[str, str] = {}
        self.told: Callable[[str, str], None] = lambda _name, _fault: None

    def devices(self) -> Sequence[Device]:
        return sorted(self.plugged, key=lambda one: one.kind)

    def offers(self) -> Sequence[Offer]:
        return [Offer(one.key, one.kind, one.options, one.simulator) for one in PLUGINS]

    def addresses(self) -> Sequence[str]:
        return ["serial:/dev/ttyACM0", "serial:/dev/ttyUSB7", "file:/dev/usb/lp0"]

    def put(self, device: Device, instead_of: str) -> None:
        names = [one.name for one in self.plugged]
        if instead_of in names:
            self.plugged[names.index(instead_of)] = device
        else:
            self.plugged.append(device)

    def remove(self, name: str) -> None:
        self.plugged = [one for one in self.plugged if one.name != name]

    def check(self, name: str) -> None:
        self.told(name, self.answers.get(name, ""))


def _device(name: str, key: str, **options: str | int | bool) -> Device:
    plugin = next(one for one in PLUGINS if one.key == key)
    return Device(name, plugin.kind, key, plugin.settings(options), plugin.simulator)
