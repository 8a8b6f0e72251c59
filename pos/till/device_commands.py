"""The commands of the till that are about devices: trying them out, setting them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.ports.plugin import Setting
from pos.till import devices
from pos.till.commands import command, query
from pos.till.device_views import DeviceSetUpView, OfferView
from pos.till.facade import Facade
from pos.till.views import TillView


class DeviceCommands(Facade):
    """Devices are named as till.toml names them."""

    @command
    def check_device(self, device: str) -> TillView:
        """Ask a device how it is, or look for it again; its state follows by itself."""
        devices.check(self._desk, device)
        return self._changed()

    @command
    def test_drawer(self, printer: str) -> TillView:
        """Open the drawer at a printer, to see whether it does."""
        devices.test_drawer(self._desk, printer)
        return self._changed()

    @command
    def save_device(
        self,
        name: str,
        plugin: str,
        options: Mapping[str, Setting] | None = None,
        instead_of: str = "",
    ) -> TillView:
        """Set a device up, or change the one called `instead_of`; it is used at once."""
        devices.save(self._desk, name, plugin, options or {}, instead_of)
        return self._changed()

    @command
    def remove_device(self, device: str) -> TillView:
        """Take a device out; papers that wait for it can go to another printer."""
        devices.remove(self._desk, device)
        return self._changed()

    def device_told(self, device: str, fault: str) -> TillView:
        """A device says how it is; `fault` is a key under `device.`, or empty."""
        devices.told(self._desk, device, fault)
        return self._changed()

    @query
    def device(self, name: str) -> DeviceSetUpView:
        """How a device is set up."""
        return devices.set_up(self._desk, name)

    @query
    def device_offers(self) -> Sequence[OfferView]:
        """What a device can be set up with."""
        return devices.offers(self._desk)

    @query
    def device_addresses(self) -> Sequence[str]:
        """Where something seems to be plugged in now."""
        return devices.addresses(self._desk)
