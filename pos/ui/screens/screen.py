"""What every page of the window has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.widgets.basics import label, row
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class Screen(QWidget):
    """A page. It paints snapshots, sends commands through `work`, and keeps no facts of its own.

    Signals:
        wanted(page): another page is asked for, by name.
        left(): the page is done with; the shell goes one step back.
        turned(grave): a part of the page gave way to another; grave where a key takes money.

    Attributes:
        takes_raw_keys: keys arrive as they are on the keyboard, whatever the table of keys says.
    """

    takes_raw_keys = False
    wanted = Signal(str)
    left = Signal()
    turned = Signal(bool)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self.face, self.work = face, work
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def entered(self) -> None:
        """The page comes into sight: put the keyboard where it is needed, ask what it shows."""
        self.setFocus()

    def show_view(self, view: TillView) -> None:
        """Paint a snapshot."""

    def hotkey(self, event: QKeyEvent) -> bool:
        """Use a key that no control took; False hands it on."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    def take_scan(self, code: str, scanner: str) -> bool:
        """Use a scan for this page itself; False lets it ring up goods. `scanner` names one on a
        cable of its own.
        """
        return False

    def step_aside(self) -> None:
        """A scan came while this page was open; it may close what a scan ends."""


class Page(Screen):
    """A page with a head: a way back, a title, and room for keys at the right."""

    def __init__(self, face: Face, work: Work, title: str) -> None:
        super().__init__(face, work)
        back = Key(
            face.look,
            face.text("page.back"),
            icon="arrow-left",
            hint=face.text("key.esc"),
            height=48,
            kind="key",
        )
        back.clicked.connect(self.left)
        self.tools: QHBoxLayout = row(gap=8)
        self.title = label(title, "title")
        head = row(back, self.title, None, self.tools, gap=16)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(16)
        outer.addLayout(head)
        outer.addLayout(self.body, 1)
