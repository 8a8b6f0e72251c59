"""Small coloured words: the tags of goods (ETRON-23)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QLabel

from pos.domain.product import Tag
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
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(look.font(tokens.CAPTION, tokens.SEMIBOLD))
    made.setStyleSheet(
        f"background: {ground.name()}; color: {ink_on(ground).name()};"
        f" border-radius: {look.px(9)}px; padding: {look.px(2)}px {look.px(10)}px;"
        f" border: {'1px solid ' + look.palette.edge if look.palette.outlined else 'none'};"
    )
    return made


def paint_ribbon(painter: QPainter, look: Look, tag: Tag, card: QRectF) -> None:
    """A short word at the upper right corner of a tile (ETRON-24)."""
    font = look.font(tokens.CAPTION - 1, tokens.BOLD)
    words = QFontMetricsF(font).elidedText(
        tag.name, Qt.TextElideMode.ElideRight, card.width() * 0.6
    )
    width = QFontMetricsF(font).horizontalAdvance(words) + look.px(18)
    height = QFontMetricsF(font).height() + look.px(4)
    area = QRectF(card.right() - width, card.top(), width, height)
    shape = QPainterPath()
    radius = tokens.RADIUS_LARGE - 2
    shape.addRoundedRect(area.adjusted(0, 0, 0, radius), radius, radius)
    body = QPainterPath()
    body.addRect(area)
    _fill(painter, look, shape.intersected(body), tag, area, font, words)


def paint_tag(painter: QPainter, look: Look, tag: Tag, area: QRectF) -> None:
    """A tag at the lower left of an area."""
    font = look.font(tokens.CAPTION - 2, tokens.SEMIBOLD)
    words = QFontMetricsF(font).elidedText(tag.name, Qt.TextElideMode.ElideRight, area.width())
    width = QFontMetricsF(font).horizontalAdvance(words) + look.px(12)
    height = QFontMetricsF(font).height() + look.px(2)
    spot = QRectF(area.left(), area.bottom() - height, width, height)
    shape = QPainterPath()
    shape.addRoundedRect(spot, height / 2, height / 2)
    _fill(painter, look, shape, tag, spot, font, words)


def _fill(
    painter: QPainter,
    look: Look,
    shape: QPainterPath,
    tag: Tag,
    area: QRectF,
    font: QFont,
    words: str,
) -> None:
    ground = ground_of(look, tag.colour)
    painter.setPen(look.colour("edge") if look.palette.outlined else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPath(shape)
    painter.setPen(ink_on(ground))
    painter.setFont(font)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
