"""The day begins: how much is in the drawer, by amount or by notes and coins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Screen
from pos.ui.widgets.basics import centred, column, frame, label, padded, row, scrolling, sides
from pos.ui.widgets.button import Key
from pos.ui.widgets.denominations import Denominations
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.work import Tone, Work


class OpenSession(Screen):
    """The amount at the left, notes and coins at the right; what was changed last counts.

    Enter alone takes the proposed float.
    """

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work)
        self._proposed = face.zero()
        self._explain = label(role="soft", wrap=True)
        self.entry = Entry(face, face.text("open_session.float"), size=tokens.AMOUNT)
        self.entry.changed.connect(self._on_typed)
        self.entry.accepted.connect(self.open)
        self.pieces = Denominations(face, 1 if face.compact else 2)
        self.pieces.changed.connect(self._on_counted)
        self._build()

    @property
    def counting(self) -> bool:
        """Whether notes and coins were counted, instead of an amount typed."""
        return bool(self.pieces.counts)

    def entered(self) -> None:
        """The keyboard types the float."""
        self.pieces.clear()
        self.entry.clear()
        self.entry.setFocus()

    def show_view(self, view: TillView) -> None:
        """Propose what the last session left."""
        self._proposed = view.proposed_float
        key = "explain" if self._proposed.minor else "explain_first"
        self._explain.setText(self.face.text(f"open_session.{key}", proposed=self._proposed))
        self._show_hint()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter opens; F4 changes between amount and pieces; Esc starts anew."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        elif event.key() == Qt.Key.Key_F4:
            typing = self.window().focusWidget() is self.entry
            (self.pieces.rows[0] if typing else self.entry).setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.entered()
        else:
            return self.entry.take_key(event)
        return True

    def open(self) -> None:
        """Begin the session."""
        if self.counting:
            counts = self.pieces.counts
            self.work.do(lambda till: till.open_session(counts=counts))
            return
        try:
            typed = self.entry.text
            amount = Money.parse(typed, self.face.currency) if typed else self._proposed
        except ValueError:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return
        self.work.do(lambda till: till.open_session(amount))

    def _on_typed(self) -> None:
        """A typed amount takes the place of the count."""
        if self.entry.text and self.counting:
            self.pieces.clear()
        self._show_hint()

    def _on_counted(self) -> None:
        """A count takes the place of the typed amount."""
        if self.counting and self.entry.text:
            self.entry.clear()
        self._show_hint()

    def _show_hint(self) -> None:
        amount = self.pieces.total if self.counting else self._proposed
        self.entry.hint(self.face.texts.amount(amount), strong=self.counting)
        self.entry.setAccessibleDescription(self.face.money(amount))

    def _build(self) -> None:
        face = self.face
        content = sides(face, self._amount(), self._count(), (0, 1), 32)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addLayout(
            centred(content, face.look.px(1080), 0 if face.narrow else face.look.px(700))
        )

    def _amount(self) -> QWidget:
        face, text = self.face, self.face.text
        pad = Keypad(face, height=60)
        pad.pressed.connect(self._on_pad)
        self.entry.money = True
        self.go = Key(
            face.look,
            text("open_session.open"),
            icon="door-open",
            kind="primary",
            hint=text("key.enter"),
            height=72,
            size=tokens.LEAD,
        )
        self.go.clicked.connect(self.open)
        leave = Key(face.look, text("menu.sign_out"), icon="log-out", height=48)
        leave.clicked.connect(self._sign_out)
        side = QWidget()
        title = label(text("open_session.title"), "title")
        head = row(title, None, leave)
        side.setLayout(column(head, self._explain, 8, self.entry, pad, 4, self.go, gap=8))
        if not face.narrow:
            side.setFixedWidth(face.look.px(360))
        return side

    def _count(self) -> QWidget:
        counting = self.pieces if self.face.narrow else scrolling(padded(self.pieces))
        card = frame("card")
        words = label(self.face.text("open_session.by_pieces"), "lead")
        head = row(words, None, label(self.face.text("open_session.switch"), "caption"))
        card.setLayout(column(head, counting, gap=12, margin=16))
        return card

    def _on_pad(self, sign: str) -> None:
        if self.window().focusWidget() in self.pieces.rows:
            self.pieces.press(sign)
        else:
            self.entry.press(sign)

    def _sign_out(self) -> None:
        self.work.do(lambda till: till.sign_out())
