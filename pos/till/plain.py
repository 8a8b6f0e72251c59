"""Snapshots as JSON values: what a story compares, and what `--json` prints.

Money is text with the currency's decimals, a quantity text, an instant ISO 8601 with its offset.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict

from pos.domain.money import Money
from pos.domain.quantity import Quantity


def plain(value: object, zone: ZoneInfo) -> object:
    """The value in JSON's own types."""
    match value:
        case Money() | Quantity():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case Mapping():
            return {str(key): plain(item, zone) for key, item in value.items()}
        case tuple() | list():
            return [plain(item, zone) for item in value]
        case set() | frozenset():
            return sorted(str(plain(item, zone)) for item in value)
        case Struct():
            return {name: plain(item, zone) for name, item in asdict(value).items()}
    return value


def differences(expected: object, found: object, where: str = "") -> list[str]:
    """Where a snapshot is not what a story expects; only what is named is compared."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return [
            difference
            for key, value in expected.items()
            for difference in (
                differences(value, found[key], f"{where}.{key}".lstrip("."))
                if key in found
                else [f"{where}.{key}".lstrip(".") + " is not in the snapshot"]
            )
        ]
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return [f"{where}: expected {len(expected)} entries, got {len(found)}"]
        pairs = enumerate(zip(expected, found, strict=True))
        return [
            line
            for index, (one, other) in pairs
            for line in differences(one, other, f"{where}[{index}]")
        ]
    return [] if expected == found else [f"{where}: expected {expected!r}, got {found!r}"]
