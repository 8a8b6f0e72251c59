"""Small helpers that every screen builds with: labels, frames, rows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from pos.ui.face import Face

Item = QWidget | QLayout | int | None
WIDEST = 16777215
"""Qt's word for no limit."""
ALL = 100_000
"""A share of the room beside which another of 1 is less than a pixel."""


def label(text: str = "", role: str = "body", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A label in one of the type roles of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def set_tone(target: QLabel, tone: str) -> None:
    """Change the tone of a label."""
    if target.property("tone") != tone:
        target.setProperty("tone", tone)
        target.style().unpolish(target)
        target.style().polish(target)


def frame(surface: str) -> QFrame:
    """A frame on one of the surfaces of the style sheet."""
    made = QFrame()
    made.setProperty("surface", surface)
    return made


def fill(layout: QBoxLayout, *items: Item) -> QBoxLayout:
    """Put widgets, layouts, gaps (a number of pixels) and stretches (None) in a layout."""
    for item in items:
        match item:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(item)
            case QWidget():
                layout.addWidget(item)
            case QLayout():
                layout.addLayout(item)
    return layout


def row(*items: Item, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    """Items side by side."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(margin, margin, margin, margin)
    fill(layout, *items)
    return layout


def column(*items: Item, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    """Items under each other."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(margin, margin, margin, margin)
    fill(layout, *items)
    return layout


def centred(content: QWidget, width: int, height: int = 0) -> QVBoxLayout:
    """Content in the middle, no larger than this; without a height it takes all there is."""
    content.setMaximumWidth(width)
    if height:
        content.setMaximumHeight(height)
    sides = row(gap=0)
    sides.addStretch(1)
    sides.addWidget(content, ALL)
    sides.addStretch(1)
    outer = column(gap=0)
    outer.addStretch(1 if height else 0)
    outer.addLayout(sides, ALL)
    outer.addStretch(1 if height else 0)
    return outer


def padded(content: QWidget) -> QWidget:
    """Content that keeps clear of the scroll bar beside it."""
    made = QWidget()
    layout = column(content, None)
    layout.setContentsMargins(0, 0, 8, 0)
    made.setLayout(layout)
    return made


def sides(face: Face, left: QWidget, right: QWidget, shares: tuple[int, int], gap: int) -> QWidget:
    """Two columns; where they don't fit, one that scrolls. A share of 0 keeps its own width."""
    both = QWidget()
    if face.narrow:
        both.setLayout(column(left, right, None, gap=gap))
        return scrolling(both)
    layout = row(left, right, gap=gap)
    for place, share in enumerate(shares):
        layout.setStretch(place, share)
    both.setLayout(layout)
    return both


def place_sale(face: Face, layout: QBoxLayout, sale: QWidget, size: QSize) -> None:
    """Put the sale, or what stands in its place, at its side; in an upright window below."""
    px = face.look.px
    upright = size.height() > size.width()
    beside = {
        "right": QBoxLayout.Direction.LeftToRight,
        "left": QBoxLayout.Direction.RightToLeft,
    }[face.side]
    wanted = QBoxLayout.Direction.TopToBottom if upright else beside
    if layout.direction() is not wanted:
        layout.setDirection(wanted)
    if upright:
        sale.setMaximumWidth(WIDEST)
        sale.setMinimumWidth(0)
        sale.setFixedHeight(size.height() * 45 // 100)
    else:
        sale.setMinimumHeight(0)
        sale.setMaximumHeight(WIDEST)
        sale.setFixedWidth(max(px(448), min(size.width() * 2 // 5, px(560))))


def scrolling(content: QWidget) -> QScrollArea:
    """A page that scrolls up and down by finger, and never sideways."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    finger_scroll(area.viewport())
    return area


def finger_scroll(viewport: QWidget) -> None:
    """Let a finger drag the content."""
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)


def clear(layout: QLayout) -> None:
    """Empty a layout and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
