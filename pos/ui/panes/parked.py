"""Sales that were set aside, to be taken up again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.till.views import ParkedView, TillView
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import clear, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.work import Work


class ParkedPane(Pane):
    """One key for each parked sale; digits 1 to 9 take it up from the keyboard."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("parked.title"))
        self.parked: tuple[ParkedView, ...] = ()
        self._none = Empty(face, "pause", face.text("parked.none"))
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 8, 0)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        outer.addWidget(self._none)
        outer.addLayout(self._list)
        outer.addStretch(1)
        self.body.addWidget(scrolling(content), 1)

    def show_view(self, view: TillView) -> None:
        """Paint the parked sales, newest first."""
        parked = tuple(reversed(view.parked))
        if parked == self.parked:
            return
        self.parked = parked
        clear(self._list)
        self._none.setVisible(not parked)
        for number, sale in enumerate(parked, 1):
            self._list.addWidget(self._key(number, sale))

    def hotkey(self, event: QKeyEvent) -> bool:
        """1 to 9 resume; Enter the newest."""
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = "1"
        if text.isdigit() and 0 < int(text) <= len(self.parked):
            self._resume(self.parked[int(text) - 1].id)
            return True
        return super().hotkey(event)

    def _key(self, number: int, sale: ParkedView) -> Key:
        text = self.face.text
        at = self.face.texts.time(sale.parked_at)
        words = sale.label or text("parked.unnamed", at=at)
        lines = text("parked.lines", count=sale.lines)
        key = Key(
            self.face.look,
            words,
            icon="play",
            kind="plain",
            height=72,
            detail=self.face.money(sale.total),
            hint=str(number) if number < 10 else "",
            caption=f"{lines} · {sale.operator} · {at}",
        )
        key.setProperty("sale", sale.id)
        key.clicked.connect(self._on_key)
        return key

    def _on_key(self) -> None:
        self._resume(str(self.sender().property("sale")))

    def _resume(self, sale: str) -> None:
        self.left.emit()
        self.work.do(lambda till: till.resume(sale))
