"""A picture of goods, or the squares of a QR code, as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.documents.codes import qr_modules
from pos.ui.face import Face
from pos.ui.widgets.pictures import paint_picture

QUIET = 4
"""Modules of white around a QR code."""


class Picture(QWidget):
    """A picture of the catalogue by its file name, as large as `side` allows."""

    def __init__(self, face: Face, side: int, name: str = "") -> None:
        super().__init__()
        self._face, self._name = face, name
        self.setFixedSize(QSize(face.look.px(side), face.look.px(side)))

    def show_picture(self, name: str) -> None:
        """Show another picture; an empty name shows none."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_picture(painter, self._face, self._name, QRectF(self.rect()))


class QrCode(QWidget):
    """A QR code for a telephone: black on white in every theme, modules of whole pixels."""

    def __init__(self, face: Face, data: str, side: int) -> None:
        super().__init__()
        self._modules = qr_modules(data)
        count = len(self._modules) + 2 * QUIET
        self._module = max(2, face.look.px(side) // count)
        self.setFixedSize(QSize(self._module * count, self._module * count))
        self.setAccessibleName(data)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        size = self._module
        for line, row in enumerate(self._modules, QUIET):
            for place, dark in enumerate(row, QUIET):
                if dark:
                    painter.fillRect(place * size, line * size, size, size, QColor("#000000"))
