"""A key that stands for a banknote."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy

from pos.domain.money import Money
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.button import Key

NOTES = (500, 1000, 2000, 5000, 10000, 20000)
COLOURS = dict(
    zip(NOTES, ("#8d9a9b", "#c2605a", "#4f7fb5", "#d98b3a", "#5e9a62", "#c9a93b"), strict=True)
)
"""Near the colours the notes have, as a small stripe beside the figure that says it."""


class NoteKey(Key):
    """The figure of the note, and a stripe in the colour the hand knows."""

    def __init__(self, face: Face, note: int) -> None:
        money = Money(note, face.currency)
        words = face.texts.decimal(money.decimal, 0)
        super().__init__(
            face.look, words, kind="plain", size=tokens.TITLE, height=64, name=face.money(money)
        )
        self.note = money
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _paint_row(self, painter: QPainter) -> None:
        px = self.look.px
        width, height = px(32), px(6)
        painter.setFont(self.font())
        painter.setPen(self.ink())
        area = QRectF(self.rect()).adjusted(0, 0, 0, -px(12))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS[self.note.minor]))
        top = self.height() / 2 + px(14)
        painter.drawRoundedRect(
            QRectF((self.width() - width) / 2, top, width, height), height / 2, height / 2
        )
