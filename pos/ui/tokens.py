"""The one table all looks come from: colours by role, sizes, spacing, durations."""

from __future__ import annotations

from msgspec import Struct

SPACING = (4, 8, 12, 16, 24, 32)
CAPTION, BODY, LEAD, TITLE, AMOUNT, DISPLAY = 13, 15, 18, 24, 36, 56
HERO = 88
"""The change after payment: the one thing larger than a total."""
RADIUS_SMALL, RADIUS, RADIUS_LARGE = 6, 10, 16
TARGET, MAIN_TARGET = 48, 64
REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700
NOTICE_MS = 6000
FAMILY = "Inter"
MONO_FAMILY = "JetBrains Mono"


class Palette(Struct, frozen=True):
    """Colours by role, as "#rrggbb".

    Attributes:
        ground: behind everything; surface: cards and lists; raised: keys; pressed: held keys;
            disabled: keys with nothing to do.
        hairline: quiet separators; edge: borders of fields, at least 3:1 on surface.
        text, soft: writing; strong: totals and prices, at least 7:1.
        accent, on_accent: the one primary action; accent_soft: what is selected.
        focus: the ring around what has the keyboard; scroll: the handle of a scroll bar.
        good, warn, danger, discount: writing and signs; the `_soft` ones are their grounds.
        paper, ink: the receipt preview, which is white paper in every theme.
        tints: grounds of tiles without a picture, chosen by category.
    """

    ground: str
    surface: str
    raised: str
    pressed: str
    disabled: str
    hairline: str
    edge: str
    text: str
    soft: str
    strong: str
    accent: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    focus: str
    scroll: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    discount: str
    paper: str
    ink: str
    tints: tuple[str, ...]
    outlined: bool = False


LIGHT = Palette(
    ground="#f3f1ec",
    surface="#ffffff",
    raised="#e9e6df",
    pressed="#d9d5cb",
    disabled="#eeebe5",
    hairline="#e2ded5",
    edge="#8b867b",
    text="#1d1c19",
    soft="#5b574e",
    strong="#12110f",
    accent="#0b5345",
    accent_pressed="#083d33",
    on_accent="#ffffff",
    accent_soft="#dcede6",
    focus="#0f7a65",
    scroll="#c4bfb3",
    good="#0b6b3a",
    good_soft="#ddf1e3",
    warn="#7a4a00",
    warn_soft="#fff0cf",
    danger="#a3261b",
    danger_soft="#fbe6e2",
    discount="#a84300",
    paper="#ffffff",
    ink="#000000",
    tints=("#e3efe9", "#f6ead7", "#e5ebf5", "#f4e3e1", "#ece6f3", "#e9efd9", "#dff0f1", "#f3e9e0"),
)

DARK = Palette(
    ground="#131614",
    surface="#1c201e",
    raised="#2a302d",
    pressed="#3a423e",
    disabled="#222725",
    hairline="#2c322f",
    edge="#79847e",
    text="#eef1ee",
    soft="#aab4ae",
    strong="#ffffff",
    accent="#67d6b1",
    accent_pressed="#8de6c8",
    on_accent="#04231a",
    accent_soft="#1f3d34",
    focus="#8de6c8",
    scroll="#4d5752",
    good="#77dba0",
    good_soft="#19352a",
    warn="#f5c66a",
    warn_soft="#3b2f14",
    danger="#ff9c8f",
    danger_soft="#42211d",
    discount="#ffb066",
    paper="#f7f5f0",
    ink="#000000",
    tints=("#243a32", "#3a3122", "#25303f", "#3d2927", "#322b3d", "#2f371f", "#1f383a", "#372e26"),
)

HIGH_CONTRAST = Palette(
    ground="#000000",
    surface="#000000",
    raised="#141414",
    pressed="#4a4a00",
    disabled="#000000",
    hairline="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    soft="#ffffff",
    strong="#ffffff",
    accent="#ffe100",
    accent_pressed="#fff4a0",
    on_accent="#000000",
    accent_soft="#00325a",
    focus="#00e5ff",
    scroll="#ffffff",
    good="#7dff9b",
    good_soft="#002a10",
    warn="#ffe100",
    warn_soft="#2b2600",
    danger="#ffb3a8",
    danger_soft="#330400",
    discount="#ffb066",
    paper="#ffffff",
    ink="#000000",
    tints=("#1a1a1a",),
    outlined=True,
)

PALETTES = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}
