"""A look: one palette at one text scale, and everything measured from it."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from pos.runtime.resources import resource
from pos.ui import tokens
from pos.ui.tokens import PALETTES, Palette

SCALES = (100, 125, 150, 175, 200)
THEMES = ("system", "light", "dark", "contrast")


class Look(Struct, frozen=True):
    """What a widget needs to draw itself: colours by role, and lengths at the text scale.

    Attributes:
        keys: what to write in place of the usual name of a key that was changed.
    """

    palette: Palette
    scale: int = 100
    keys: tuple[tuple[str, str], ...] = ()

    def roomier(self) -> Look:
        """The look for a large screen: a quarter more of everything."""
        return replace(self, scale=self.scale * 5 // 4)

    def px(self, length: int) -> int:
        """A length at the text scale, in device-independent pixels."""
        return (length * self.scale + 50) // 100

    def key(self, usual: str) -> str:
        """What is written on a control for a key, by its usual name."""
        return next((now for name, now in self.keys if name == usual), usual)

    def colour(self, role: str) -> QColor:
        """The colour of a role of the palette."""
        return QColor(getattr(self.palette, role))

    def font(
        self, size: int = tokens.BODY, weight: int = tokens.REGULAR, *, figures: bool = False
    ) -> QFont:
        """The typeface; `figures` makes them equally wide, so that amounts stand in columns."""
        return QFont(_font(self.px(size), weight, figures))

    def tint(self, key: str) -> QColor:
        """A quiet ground that stays the same for the same key."""
        tints = self.palette.tints
        return QColor(tints[sum(map(ord, key)) % len(tints)])


@lru_cache(maxsize=256)
def _font(pixels: int, weight: int, figures: bool) -> QFont:
    """Lists ask for the same few fonts with every row they draw."""
    font = QFont(tokens.FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def load_fonts() -> None:
    """Make the shipped typefaces known to Qt; every machine then looks the same."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def palette_of(theme: str) -> Palette:
    """The palette of a theme; "system" follows the desktop."""
    if theme != "system":
        return PALETTES[theme]
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return PALETTES["dark" if dark else "light"]
