"""A key that asks why before it does something."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.ui.face import Face
from pos.ui.widgets.basics import row
from pos.ui.widgets.button import Key


class ReasonRow(QWidget):
    """A field and a key; the key works once there is a reason.

    Signals:
        given(reason): the key was pressed.
    """

    given = Signal(str)

    def __init__(self, face: Face, words: str, placeholder: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setMaxLength(200)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._give)
        self.key = Key(face.look, words, icon="trash-2", kind="danger", height=52)
        self.key.setEnabled(False)
        self.key.clicked.connect(self._give)
        layout = row(self.field, self.key)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _on_text(self, text: str) -> None:
        self.key.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        if self.field.text().strip():
            self.given.emit(self.field.text().strip())
