"""A pane whose keys go to one field: what is typed anywhere lands there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import row
from pos.ui.widgets.button import Key
from pos.ui.widgets.letters import Letters
from pos.ui.work import Work

LONGEST = 60


class FieldPane(Pane):
    """Letters are for the field, arrows and Enter for what stands below it.

    Attributes:
        letters: keys for fingers; hidden until the key of `typing_row` asks for them.
    """

    def __init__(
        self, face: Face, work: Work, title: str, words: str, longest: int = LONGEST
    ) -> None:
        super().__init__(face, work, title)
        self.field = QLineEdit()
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.setMaxLength(longest)
        self.field.installEventFilter(self)
        self.letters = Letters(face, self.field)
        self.letters.setParent(self)
        self.letters.hide()

    def entered(self) -> None:
        """The keyboard types into an empty field."""
        self.field.clear()
        self.field.setFocus()

    def step(self, by: int) -> None:
        """An arrow was pressed: 1 is down, -1 is up."""

    def take(self) -> None:
        """Enter was pressed."""

    def typing_row(self) -> QHBoxLayout:
        """The field, and the key that shows letters for fingers."""
        shows = Key(self.face.look, icon="keyboard", height=56, name=self.face.text("letters.show"))
        shows.setCheckable(True)
        shows.toggled.connect(self.letters.setVisible)
        made = row(self.field, shows, gap=10)
        made.setStretch(0, 1)
        return made

    def hotkey(self, event: QKeyEvent) -> bool:
        """A key that no control took is meant for the field, too."""
        if super().hotkey(event) or (self.field.isVisible() and self._steer(event)):
            return True
        if self.field.isVisible() and event.text() and event.text().isprintable():
            self.field.setFocus()
            self.field.insert(event.text())
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter are for what stands below the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._steer(event)
        return False

    def _steer(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        return False
