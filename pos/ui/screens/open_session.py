"""The day begins: how much is in the drawer, by amount or by notes and coins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Screen
from pos.ui.widgets.basics import centred, column, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.denominations import Denominations
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.work import Tone, Work


class OpenSession(Screen):
    """The proposed float is taken by Enter alone; typing or counting replaces it."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work)
        self._proposed = face.zero()
        self._title = label(face.text("open_session.title"), "title")
        self._explain = label(role="soft", wrap=True)
        self._sum = label(role="display")
        self.entry = Entry(face, face.text("open_session.float"), size=tokens.AMOUNT)
        self.entry.changed.connect(self._show_sum)
        self.entry.accepted.connect(self.open)
        self.pieces = Denominations(face)
        self.pieces.changed.connect(self._show_sum)
        self.ways = QStackedWidget()
        self._build()

    @property
    def counting(self) -> bool:
        """Whether notes and coins are counted, instead of an amount typed."""
        return self.ways.currentIndex() == 1

    def entered(self) -> None:
        """The keyboard types the float."""
        self.entry.clear()
        self.pieces.clear()
        self.show_way(counting=False)

    def show_view(self, view: TillView) -> None:
        """Propose what the last session left."""
        self._proposed = view.proposed_float
        texts = self.face.texts
        self._explain.setText(self.face.text("open_session.explain", proposed=self._proposed))
        self.entry.hint(texts.amount(self._proposed))
        self._show_sum()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter opens; F4 changes the way of counting; digits type the float."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        elif event.key() == Qt.Key.Key_F4:
            self.show_way(counting=not self.counting)
        elif event.key() == Qt.Key.Key_Escape:
            self.entry.clear()
        elif not self.counting:
            return self.entry.take_key(event)
        else:
            return False
        return True

    def show_way(self, *, counting: bool) -> None:
        """Count notes and coins, or type the amount."""
        self.ways.setCurrentIndex(1 if counting else 0)
        self._by_amount.setChecked(not counting)
        self._by_pieces.setChecked(counting)
        (self.pieces.rows[0] if counting else self.entry).setFocus()
        self._show_sum()

    def open(self) -> None:
        """Begin the session."""
        if self.counting:
            counts = self.pieces.counts
            self.work.do(lambda till: till.open_session(counts=counts))
            return
        amount = self._typed()
        if amount is not None:
            self.work.do(lambda till: till.open_session(amount))

    def _typed(self) -> Money | None:
        if not self.entry.text:
            return self._proposed
        try:
            return Money.parse(self.entry.text, self.face.currency)
        except ValueError:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return None

    def _show_sum(self) -> None:
        amount = self.pieces.total if self.counting else self._typed_or_proposed()
        self._sum.setText(self.face.money(amount))
        self._sum.setAccessibleName(f"{self.face.text('open_session.float')} {self._sum.text()}")

    def _typed_or_proposed(self) -> Money:
        text = self.entry.text.rstrip(",")
        return Money.parse(text, self.face.currency) if text else self._proposed

    def _build(self) -> None:
        face = self.face
        self._by_amount = self._switch("open_session.by_amount", counting=False)
        self._by_pieces = self._switch("open_session.by_pieces", counting=True)
        pad = Keypad(face, height=64, on_card=True)
        pad.pressed.connect(self.entry.press)
        typing = QWidget()
        typing.setLayout(column(self.entry, pad, None, gap=12))
        counting = QWidget()
        inner = column(self.pieces, None)
        inner.setContentsMargins(0, 0, 8, 0)
        counting.setLayout(inner)
        self.ways.addWidget(typing)
        self.ways.addWidget(scrolling(counting))
        self.go = Key(
            face.look,
            face.text("open_session.open"),
            icon="door-open",
            kind="primary",
            hint=face.text("key.enter"),
            height=80,
            size=tokens.LEAD,
        )
        self.go.clicked.connect(self.open)
        leave = Key(face.look, face.text("menu.sign_out"), icon="log-out", height=56)
        leave.clicked.connect(self._sign_out)
        caption = label(face.text("open_session.float"), "lead", tone="soft")
        left = column(
            self._title, self._explain, 24, caption, self._sum, None, leave, self.go, gap=8
        )
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(face.look.px(320))
        card = frame("card")
        switches = row(self._by_amount, self._by_pieces, None, gap=8)
        card.setLayout(column(switches, self.ways, gap=12, margin=20))
        both = row(side, card, gap=32)
        both.setStretch(1, 1)
        content = QWidget()
        content.setLayout(both)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.addLayout(centred(content, face.look.px(1080), face.look.px(720)))

    def _switch(self, key: str, *, counting: bool) -> Key:
        made = Key(self.face.look, self.face.text(key), height=48, hint="F4" if counting else "")
        made.setCheckable(True)
        made.setProperty("counting", counting)
        made.clicked.connect(self._on_switch)
        return made

    def _on_switch(self) -> None:
        self.show_way(counting=bool(self.sender().property("counting")))

    def _sign_out(self) -> None:
        self.work.do(lambda till: till.sign_out())
