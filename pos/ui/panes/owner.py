"""Choosing a customer for something else than to sell to: the owner of a card, a filter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.domain.customer import Customer
from pos.runtime.lane import Outcome
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.shelf import FoundCustomers, Shelf
from pos.ui.widgets.basics import clear, padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.letters import Letters
from pos.ui.work import Work

MOST = 20
"""Hits shown; whoever isn't among them is found by another letter."""


class OwnerPane(Pane):
    """Nobody is listed until a name is typed (T-067). Up, Down and Enter choose."""

    def __init__(self, face: Face, work: Work, shelf: Shelf) -> None:
        super().__init__(face, work, " ")
        self._shelf, self._question = shelf, 0
        self._take: Callable[[Customer], None] = lambda _customer: None
        self.found: tuple[Customer, ...] = ()
        self._current = 0
        self.field = QLineEdit()
        self.field.setPlaceholderText(face.text("customer.search"))
        self.field.setAccessibleName(face.text("customer.search"))
        self.field.setMaxLength(60)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        hits = QWidget()
        self._hits = QVBoxLayout(hits)
        self._hits.setSpacing(8)
        self._hits.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.field)
        self.body.addWidget(scrolling(padded(hits)), 1)
        self.body.addWidget(Letters(face, self.field))

    def ask(self, title: str, take: Callable[[Customer], None]) -> None:
        """Begin a new question."""
        self._take = take
        self.title.setText(title)

    def entered(self) -> None:
        """The keyboard types a name."""
        self.field.clear()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the hits, Enter takes one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._current)
                return True
        return False

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._question = self._shelf.customers(text.strip(), MOST, self._on_found)
        else:
            self._question = 0
            self._show(())

    def _on_found(self, outcome: Outcome[object]) -> None:
        page = outcome.value
        if isinstance(page, FoundCustomers) and page.question == self._question:
            self._show(page.customers)

    def _show(self, found: tuple[Customer, ...]) -> None:
        self.found, self._current = found, 0
        clear(self._hits)
        for place, customer in enumerate(found):
            key = Key(
                self.face.look,
                customer.name,
                icon="user",
                kind="plain" if place else "selected",
                height=64,
                caption=", ".join(customer.address("")) or customer.mail,
                hint=customer.number,
            )
            key.setProperty("place", place)
            key.clicked.connect(self._on_key)
            self._hits.addWidget(key)

    def _move(self, by: int) -> None:
        self._current = max(0, min(len(self.found) - 1, self._current + by))
        for place in range(self._hits.count()):
            item = self._hits.itemAt(place)
            key = item.widget() if item is not None else None
            if isinstance(key, Key):
                key.set_kind("selected" if place == self._current else "plain")

    def _on_key(self) -> None:
        self._choose(int(self.sender().property("place")))

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.found):
            customer = self.found[place]
            self.left.emit()
            self._take(customer)
