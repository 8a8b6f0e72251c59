"""Pictures of the catalogue: goods, categories, people."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache

from pos.ui.face import Face

PLATE = "#f4f2ee"
"""The ground of pictures where their colours are to be compared: the same in every theme."""


def paint_picture(painter: QPainter, face: Face, name: str, area: QRectF) -> bool:
    """Draw a picture fitted into an area; False where there is none to draw."""
    if not name:
        return False
    ratio = painter.device().devicePixelRatio()
    pixmap = picture(face, name, round(area.width()), ratio)
    if pixmap.isNull():
        return False
    width, height = pixmap.width() / ratio, pixmap.height() / ratio
    left = area.left() + (area.width() - width) / 2
    top = area.top() + (area.height() - height) / 2
    painter.drawPixmap(QRectF(left, top, width, height), pixmap, QRectF(pixmap.rect()))
    return True


def picture(face: Face, name: str, side: int, ratio: float) -> QPixmap:
    """A picture of the catalogue, fitted into a square and kept for the next paint."""
    key = f"{face.pictures}/{name}@{side}x{ratio}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = QPixmap(str(face.pictures / name))
        if not pixmap.isNull():
            pixmap = pixmap.scaled(
                QSize(side, side) * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        QPixmapCache.insert(key, pixmap)
    return pixmap
