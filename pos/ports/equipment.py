"""What is plugged into this till, as far as it can be looked at and changed on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from pos.ports.plugin import Option, Settings


class Device(Struct, frozen=True):
    """One device as it is set up.

    Attributes:
        name: as till.toml calls it; a printer and a scanner can't share one.
        kind: "printer" or "scanner".
        plugin: key of the plug-in that drives it.
        options: every setting of the plug-in, with its default where nothing else is said.
        simulator: no real device; the screen says so.
    """

    name: str
    kind: str
    plugin: str
    options: Settings
    simulator: bool = False


class Offer(Struct, frozen=True):
    """A plug-in that a device can be set up with."""

    plugin: str
    kind: str
    options: tuple[Option, ...]
    simulator: bool = False


class Equipment(Protocol):
    """Devices by name. Only the till's lane calls it; it never waits for a device."""

    def devices(self) -> Sequence[Device]:
        """Every device that is set up: printers first, in their order."""

    def offers(self) -> Sequence[Offer]:
        """The plug-ins there are."""

    def addresses(self) -> Sequence[str]:
        """Addresses that something seems to be plugged in at now ("serial:/dev/ttyACM0")."""

    def put(self, device: Device, instead_of: str) -> None:
        """Set a device up, or change the one of that name, durably and at once.

        Raises Refusal "device_option", "settings_not_ours" or "settings_not_kept".
        """

    def remove(self, name: str) -> None:
        """Take a device out, durably and at once; raises Refusal as `put` does."""

    def check(self, name: str) -> None:
        """Ask a device how it is, or look for it again. The answer comes as a command."""
