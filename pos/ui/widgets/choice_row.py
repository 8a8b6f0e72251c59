"""One out of a few: keys side by side, of which one is down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.face import Face
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing


class ChoiceRow(QWidget):
    """Values with their words, in their order.

    Signals:
        changed(): another one was chosen.

    Attributes:
        value: the one that is chosen.
    """

    changed = Signal()

    def __init__(self, face: Face, choices: Sequence[tuple[object, str]], value: object) -> None:
        super().__init__()
        self.value = value
        self.keys: list[Key] = []
        for choice, words in choices:
            key = Key(face.look, words, height=56)
            key.setCheckable(True)
            key.setAutoExclusive(True)
            key.setChecked(choice == value)
            key.setProperty("value", choice)
            key.clicked.connect(self._on_key)
            self.keys.append(key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(flowing(*self.keys))

    def choose(self, value: object) -> None:
        """Put another one down, without telling."""
        self.value = value
        for key in self.keys:
            key.setChecked(key.property("value") == value)

    def _on_key(self) -> None:
        self.value = self.sender().property("value")
        self.changed.emit()
