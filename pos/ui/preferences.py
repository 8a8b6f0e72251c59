"""How this machine likes to see the till, in a file of the data folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from pos.ui.look import SCALES, THEMES, Look, palette_of

FILE = "window.ini"
TILE_SIZES = ("small", "medium", "large")
SIDES = ("right", "left")
SOUNDS = ("on", "all", "off")
RIBBONS = ("on", "off")


class Preferences:
    """Reads and keeps the looks. What the file doesn't say, or says wrongly, is the default.

    Attributes:
        folder: the data folder; what the window writes for people goes into it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """ "system", "light", "dark" or "contrast"."""
        theme = str(self._file.value("theme", THEMES[0]))
        return theme if theme in THEMES else THEMES[0]

    @theme.setter
    def theme(self, theme: str) -> None:
        self._file.setValue("theme", theme)

    @property
    def scale(self) -> int:
        """The text scale in percent."""
        text = str(self._file.value("scale", SCALES[0]))
        scale = int(text) if text.isdigit() else SCALES[0]
        return scale if scale in SCALES else SCALES[0]

    @scale.setter
    def scale(self, scale: int) -> None:
        self._file.setValue("scale", scale)

    @property
    def tiles(self) -> str:
        """How large tiles are: "small", "medium" or "large"."""
        tiles = str(self._file.value("tiles", TILE_SIZES[1]))
        return tiles if tiles in TILE_SIZES else TILE_SIZES[1]

    @tiles.setter
    def tiles(self, tiles: str) -> None:
        self._file.setValue("tiles", tiles)

    @property
    def side(self) -> str:
        """Where the sale stands: "right" or "left" of the catalogue."""
        side = str(self._file.value("side", SIDES[0]))
        return side if side in SIDES else SIDES[0]

    @side.setter
    def side(self, side: str) -> None:
        self._file.setValue("side", side)

    @property
    def sounds(self) -> str:
        """What is heard: warnings ("on"), good scans as well ("all"), or nothing ("off")."""
        sounds = str(self._file.value("sounds", SOUNDS[0]))
        return sounds if sounds in SOUNDS else SOUNDS[0]

    @sounds.setter
    def sounds(self, sounds: str) -> None:
        self._file.setValue("sounds", sounds)

    @property
    def ribbons(self) -> str:
        """Whether tiles show the ribbons of goods: "on" or "off" (ETRON-24)."""
        ribbons = str(self._file.value("ribbons", RIBBONS[0]))
        return ribbons if ribbons in RIBBONS else RIBBONS[0]

    @ribbons.setter
    def ribbons(self, ribbons: str) -> None:
        self._file.setValue("ribbons", ribbons)

    @property
    def look(self) -> Look:
        """Theme and scale together."""
        return Look(palette_of(self.theme), self.scale)
