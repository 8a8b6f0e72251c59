"""Choosing a customer for something else than to sell to: the owner of a card, a filter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.customer import Customer
from pos.runtime.lane import Outcome
from pos.ui.face import Face
from pos.ui.panes.field_pane import FieldPane
from pos.ui.shelf import FoundCustomers, Shelf
from pos.ui.widgets.basics import clear, padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.work import Work

MOST = 20
"""Hits shown; whoever isn't among them is found by another letter."""


class OwnerPane(FieldPane):
    """Nobody is listed until a name is typed (T-067). Up, Down and Enter choose."""

    def __init__(self, face: Face, work: Work, shelf: Shelf) -> None:
        super().__init__(face, work, " ", face.text("customer.search"))
        self._shelf, self._question = shelf, 0
        self._take: Callable[[Customer], None] = lambda _customer: None
        self.found: tuple[Customer, ...] = ()
        self._current = 0
        self.field.textChanged.connect(self._on_text)
        hits = QWidget()
        self._hits = QVBoxLayout(hits)
        self._hits.setSpacing(8)
        self._hits.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.field)
        self.body.addWidget(scrolling(padded(hits)), 1)
        self.body.addWidget(self.letters)
        self.letters.show()

    def ask(self, title: str, take: Callable[[Customer], None]) -> None:
        """Begin a new question."""
        self._take = take
        self.title.setText(title)

    def take(self) -> None:
        """The marked customer is the one."""
        self._choose(self._current)

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

    def step(self, by: int) -> None:
        """Mark another hit."""
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
