"""Icons in a colour of the theme, drawn from the shipped set."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos.runtime.resources import resource


@lru_cache(maxsize=512)
def icon(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon of that name: `size` in device-independent pixels, `ratio` of the screen."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint_icon(painter: QPainter, name: str, colour: QColor, area: QRectF) -> None:
    """Draw an icon filling a square area."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(area.topLeft(), icon(name, colour.name(), round(area.width()), ratio))
