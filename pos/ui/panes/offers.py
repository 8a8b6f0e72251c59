"""Which of several: one service is behind more than one programme (ETRON-36, T-124)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.till.voucher_views import OfferView
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.panes.vouchers import offer_key
from pos.ui.widgets.basics import clear, label, padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class OffersPane(Pane):
    """One key a programme, with the balance of the customer's wallet in it; digits choose."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("offers.title"))
        self.offers: tuple[OfferView, ...] = ()
        self.keys: list[Key] = []
        self._take: Callable[[OfferView], None] = lambda _offer: None
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setSpacing(8)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(label(face.text("offers.explain"), "soft", wrap=True))
        self.body.addWidget(scrolling(padded(content)), 1)

    def ask(self, offers: tuple[OfferView, ...], take: Callable[[OfferView], None]) -> None:
        """Begin a new question."""
        self.offers, self.keys, self._take = offers, [], take
        clear(self._list)
        for place, offer in enumerate(offers):
            key = offer_key(self.face, offer)
            key.hint = str(place + 1) if place < 9 else ""
            key.setProperty("place", place)
            key.clicked.connect(self._on_key)
            self._list.addWidget(key)
            self.keys.append(key)

    def hotkey(self, event: QKeyEvent) -> bool:
        """1 to 9 choose; Enter the first."""
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = "1"
        if text.isdigit() and 0 < int(text) <= len(self.offers):
            self._choose(int(text) - 1)
            return True
        return super().hotkey(event)

    def _on_key(self) -> None:
        self._choose(int(self.sender().property("place")))

    def _choose(self, place: int) -> None:
        offer = self.offers[place]
        self.left.emit()
        self._take(offer)
