"""What a plug-in says of itself: a folder exports `PLUGIN` and is found by that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from pos.ports.channel import ByteChannel

P = TypeVar("P")
Setting = str | int | bool
Settings = Mapping[str, Setting]


class SettingError(ValueError):
    """A setting of a plug-in is unknown or out of range. `key` names it, `hint` helps."""

    def __init__(self, key: str, hint: str) -> None:
        super().__init__(f"{key}: {hint}")
        self.key = key
        self.hint = hint


class Option(Struct, frozen=True):
    """A declared setting; its type is the type of its default.

    Its text stands under `device.option.<key>`. `choices` empty means anything of the type;
    `minimum` and `maximum` bound a number.
    """

    key: str
    default: Setting
    choices: tuple[Setting, ...] = ()
    minimum: int = 0
    maximum: int = 1_000_000

    def check(self, value: Setting) -> Setting:
        """The value; raises SettingError when it can't be one of this option."""
        if type(value) is not type(self.default):
            raise SettingError(self.key, f"must be {type(self.default).__name__}")
        if self.choices and value not in self.choices:
            raise SettingError(self.key, ", ".join(map(str, self.choices)))
        if type(value) is int and not self.minimum <= value <= self.maximum:
            raise SettingError(self.key, f"{self.minimum}–{self.maximum}")
        return value


class Services(Struct, frozen=True):
    """What the program lends its plug-ins.

    Attributes:
        open_channel: opens an address such as "tcp://192.168.1.50:9100"; raises DeviceError.
        pictures: the shop's picture folder, where the logo is; None without one.
        output: the folder a simulated device writes to.
    """

    open_channel: Callable[[str], ByteChannel]
    output: Path
    pictures: Path | None = None


class Plugin(Struct, Generic[P], frozen=True):
    """One implementation of a port.

    Attributes:
        key: names it in settings; the folder is called so.
        kind: the port it serves: "printer", "scanner".
        create: makes the port out of checked settings; must not open the device yet.
        simulator: no real device; the screen says so.
    """

    key: str
    kind: str
    options: tuple[Option, ...]
    create: Callable[[Settings, Services], P]
    simulator: bool = False

    @property
    def title(self) -> str:
        """Text key of its name."""
        return f"device.plugin.{self.key}"

    def settings(self, given: Settings) -> dict[str, Setting]:
        """Defaults with `given` over them. Raises SettingError, with the nearest known name."""
        options = {option.key: option for option in self.options}
        for key in given:
            if key not in options:
                near = get_close_matches(key, options, 1)
                raise SettingError(key, f"did you mean {near[0]}?" if near else "unknown")
        return {
            key: option.check(given.get(key, option.default)) for key, option in options.items()
        }

    def make(self, given: Settings, services: Services) -> P:
        """The port, ready to use. Raises SettingError."""
        return self.create(self.settings(given), services)
