"""How far something has come: a bar, drawn from the tokens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.face import Face


class Progress(QWidget):
    """A bar that fills from left to right; what it means is said beside it in words."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.done, self.of = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, of: int, words: str) -> None:
        """So many of so many."""
        self.done, self.of = done, of
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """A slim bar."""
        return QSize(self._face.look.px(120), self._face.look.px(12))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """The groove, and how full it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        round_ = area.height() / 2
        painter.setBrush(self._face.look.colour("pressed"))
        painter.drawRoundedRect(area, round_, round_)
        if self.done and self.of:
            width = max(area.height(), area.width() * min(self.done, self.of) / self.of)
            painter.setBrush(self._face.look.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 0, width, area.height()), round_, round_)
