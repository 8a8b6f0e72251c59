"""Taking something off a line or off the whole sale: percent, amount, or a price instead."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.money import Money, parse_decimal
from pos.till.sale_views import LineView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.work import Tone, Work

KINDS = ("percent", "amount", "instead")


class WantedDiscount(Struct, frozen=True):
    """What the cashier asked for; one of the three is there. `line` is None for the whole sale."""

    line: int | None
    percent: Decimal | None = None
    amount: Money | None = None
    instead: Money | None = None
    reason: str = ""


class DiscountPane(Pane):
    """What it comes off, how much, and why.

    Signals:
        asked(WantedDiscount): Enter was pressed on something that makes sense.
        taken_back(line): the discount there is to go; None is the sale's.
    """

    asked = Signal(object)
    taken_back = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("discount.title"))
        self._line: LineView | None = None
        self._kind, self._reason = KINDS[0], ""
        self._reasons_shown: tuple[str, ...] = ()
        self.on_line = self._choice("", "on_line")
        self.on_sale = self._choice(face.text("discount.on_sale"), "on_sale")
        for key in (self.on_line, self.on_sale):
            key.clicked.connect(self._show_scope)
        self.kinds = {kind: self._choice(face.text(f"discount.{kind}"), kind) for kind in KINDS}
        for key in self.kinds.values():
            key.clicked.connect(self._on_kind)
        self.entry = Entry(face, face.text("discount.title"), size=tokens.AMOUNT)
        self.entry.accepted.connect(self.accept)
        self.reasons = flowing()
        self.other = Key(face.look, face.text("discount.take_back"), icon="undo-2", height=72)
        self.other.clicked.connect(self._on_take_back)
        self.take = Key(
            face.look,
            face.text("discount.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self.accept)
        self.rewards = Key(
            face.look,
            face.text("discount.rewards"),
            icon="ticket",
            hint="C",
            kind="plain",
            height=56,
        )
        self.rewards.clicked.connect(self._on_rewards)
        self.head.addWidget(self.rewards)
        self._build()

    def ask(self, line: LineView | None) -> None:
        """Begin with a line, or with the sale where there is none to discount."""
        self._line, self._reason = line, ""
        fits = line is not None and not line.removed
        self.on_line.setEnabled(fits)
        self.on_line.set_text(line.name if line is not None and fits else self._nothing)
        (self.on_line if fits else self.on_sale).setChecked(True)
        self._check_reason("")
        self._show_scope()
        self.entry.clear()

    def show_view(self, view: TillView) -> None:
        """Offer the shop's usual reasons."""
        if view.discount_reasons != self._reasons_shown:
            self._reasons_shown = view.discount_reasons
            self._show_reasons()
        self._show_take_back()

    def entered(self) -> None:
        """The keyboard types the number."""
        self.entry.setFocus()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Type, wherever the keyboard is; % and the arrows change what is meant."""
        if event.text() == "%":
            self.kinds["percent"].click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            (self.on_sale if self.on_line.isChecked() else self.on_line).click()
        elif event.key() == Qt.Key.Key_F6:
            self._next_kind()
        elif event.text().upper() == self.rewards.hint:
            self._on_rewards()
        else:
            return super().hotkey(event) or self.entry.take_key(event)
        return True

    def accept(self) -> None:
        """Ask the till for what was typed; nothing typed changes nothing."""
        if not self.entry.text:
            self.left.emit()
            return
        try:
            wanted = self._wanted()
        except ValueError:
            self.work.say(Tone.DANGER, self.face.text("number.unreadable"))
            return
        self.left.emit()
        self.asked.emit(wanted)

    @property
    def _nothing(self) -> str:
        return self.face.text("discount.no_line")

    @property
    def _number(self) -> int | None:
        """The line it comes off; None is the sale."""
        return self._line.number if self._line is not None and self.on_line.isChecked() else None

    def _wanted(self) -> WantedDiscount:
        text, line = self.entry.text, self._number
        if self._kind == "percent":
            return WantedDiscount(line, percent=parse_decimal(text), reason=self._reason)
        money = Money.parse(text, self.face.currency)
        if self._kind == "instead":
            return WantedDiscount(line, instead=money, reason=self._reason)
        return WantedDiscount(line, amount=money, reason=self._reason)

    def _choice(self, words: str, name: str) -> Key:
        key = Key(self.face.look, words, kind="plain", height=56)
        key.setCheckable(True)
        key.setProperty("choice", name)
        return key

    def _build(self) -> None:
        face = self.face
        self.kinds["percent"].setChecked(True)
        pad = Keypad(face, height=48 if face.compact else 56)
        pad.pressed.connect(self.entry.press)
        keys = row(self.other, self.take)
        keys.setStretch(0, 1)
        keys.setStretch(1, 2)
        content = QWidget()
        inside = column(
            self._group(self.on_line, self.on_sale),
            self._group(*self.kinds.values()),
            self.entry,
            pad,
            label(face.text("discount.reason"), "caption"),
            self.reasons,
            keys,
            gap=8,
        )
        inside.setStretch(3, 1)
        content.setLayout(inside)
        if face.compact:
            self.body.addWidget(scrolling(content), 1)
        else:
            self.body.addLayout(centred(content, face.look.px(640), face.look.px(760)), 1)

    def _group(self, *keys: Key) -> QWidget:
        """Keys of which one is chosen."""
        group = QWidget()
        for key in keys:
            key.setAutoExclusive(True)
        layout = row(*keys)
        for place in range(len(keys)):
            layout.setStretch(place, 1)
        group.setLayout(layout)
        return group

    def _show_scope(self) -> None:
        """A price instead is one line's."""
        on_line = self.on_line.isChecked()
        self.kinds["instead"].setEnabled(on_line)
        if not on_line and self._kind == "instead":
            self.kinds["percent"].click()
        self._show_take_back()
        self._show_kind()

    def _on_kind(self) -> None:
        self._kind = str(self.sender().property("choice"))
        self.entry.clear()
        self._show_kind()

    def _next_kind(self) -> None:
        offered = [kind for kind in KINDS if self.kinds[kind].isEnabled()]
        self.kinds[offered[(offered.index(self._kind) + 1) % len(offered)]].click()

    def _show_kind(self) -> None:
        percent = self._kind == "percent"
        self.entry.suffix, self.entry.money = "%" if percent else "", not percent
        self.entry.hint("0" if percent else self.face.texts.amount(self.face.zero()))
        self.entry.update()

    def _show_take_back(self) -> None:
        view = self.work.view
        sale = view.sale if view is not None else None
        if self._number is None:
            there = sale is not None and sale.discount is not None
        else:
            kinds = {one.kind for one in self._line.reductions} if self._line else set()
            there = bool(kinds & set(KINDS))
        self.other.setVisible(there)

    def _show_reasons(self) -> None:
        layout = self.reasons.layout()
        assert layout is not None
        clear(layout)
        for reason in self._reasons_shown:
            key = Key(self.face.look, reason, kind="plain", height=48)
            key.setCheckable(True)
            key.clicked.connect(self._on_reason)
            layout.addWidget(key)

    def _on_reason(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self._check_reason(key.text() if key.isChecked() else "")

    def _check_reason(self, reason: str) -> None:
        self._reason = reason
        for key in self.reasons.findChildren(Key):
            key.setChecked(key.text() == reason)

    def _on_rewards(self) -> None:
        """What comes off by a code or by points has a pane of its own."""
        self.left.emit()
        self.wanted.emit("points")

    def _on_take_back(self) -> None:
        number = self._number
        self.left.emit()
        self.taken_back.emit(number)
