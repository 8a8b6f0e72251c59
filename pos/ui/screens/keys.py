"""Which key of the keyboard does what: a touch on one, then press the new one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.keys import DEFAULT_KEYS
from pos.domain.operator import Right
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.key_names import name_of
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import frame, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class KeysPage(Page):
    """A row an action. While one waits for its key, the next key press is that key.

    Attributes:
        waiting: the action whose new key is awaited; empty if none.
    """

    takes_raw_keys = True

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("keys.title"))
        self.waiting = ""
        self._manager = False
        self._keys: dict[str, str] = {}
        self.reset = Key(face.look, face.text("keys.reset"), icon="rotate-ccw", height=56)
        self.reset.clicked.connect(self._on_reset)
        self.tools.addWidget(self.reset)
        self.rows = {action: self._row(action) for action in DEFAULT_KEYS}
        card = frame("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        half = len(self.rows) if face.narrow else -(-len(self.rows) // 2)
        for place, (action, key) in enumerate(self.rows.items()):
            at_row, at_column = place % half, place // half * 2
            name = face.texts.get(f"key_action.{action}")
            grid.addWidget(label(name, wrap=True), at_row, at_column)
            grid.addWidget(key, at_row, at_column + 1)
            grid.setColumnStretch(at_column, 1)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(12)
        inner.addWidget(label(face.text("keys.explain"), "soft", wrap=True))
        inner.addWidget(card)
        inner.addStretch(1)
        self.body.addWidget(scrolling(content), 1)

    def entered(self) -> None:
        """Nothing waits for a key yet."""
        self.waiting = ""
        self._paint()
        super().entered()

    def show_view(self, view: TillView) -> None:
        """Paint the table."""
        self._manager = view.operator is not None and view.operator.may(Right.SETTINGS)
        self._keys = dict(view.keys)
        self._paint()

    def hotkey(self, event: QKeyEvent) -> bool:
        """The key that is awaited; Escape gives up waiting."""
        if not self.waiting:
            return super().hotkey(event)
        action, self.waiting = self.waiting, ""
        if event.key() != Qt.Key.Key_Escape:
            key = name_of(event) or event.text() or self.face.text("keys.other")
            self.work.do(lambda till: till.set_key(action, key))
        self._paint()
        return True

    def _row(self, action: str) -> Key:
        key = Key(self.face.look, "", height=56)
        key.setProperty("action", action)
        key.setMinimumWidth(self.face.look.px(190))
        key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        key.clicked.connect(self._on_row)
        return key

    def _paint(self) -> None:
        text = self.face.text
        for action, key in self.rows.items():
            waits = action == self.waiting
            key.set_text(text("keys.press") if waits else self._name(action))
            key.set_kind("primary" if waits else "key")
            key.setEnabled(self._manager)
            name = self.face.texts.get(f"key_action.{action}")
            key.setAccessibleName(f"{name}: {key.text()}")
        self.reset.setEnabled(self._manager and self._keys != dict(DEFAULT_KEYS))

    def _name(self, action: str) -> str:
        """The key as it is written on keyboards of this language."""
        key = self._keys.get(action, "")
        return self.face.text("key.insert") if key == "Insert" else key

    def _on_row(self) -> None:
        self.waiting = str(self.sender().property("action"))
        self._paint()
        # The keyboard is this page's now: a key that has it would take Space for itself.
        self.setFocus()

    def _on_reset(self) -> None:
        self.work.do(lambda till: till.reset_keys())
