"""Small coloured words: the tags of goods (ETRON-23)."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from pos.ui import tokens
from pos.ui.look import Look

LIGHTEST_FOR_WHITE = 0.18
"""Relative luminance up to which white on a ground reads better than black."""


def ink_on(ground: QColor) -> QColor:
    """Black or white, whichever stands out more on a ground (WCAG's relative luminance)."""
    red, green, blue = (_linear(part) for part in ground.getRgbF()[:3])  # type: ignore[index]
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("#ffffff" if light <= LIGHTEST_FOR_WHITE else "#000000")


def ground_of(look: Look, colour: str) -> QColor:
    """The colour the shop gave, else the look's own for quiet signs."""
    return QColor(colour) if colour else look.colour("raised")


def pill(look: Look, text: str, colour: str = "") -> QLabel:
    """A word on its ground; it always reads, whatever colour the shop gave."""
    ground = ground_of(look, colour)
    made = QLabel(text)
    made.setFont(look.font(tokens.CAPTION, tokens.SEMIBOLD))
    made.setStyleSheet(
        f"background: {ground.name()}; color: {ink_on(ground).name()};"
        f" border-radius: {look.px(9)}px; padding: {look.px(2)}px {look.px(10)}px;"
        f" border: {'1px solid ' + look.palette.edge if look.palette.outlined else 'none'};"
    )
    return made


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
