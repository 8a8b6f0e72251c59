"""The day ends: count, compare, decide what stays, and see the Z report."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos.domain.money import Money
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import (
    column,
    frame,
    label,
    padded,
    row,
    scrolling,
    set_tone,
    sides,
)
from pos.ui.widgets.button import Key
from pos.ui.widgets.denominations import Denominations
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.widgets.kind_totals import KindTotals
from pos.ui.work import Tone, Work

REASONS = ("miscount", "change", "unknown")


class CloseSession(Page):
    """Notes and coins at the left; at the right what should be there, what is, and what stays.

    The number pad types wherever the keyboard was last: a count, or what stays.
    """

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("close_session.title"))
        self.pieces = Denominations(face, 1 if face.compact else 2)
        self.pieces.changed.connect(self._on_pieces)
        self.kinds = KindTotals(face)
        self.kinds.changed.connect(self._on_amount)
        self.kinds.accepted.connect(self.close_it)
        self.expected: Money | None = None
        self._expected = label(role="caption")
        self.counted, self.difference = label(role="amount"), label(role="lead")
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
        self.kinds.show_kinds(())
        self.work.ask(lambda till: till.expected_cash(), self._on_expected)
        self.work.ask(lambda till: till.expected_kinds(), self._on_kinds)

    def show_view(self, view: TillView) -> None:
        """Say what is parked: it goes on tomorrow."""
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
        try:
            leave = Money.parse(self.leave.text, self.face.currency) if self.leave.text else None
        except ValueError:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return
        amount, reason, kinds = self.kinds.amount(), self.reason.text(), self.kinds.counted
        counts = self.pieces.counts if amount is None else None
        self.work.do(
            lambda till: till.close_session(amount, counts, leave, reason, kinds),
            self._on_closed,
        )

    def _on_kinds(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, tuple):
            self.kinds.show_kinds(outcome.value)

    def _on_pieces(self) -> None:
        """A count takes the place of a typed amount."""
        if self.pieces.counts and self.kinds.cash.text:
            self.kinds.cash.clear()
        self._show_difference()

    def _on_amount(self) -> None:
        """A typed amount takes the place of the count."""
        if self.kinds.cash.text and self.pieces.counts:
            self.pieces.clear()
        self._show_difference()

    def _on_expected(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, Money):
            self.expected = outcome.value
            self._expected.setText(self.face.money(outcome.value))
            self._show_difference()

    def _on_closed(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self.wanted.emit("z_report")

    def _show_difference(self) -> None:
        typed = self.kinds.amount()
        counted = self.pieces.total if typed is None else typed
        self.counted.setText(self.face.money(counted))
        self.leave.hint(self.face.texts.amount(counted))
        if self.expected is None:
            return
        difference = counted - self.expected
        amount = Money(abs(difference.minor), difference.currency)
        key = "even" if not difference else "more" if difference.minor > 0 else "less"
        self.difference.setText(self.face.text(f"close_session.{key}", amount=amount))
        set_tone(self.difference, "good" if not difference else "warn")
        self._why.setVisible(bool(difference) or self.kinds.is_off)

    def _build(self) -> None:
        text = self.face.text
        counts = QWidget()
        inside = column(self.kinds, self.pieces, gap=16)
        inside.setContentsMargins(0, 0, 0, 0)
        counts.setLayout(inside)
        counting = counts if self.face.narrow else scrolling(padded(counts))
        left = frame("card")
        count = label(text("close_session.count"), "lead")
        self.tools.addWidget(self._parked)
        left.setLayout(column(count, counting, gap=12, margin=16))
        self.body.addWidget(sides(self.face, left, self._sums(), (1, 0), 16), 1)
        if self.face.narrow:
            # One long column: what is missing still, and the key that closes, stay in sight.
            foot = row(self.difference, self.go, gap=16)
            foot.setStretch(0, 1)
            self.body.addLayout(foot)

    def _sums(self) -> QFrame:
        text = self.face.text
        words = column(
            label(text("close_session.counted"), "lead"),
            row(label(text("close_session.expected"), "caption"), self._expected, gap=4),
            gap=0,
        )
        counted = row(words, None, self.counted)
        stays = label(text("close_session.leave"), "strong")
        pad = Keypad(self.face, height=48, on_card=True)
        pad.pressed.connect(self._on_pad)
        self.go = Key(
            self.face.look,
            text("close_session.close"),
            icon="door-closed",
            kind="primary",
            hint=text("key.enter"),
            height=64,
            size=tokens.LEAD,
        )
        self.go.clicked.connect(self.close_it)
        card = frame("card")
        inside = column(counted, self._reasons(), stays, self.leave, pad, None, gap=8, margin=16)
        card.setLayout(inside)
        if not self.face.narrow:
            inside.insertWidget(1, self.difference)
            inside.addWidget(self.go)
            card.setFixedWidth(self.face.look.px(364))
        return card

    def _reasons(self) -> QWidget:
        self._why = QWidget()
        chips = row(gap=6)
        for name in REASONS:
            chip = Key(
                self.face.look,
                self.face.text(f"close_session.{name}"),
                height=48,
                size=tokens.CAPTION,
            )
            chip.clicked.connect(self._on_reason)
            chips.addWidget(chip, 1)
        why = column(self.reason, chips, gap=6)
        why.setContentsMargins(0, 0, 0, 0)
        self._why.setLayout(why)
        return self._why

    def _on_reason(self) -> None:
        chip = self.sender()
        if isinstance(chip, Key):
            self.reason.setText(chip.text())

    def _on_pad(self, sign: str) -> None:
        target: QObject | None = self.window().focusWidget()
        if isinstance(target, Entry):
            target.press(sign)
        else:
            self.pieces.press(sign)
