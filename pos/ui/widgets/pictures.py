"""Pictures of the catalogue: goods, categories, people."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap, QPixmapCache

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
        pixmap = QPixmap.fromImage(_read(str(face.pictures / name), QSize(side, side) * ratio))
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _read(path: str, room: QSize) -> QImage:
    """A file of any size, read as small as it is shown (T-036); null where it is no picture."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    if reader.size().isValid():
        wanted = reader.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(wanted.expandedTo(QSize(1, 1)))
    return reader.read()
