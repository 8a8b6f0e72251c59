"""What is plugged into this till: made from till.toml, changed on the screen while it sells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct, field

from pos.domain.errors import Refusal
from pos.hardware import finding
from pos.ports.devices import Scanner, TillPrinter
from pos.ports.equipment import Device, Offer
from pos.ports.plugin import Plugin, Services, SettingError
from pos.runtime.plugins import Found, find_plugins
from pos.settings.editing import drop_table, put_table
from pos.settings.till_toml import DeviceSetting, TillSettings, read_settings

KINDS = ("printer", "scanner")


class Users(Protocol):
    """Those who work with the devices and must hear when they are other ones."""

    def printers_changed(self, printers: Mapping[str, TillPrinter]) -> None:
        """These are the printers from now on."""

    def scanners_changed(self, scanners: Mapping[str, Scanner]) -> None:
        """These are the scanners from now on."""

    def check(self, name: str) -> None:
        """Ask a device how it is."""


class Made(Struct):
    """The devices of a till, by the names in till.toml."""

    printers: dict[str, TillPrinter] = field(default_factory=dict)
    scanners: dict[str, Scanner] = field(default_factory=dict)


class Plugs:
    """Implements `pos.ports.equipment.Equipment` on till.toml.

    Args:
        path: till.toml.
        services: what the plug-ins are lent.
        find_addresses: where something seems to be plugged in.

    Attributes:
        made: the devices, ready to use.
        users: told of changes; None while nobody works with the devices yet.

    Raises Refusal naming the setting that is wrong.
    """

    def __init__(
        self,
        path: Path,
        services: Services,
        find_addresses: Callable[[], Sequence[str]] = finding.addresses,
    ) -> None:
        self._path, self._services, self._find_addresses = path, services, find_addresses
        self._plugins: Found = find_plugins("pos.hardware")
        self.users: Users | None = None
        self.settings = read_settings(path)
        self.made = Made(
            {one.name: self._make("printer", one) for one in self.settings.printer},
            {one.name: self._make("scanner", one) for one in self.settings.scanner},
        )

    def devices(self) -> Sequence[Device]:
        """Every device that is set up: printers first, in their order."""
        return [self._device(kind, one) for kind in KINDS for one in _of(self.settings, kind)]

    def offers(self) -> Sequence[Offer]:
        """The plug-ins there are, real devices before simulators."""
        found = sorted(self._plugins.values(), key=lambda one: (one.simulator, one.key))
        return [Offer(one.key, one.kind, one.options, one.simulator) for one in found]

    def addresses(self) -> Sequence[str]:
        """Addresses that something seems to be plugged in at now."""
        return self._find_addresses()

    def put(self, device: Device, instead_of: str) -> None:
        """Write a device to till.toml, then use it."""
        wanted = DeviceSetting(device.name, device.plugin, self._said(device))
        self._make(device.kind, wanted)
        fresh = read_settings(self._path)
        table = {"name": wanted.name, "plugin": wanted.plugin, **wanted.options}
        put_table(self._path, device.kind, table, _place(fresh, device.kind, instead_of))
        self._take_over()

    def remove(self, name: str) -> None:
        """Take a device out of till.toml, and out of use."""
        fresh = read_settings(self._path)
        for kind in KINDS:
            place = _place(fresh, kind, name)
            if place is not None:
                drop_table(self._path, kind, place)
        self._take_over()

    def check(self, name: str) -> None:
        """Ask a device how it is, or look for it again."""
        if self.users is not None:
            self.users.check(name)

    def remake_scanner(self, name: str) -> None:
        """A scanner that was stopped can't start again: put a new one in its place."""
        setting = next(one for one in self.settings.scanner if one.name == name)
        self.made.scanners[name] = self._make("scanner", setting)

    def _take_over(self) -> None:
        """Use what till.toml says now; devices it says nothing new of stay as they are."""
        before, self.settings = self.settings, read_settings(self._path)
        printers = self._again("printer", before, self.made.printers)
        scanners = self._again("scanner", before, self.made.scanners)
        self.made.printers, self.made.scanners = printers, scanners
        if self.users is not None:
            self.users.printers_changed(printers)
            self.users.scanners_changed(scanners)

    def _again(self, kind: str, before: TillSettings, made: Mapping[str, Any]) -> dict[str, Any]:
        same = [one for one in _of(before, kind) if one in _of(self.settings, kind)]
        return {
            one.name: made[one.name] if one in same else self._make(kind, one)
            for one in _of(self.settings, kind)
        }

    def _plugin(self, kind: str, key: str) -> Plugin[Any]:
        known = {each.key: each for each in self._plugins.values() if each.kind == kind}
        if key not in known:
            hint = ", ".join(known)
            raise Refusal("setting_unknown", file=self._path.name, key=key, hint=hint)
        return known[key]

    def _make(self, kind: str, setting: DeviceSetting) -> Any:
        try:
            return self._plugin(kind, setting.plugin).make(setting.options, self._services)
        except SettingError as error:
            key = f"{setting.name}.{error.key}"
            raise Refusal(
                "setting_unknown", file=self._path.name, key=key, hint=error.hint
            ) from error

    def _device(self, kind: str, setting: DeviceSetting) -> Device:
        plugin = self._plugin(kind, setting.plugin)
        options = plugin.settings(setting.options)
        return Device(setting.name, kind, plugin.key, options, plugin.simulator)

    def _said(self, device: Device) -> dict[str, Any]:
        """What is worth a line: all that isn't the default, and the address always."""
        options = self._plugin(device.kind, device.plugin).options
        return {
            option.key: device.options[option.key]
            for option in options
            if option.key in device.options
            and (option.key == "address" or device.options[option.key] != option.default)
        }


def _of(settings: TillSettings, kind: str) -> tuple[DeviceSetting, ...]:
    return {"printer": settings.printer, "scanner": settings.scanner}[kind]


def _place(settings: TillSettings, kind: str, name: str) -> int | None:
    names = [one.name for one in _of(settings, kind)]
    return names.index(name) if name in names else None
