"""Cash into the drawer or out of it, with a reason (T-090)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.domain.money import Money
from pos.runtime.lane import Outcome
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import column, frame, label, sides
from pos.ui.widgets.button import Key
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.widgets.letters import Letters
from pos.ui.work import Tone, Work

REASONS = {"cash_in": ("change", "correction"), "cash_out": ("bank", "supplier", "postage")}


class CashMovePage(Page):
    """Amount at the left, reason at the right. Enter in one goes to what is missing, then books."""

    def __init__(self, face: Face, work: Work, direction: str) -> None:
        super().__init__(face, work, face.text(f"menu.{direction}"))
        self._direction = direction
        self.entry = Entry(face, face.text("cash.amount"), size=tokens.AMOUNT)
        self.entry.hint(face.texts.amount(face.zero()))
        self.entry.accepted.connect(self.book)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(face.text("cash.reason"))
        self.reason.setAccessibleName(face.text("cash.reason"))
        self._build()

    def entered(self) -> None:
        """Begin anew; the keyboard types the amount."""
        self.entry.clear()
        self.reason.clear()
        self.entry.setFocus()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter books."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.book()
            return True
        return super().hotkey(event)

    def book(self) -> None:
        """Book the movement, or go to what is missing."""
        if not self.entry.text:
            self.entry.setFocus()
            return
        if not self.reason.text().strip():
            self.reason.setFocus()
            return
        try:
            amount = Money.parse(self.entry.text, self.face.currency)
        except ValueError:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return
        reason = self.reason.text().strip()
        if self._direction == "cash_in":
            self.work.do(lambda till: till.pay_in(amount, reason), self._on_booked)
        else:
            self.work.do(lambda till: till.pay_out(amount, reason), self._on_booked)

    def _on_booked(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self.work.say(Tone.GOOD, self.face.text("cash.booked"))
            self.left.emit()

    def _build(self) -> None:
        face = self.face
        pad = Keypad(face, height=64, on_card=True)
        pad.pressed.connect(self.entry.press)
        amount = frame("card")
        amount.setLayout(
            column(label(face.text("cash.amount"), "lead"), self.entry, pad, gap=12, margin=20)
        )
        if not face.narrow:
            amount.setFixedWidth(face.look.px(380))
        choices = QGridLayout()
        choices.setSpacing(8)
        for place, name in enumerate(REASONS[self._direction]):
            key = Key(face.look, face.text(f"cash.{name}"), height=56)
            key.clicked.connect(self._on_choice)
            choices.addWidget(key, place // 2, place % 2)
        self.go = Key(
            face.look,
            face.text("cash.book"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            height=72,
            size=tokens.LEAD,
        )
        self.go.clicked.connect(self.book)
        why = frame("card")
        letters: QWidget = Letters(face, self.reason, on_card=True)
        inside = column(
            label(face.text("cash.why"), "lead"),
            choices,
            self.reason,
            letters,
            None,
            self.go,
            gap=12,
            margin=20,
        )
        why.setLayout(inside)
        self.body.addWidget(sides(face, amount, why, (0, 1), 16), 1)

    def _on_choice(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self.reason.setText(key.text())
