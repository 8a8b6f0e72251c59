"""The looks the tour goes through."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

SIZES = ((1024, 768), (1920, 1080))
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("de_AT", "en")


@dataclass(frozen=True, slots=True)
class TourLook:
    """One look: window size, theme, language, text scale in percent."""

    size: tuple[int, int]
    theme: str
    language: str
    scale: int = 100

    @property
    def name(self) -> str:
        """The folder of its pictures."""
        width, height = self.size
        scale = "" if self.scale == 100 else f"-{self.scale}"
        return f"{width}x{height}-{self.theme}-{self.language}{scale}"


LOOKS = (
    *(
        TourLook(size, theme, language)
        for size, theme, language in product(SIZES, THEMES, LANGUAGES)
    ),
    TourLook((1080, 1920), "light", "de_AT"),
    TourLook((1024, 768), "light", "de_AT", 150),
    TourLook((1024, 768), "dark", "en", 200),
)
