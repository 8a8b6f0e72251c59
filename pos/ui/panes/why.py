"""Why a line costs what it costs, in words, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.till.price_words import Weight, WhyRow
from pos.ui.face import Face, together
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, frame, label, padded, row, scrolling
from pos.ui.work import Work

WIDEST = 860
"""Amounts stay near what they are for."""

ROLES = {
    Weight.HEAD: "strong",
    Weight.STEP: "body",
    Weight.RESULT: "strong",
    Weight.OFF: "body",
    Weight.HINT: "soft",
}


class WhyPane(Pane):
    """The derivation of one price. It shows what the till answered and asks nothing itself."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("why.title"))
        self.rows: tuple[WhyRow, ...] = ()
        self._subject = label(role="lead", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        card = frame("card")
        card.setLayout(column(self._subject, 4, self._list, gap=8, margin=16))
        area = scrolling(padded(card))
        self.body.addLayout(centred(area, face.look.px(WIDEST)), 1)

    def show_rows(self, subject: str, rows: Sequence[WhyRow]) -> None:
        """Show the derivation of a line's price."""
        self.rows = tuple(rows)
        self._subject.setText(subject)
        clear(self._list)
        for one in rows:
            self._list.addWidget(self._row(one))

    def hotkey(self, event: QKeyEvent) -> bool:
        """The key that opened it closes it too; so does Enter."""
        if event.text() == "?" or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return True
        return super().hotkey(event)

    def _row(self, one: WhyRow) -> QWidget:
        tone = "discount" if one.weight is Weight.OFF else ""
        words = label(together(one.text), ROLES[one.weight], tone=tone, wrap=True)
        amount = label(together(one.amount), ROLES[one.weight], tone=tone)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line = QWidget()
        parts: tuple[QLabel, ...] = (words, amount) if one.amount else (words,)
        layout = row(*parts, gap=16)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line
