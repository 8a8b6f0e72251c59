"""`till.toml` in the data folder: which till this machine is, and what is plugged into it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.ports.plugin import Setting

LANGUAGES = ("de_AT", "en")
THEMES = ("light", "dark", "contrast", "system")
MOST_SCREENS = 9


class DeviceSetting(Struct, frozen=True):
    """One device: `plugin` is the folder under pos/hardware, `options` what it declares."""

    name: str
    plugin: str
    options: Mapping[str, Setting]


class DisplaySetting(Struct, frozen=True):
    """The customer display.

    Attributes:
        screen: which screen of this machine it fills, counted from 1; 0: none, it opens as a window
            when somebody asks for it.
        language: what it speaks, empty for the till's.
        theme: "light", "dark", "contrast" or "system".
    """

    screen: int = 0
    language: str = ""
    theme: str = "light"


NO_SCREEN = DisplaySetting()
"""The machine has one screen only."""


class TillSettings(Struct, frozen=True):
    """What till.toml may say.

    Attributes:
        till: number of the till in the catalogue.
        printer: receipt printers; the first prints receipts.
        scanner: serial scanners; keyboard wedges need no entry.
        mail: who sends messages; the first does.
        prices: who is asked for live prices; the first is (OXOMI-16).
        backup: folder that both databases are copied to when a session closes.
        papers: folder for receipts and reports as PDF, empty for `papers` in the data folder.
        language: of a till that was never told another, empty for the shop's.
        customer_display: the window for customers.
    """

    till: str = "1"
    printer: tuple[DeviceSetting, ...] = ()
    scanner: tuple[DeviceSetting, ...] = ()
    mail: tuple[DeviceSetting, ...] = ()
    prices: tuple[DeviceSetting, ...] = ()
    backup: str = ""
    papers: str = ""
    language: str = ""
    customer_display: DisplaySetting = NO_SCREEN


def read_settings(path: Path) -> TillSettings:
    """The settings; defaults where there is no file. Raises Refusal naming what is wrong."""
    if not path.exists():
        return TillSettings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal("settings_unreadable", file=path.name, reason=str(error)[:200]) from error
    known = TillSettings.__struct_fields__
    for key in table:
        if key not in known:
            nearest = difflib.get_close_matches(key, known, n=1)
            hint = nearest[0] if nearest else ", ".join(known)
            raise Refusal("setting_unknown", file=path.name, key=key, hint=hint)
    return TillSettings(
        till=str(table.get("till", "1")),
        printer=tuple(_device(path, "printer", one) for one in table.get("printer", [])),
        scanner=tuple(_device(path, "scanner", one) for one in table.get("scanner", [])),
        mail=tuple(_device(path, "mail", one) for one in table.get("mail", [])),
        prices=tuple(_device(path, "prices", one) for one in table.get("prices", [])),
        backup=str(table.get("backup", "")),
        papers=str(table.get("papers", "")),
        language=str(table.get("language", "")),
        customer_display=_display(path, table.get("customer_display", {})),
    )


def _display(path: Path, table: Mapping[str, Any]) -> DisplaySetting:
    """The customer display; raises Refusal naming what can't be."""
    allowed: dict[str, tuple[object, ...]] = {
        "screen": tuple(range(MOST_SCREENS + 1)),
        "language": ("", *LANGUAGES),
        "theme": THEMES,
    }
    for key, value in table.items():
        if value not in allowed.get(key, ()):
            wrong = f"customer_display.{key}"
            hint = ", ".join(str(each) for each in allowed.get(key, tuple(allowed)))
            raise Refusal("setting_unknown", file=path.name, key=wrong, hint=hint)
    return DisplaySetting(**table)


def _device(path: Path, kind: str, table: Mapping[str, Any]) -> DeviceSetting:
    for key in ("name", "plugin"):
        if not isinstance(table.get(key), str):
            raise Refusal("setting_missing", file=path.name, key=f"{kind}.{key}")
    options = {key: value for key, value in table.items() if key not in ("name", "plugin")}
    return DeviceSetting(table["name"], table["plugin"], options)
