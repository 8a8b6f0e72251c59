"""Colours as back offices write them: hexadecimal, RGB or HSL, all the same red (ETRON-16)."""

from __future__ import annotations

import re
from decimal import Decimal

from pos.domain.money import round_half_up

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_PART = r"\s*(\d{1,3}(?:\.\d+)?)(%?)\s*"
_TRIPLE = re.compile(rf"(rgb|hsl)\({_PART},{_PART},{_PART}\)")
_FULL = 255


def parse_colour(text: str) -> str:
    """The colour as "#rrggbb"; raises ValueError on anything else."""
    plain = text.strip().lower()
    if found := _HEX.fullmatch(plain):
        digits = found[1]
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    if found := _TRIPLE.fullmatch(plain):
        kind, *parts = found.groups()
        pairs = [(Decimal(parts[at]), parts[at + 1]) for at in (0, 2, 4)]
        return _hex(_rgb(pairs) if kind == "rgb" else _hsl(pairs))
    raise ValueError(f"not a colour: {text[:40]!r}")


def _rgb(parts: list[tuple[Decimal, str]]) -> list[int]:
    return [round_half_up(value * _FULL / 100 if unit else value) for value, unit in parts]


def _hsl(parts: list[tuple[Decimal, str]]) -> list[int]:
    (hue, turn), *shares = parts
    if turn or not all(unit for _, unit in shares) or any(value > 100 for value, _ in shares):
        raise ValueError("hsl takes an angle and two percentages")
    saturation, lightness = (value / 100 for value, _ in shares)
    return [_channel(place, hue, saturation, lightness) for place in (0, 8, 4)]


def _channel(place: int, hue: Decimal, saturation: Decimal, lightness: Decimal) -> int:
    """Red (0), green (8) or blue (4) of a hue, as CSS Color 4 works it out."""
    at = (place + hue / 30) % 12
    swing = saturation * min(lightness, 1 - lightness)
    wave = max(Decimal(-1), min(at - 3, 9 - at, Decimal(1)))
    return round_half_up(_FULL * (lightness - swing * wave))


def _hex(parts: list[int]) -> str:
    if max(parts) > _FULL:
        raise ValueError("a colour's parts end at 255")
    return "#" + "".join(f"{part:02x}" for part in parts)
