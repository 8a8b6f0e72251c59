"""What the panes have in common: a title, a way back, and the sale stays visible beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.widgets.basics import label, row
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class Pane(QWidget):
    """One thing to do at the left of the sale.

    Signals:
        left(): done with, or given up; the catalogue comes back.
        wanted(action): something else is asked for.
    """

    left = Signal()
    wanted = Signal(str)

    def __init__(self, face: Face, work: Work, title: str = "") -> None:
        super().__init__()
        self.face, self.work = face, work
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(12)
        self.title = label(title, "title")
        self.title.setParent(self)
        self.title.setVisible(bool(title))
        if title:
            back = Key(
                face.look,
                icon="arrow-left",
                hint=face.text("key.esc"),
                height=48,
                name=face.text("page.back"),
            )
            back.clicked.connect(self.left)
            self.head = row(back, self.title, None, gap=16)
            self.body.addLayout(self.head)

    def entered(self) -> None:
        """The pane comes into sight: no key is marked until the keyboard asks for one."""
        self.setFocus()

    def show_view(self, view: TillView) -> None:
        """Paint a snapshot."""

    def hotkey(self, event: QKeyEvent) -> bool:
        """Use a key that no control took; False hands it on."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False
