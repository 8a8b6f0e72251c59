"""A way out of something that can't go on as it is: one key does it, Esc leaves all as it was."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, column, label
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class Decision(Struct, frozen=True):
    """What happened, what can be done about it, and who does it.

    Attributes:
        why: what the till said.
        verb: what the key does.
    """

    title: str
    why: str
    verb: str
    take: Callable[[], None]
    icon: str = "check"


class DecisionPane(Pane):
    """Why it doesn't go on, and the one step that helps."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, " ")
        self._decision: Decision | None = None
        self._why = label(role="lead", wrap=True)
        self.take = Key(
            face.look,
            "",
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self.accept)
        self.keep = Key(
            face.look, face.text("preview.keep"), icon="x", hint=face.text("key.esc"), height=64
        )
        self.keep.clicked.connect(self.left)
        content = QWidget()
        content.setLayout(column(self._why, 8, self.take, self.keep, None, gap=12))
        self.body.addLayout(centred(content, face.look.px(640)), 1)

    def ask(self, decision: Decision) -> None:
        """Begin a new question."""
        self._decision = decision
        self.title.setText(decision.title)
        self._why.setText(decision.why)
        self.take.icon_name = decision.icon
        self.take.set_text(decision.verb)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter does it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return True
        return super().hotkey(event)

    def accept(self) -> None:
        """Do it, once."""
        decision, self._decision = self._decision, None
        self.left.emit()
        if decision is not None:
            decision.take()
