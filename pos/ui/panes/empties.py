"""Taking empties back: one key for each kind of deposit, digits before it say how many."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity
from pos.runtime.lane import Outcome
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_text import unit_price
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.work import Work


class EmptiesPane(Pane):
    """The pane stays open: crates come one after the other.

    Signals:
        taken(product, quantity): so many of this deposit come back.
    """

    taken = Signal(str, object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("empties.title"))
        self.deposits: tuple[Product, ...] = ()
        self.entry = Entry(face, face.text("empties.count"), size=tokens.AMOUNT, decimals=0)
        self.entry.hint("1")
        pad = Keypad(face, height=48)
        pad.pressed.connect(self.entry.press)
        self.keys = QVBoxLayout()
        self.keys.setSpacing(10)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self.keys)
        inside.addStretch(1)
        explain = label(face.text("empties.explain"), "soft", wrap=True)
        if face.compact:
            self.body.addWidget(explain)
            # However large the text: what comes back is chosen first, and nothing overlaps.
            inside.insertWidget(0, self.entry)
            inside.insertWidget(2, pad)
            self.body.addWidget(scrolling(content), 1)
            return
        asked = QWidget()
        asked.setLayout(column(explain, self.entry, pad, scrolling(content), gap=12))
        self.body.addLayout(centred(asked, face.look.px(640), face.look.px(760)), 1)

    def entered(self) -> None:
        """Ask which deposits there are; digits are typed at once."""
        self.entry.clear()
        self.entry.setFocus()
        self.work.ask(lambda till: till.deposits(), self._on_deposits)

    def hotkey(self, event: QKeyEvent) -> bool:
        """A letter takes that deposit back, digits go to the count."""
        for place, deposit in enumerate(self.deposits):
            if event.text() and event.text().upper() == _letter(place):
                self._take(deposit.number)
                return True
        return super().hotkey(event) or self.entry.take_key(event)

    def _on_deposits(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, tuple):
            return
        self.deposits = outcome.value
        clear(self.keys)
        for place, deposit in enumerate(self.deposits):
            key = Key(
                self.face.look,
                deposit.name,
                icon="recycle",
                hint=_letter(place),
                detail=unit_price(self.face, -deposit.price),
                height=72,
                size=tokens.LEAD,
            )
            key.setProperty("deposit", deposit.number)
            key.clicked.connect(self._on_key)
            self.keys.addWidget(key)

    def _on_key(self) -> None:
        self._take(str(self.sender().property("deposit")))

    def _take(self, deposit: str) -> None:
        typed = self.entry.text
        self.entry.clear()
        self.taken.emit(deposit, Quantity.parse(typed) if typed else ONE)


def _letter(place: int) -> str:
    return "ABCDEFGH"[place] if place < 8 else ""
