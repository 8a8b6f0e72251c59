"""The day ends: count, compare, decide what stays, and see the Z report."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import column, frame, label, row, scrolling, set_tone
from pos.ui.widgets.button import Key
from pos.ui.widgets.denominations import Denominations
from pos.ui.widgets.keypad import Entry
from pos.ui.work import Tone, Work


class CloseSession(Page):
    """Notes and coins at the left; at the right what should be there, what is, and what stays."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("close_session.title"))
        self.pieces = Denominations(face)
        self.pieces.changed.connect(self._show_difference)
        self.expected: Money | None = None
        self._expected = label(role="lead")
        self._counted, self._difference = label(role="amount"), label(role="lead")
        self._parked = label(role="soft", wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(face.text("close_session.reason"))
        self.reason.setAccessibleName(face.text("close_session.reason"))
        self.leave = Entry(face, face.text("close_session.leave"), size=tokens.TITLE)
        self.leave.accepted.connect(self.close_it)
        self._build()

    def entered(self) -> None:
        """Begin counting anew, and ask what should be there."""
        self.pieces.clear()
        self.reason.clear()
        self.leave.clear()
        self.pieces.rows[0].setFocus()
        self.work.ask(lambda till: till.expected_cash(), self._on_expected)

    def show_view(self, view: TillView) -> None:
        """Say which session it is, and what is parked."""
        parked = len(view.parked)
        text = self.face.text("close_session.parked", count=parked) if parked else ""
        self._parked.setText(text)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter closes the session."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_it()
            return True
        return super().hotkey(event)

    def close_it(self) -> None:
        """Close the session with this count."""
        leave = self._leave()
        if leave is None and self.leave.text:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return
        counts, reason = self.pieces.counts, self.reason.text()
        self.work.do(
            lambda till: till.close_session(counts=counts, leave=leave, reason=reason),
            self._on_closed,
        )

    def _leave(self) -> Money | None:
        try:
            return Money.parse(self.leave.text, self.face.currency) if self.leave.text else None
        except ValueError:
            return None

    def _on_expected(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, Money):
            self.expected = outcome.value
            self._expected.setText(self.face.money(outcome.value))
            self._show_difference()

    def _on_closed(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self.wanted.emit("z_report")

    def _show_difference(self) -> None:
        counted = self.pieces.total
        self._counted.setText(self.face.money(counted))
        self.leave.hint(self.face.texts.amount(counted))
        if self.expected is None:
            return
        difference = counted - self.expected
        key = "even" if not difference else "more" if difference.minor > 0 else "less"
        self._difference.setText(
            self.face.text(
                f"close_session.{key}", amount=Money(abs(difference.minor), difference.currency)
            )
        )
        set_tone(self._difference, "good" if not difference else "warn")
        self.reason.setVisible(bool(difference))

    def _build(self) -> None:
        face, text = self.face, self.face.text
        counting = QWidget()
        inner = column(self.pieces, None)
        inner.setContentsMargins(0, 0, 8, 0)
        counting.setLayout(inner)
        left = frame("card")
        left.setLayout(
            column(
                label(text("close_session.count"), "lead"), scrolling(counting), gap=12, margin=20
            )
        )
        self.go = Key(
            face.look,
            text("close_session.close"),
            icon="door-closed",
            kind="primary",
            hint=face.text("key.enter"),
            height=80,
            size=tokens.LEAD,
        )
        self.go.clicked.connect(self.close_it)
        expected = row(label(text("close_session.expected"), "soft"), None, self._expected)
        counted = row(label(text("close_session.counted"), "soft"), None, self._counted)
        right = QWidget()
        right.setLayout(QVBoxLayout())
        inside = column(
            expected,
            counted,
            self._difference,
            self.reason,
            16,
            label(text("close_session.leave"), "strong"),
            self.leave,
            label(text("close_session.leave_hint"), "caption", wrap=True),
            None,
            self._parked,
            self.go,
            gap=10,
        )
        card = frame("card")
        inside.setContentsMargins(20, 20, 20, 20)
        card.setLayout(inside)
        card.setFixedWidth(face.look.px(380))
        both = row(left, card, gap=16)
        both.setStretch(0, 1)
        self.body.addLayout(both, 1)
