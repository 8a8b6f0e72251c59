"""Strips over the lines: codes that wait for a person, and stop nobody meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from pos.till.views import UnknownCodeView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.scans import Scans
from pos.ui.widgets.basics import label, row
from pos.ui.widgets.button import Key
from pos.ui.work import Work


class Strip(QFrame):
    """A sign, a sentence, keys, and one key to put it away."""

    def __init__(self, face: Face, surface: str, icon_name: str, text: str, *keys: Key) -> None:
        super().__init__()
        self.setProperty("surface", surface)
        ink = "text" if surface == "info" else surface
        sign = QLabel()
        colour = face.look.colour(ink).name()
        sign.setPixmap(icon(icon_name, colour, face.look.px(20), self.devicePixelRatioF()))
        words = label(text, role="strong", tone="" if surface == "info" else surface, wrap=True)
        close = Key(face.look, icon="x", kind="quiet", height=48, name=face.text("cart.dismiss"))
        close.clicked.connect(self.put_away)
        layout = row(sign, words, *keys, close, gap=10)
        layout.setStretch(1, 1)
        layout.setContentsMargins(12, 6, 2, 6)
        self.setLayout(layout)

    def put_away(self) -> None:
        """Somebody saw it."""


class UnknownStrip(Strip):
    """A code that can't be sold."""

    def __init__(self, face: Face, work: Work, unknown: UnknownCodeView) -> None:
        super().__init__(face, "warn", "triangle-alert", unknown.text)
        self._work, self._id = work, unknown.id

    def put_away(self) -> None:
        """Take it off the till's list."""
        number = self._id
        self._work.do(lambda till: till.dismiss_unknown(number))


class HeldStrip(Strip):
    """A code that was read while the customer paid."""

    def __init__(self, face: Face, work: Work, scans: Scans, held: UnknownCodeView) -> None:
        book = Key(face.look, face.text("cart.book_held"), icon="plus", height=48)
        book.clicked.connect(self._book)
        text = face.text("cart.held", code=held.code)
        super().__init__(face, "info", "scan-barcode", text, book)
        self._work, self._scans, self._held = work, scans, held

    def put_away(self) -> None:
        """It is not wanted."""
        number = self._held.id
        self._work.do(lambda till: till.dismiss_unknown(number))

    def _book(self) -> None:
        self._scans.book(self._held)
