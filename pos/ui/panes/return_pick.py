"""What of a receipt comes back: lines, quantities, and why."""

from __future__ import annotations

from collections import deque

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.runtime.lane import Outcome
from pos.till.codes import CodeTestView
from pos.till.return_views import ReturnableView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import clear, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.return_row import NOTHING, ReturnRow
from pos.ui.work import Tone, Work


class WantedReturn(Struct, frozen=True):
    """What the cashier picked: quantities by line, as text, and the reason."""

    receipt: int
    lines: dict[str, str]
    reason: str


class ReturnPickPane(Pane):
    """Arrows choose a line, digits, + and − say how many, A takes all, Enter takes over.

    Signals:
        picked(WantedReturn): this comes back.
        other(number): another receipt was scanned.
    """

    picked = Signal(object)
    other = Signal(int)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, " ")
        self.rows: list[ReturnRow] = []
        self._receipt, self._reason, self._typed = 0, "", ""
        self._current = 0
        self._scanned: deque[str] = deque()
        self._reasons_shown: tuple[str, ...] = ()
        self._none = Empty(face, "receipt-text", face.text("return.nothing"))
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        self.all = Key(face.look, face.text("return.all"), icon="layers", hint="A", height=56)
        self.all.clicked.connect(self.take_all)
        self.reasons = flowing()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(face.text("return.reason"))
        self.reason.setAccessibleName(face.text("return.reason"))
        self.reason.setMaxLength(80)
        self.reason.textChanged.connect(self._on_reason_typed)
        self._sum = label(role="amount")
        self.take = Key(
            face.look,
            face.text("return.take"),
            icon="rotate-ccw",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self.accept)
        self._scroll = scrolling(content)
        if face.narrow:
            self._scroll.setMinimumHeight(face.look.px(220))
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.reasons)
        self.body.addWidget(self.reason)
        total = row(label(face.text("return.worth"), "lead"), None, self._sum)
        self.body.addLayout(total)
        keys = row(self.all, self.take)
        keys.setStretch(1, 1)
        self.body.addLayout(keys)

    def ask(self, receipt: int) -> None:
        """Begin with a receipt: nothing of it is picked yet."""
        self._receipt = receipt
        self.title.setText(self.face.text("return.title", number=receipt))
        self.reason.clear()
        self._show_lines(None)
        self.work.ask(lambda till: till.returnable(receipt), self._on_lines)

    def entered(self) -> None:
        """The keyboard chooses lines."""
        self.setFocus()

    def show_view(self, view: TillView) -> None:
        """Offer the shop's usual reasons."""
        if view.return_reasons != self._reasons_shown:
            self._reasons_shown = view.return_reasons
            layout = self.reasons.layout()
            assert layout is not None
            clear(layout)
            for words in view.return_reasons:
                key = Key(self.face.look, words, height=56)
                key.setCheckable(True)
                key.clicked.connect(self._on_reason)
                layout.addWidget(key)
        self._show_keys()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Keys for the line that is chosen."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.text() in ("+", "-") and self.rows:
            self._typed = ""
            self.rows[self._current].step(1 if event.text() == "+" else -1)
        elif event.text().isdigit() or event.text() in (",", "."):
            self._type(event.text())
        elif event.text().upper() == self.all.hint:
            self.take_all()
        else:
            return super().hotkey(event)
        return True

    def take_scan(self, code: str) -> None:
        """Goods that come back may be scanned: each scan is one more of them. Another receipt's
        code goes to that receipt.
        """
        self._scanned.append(code)
        self.work.ask(lambda till: till.receipt_of(code), self._on_receipt)

    def _on_receipt(self, outcome: Outcome[object]) -> None:
        code = self._scanned.popleft()
        if not self.work.take(outcome):
            return
        if isinstance(outcome.value, int) and outcome.value:
            self.other.emit(outcome.value)
        else:
            self.work.ask(lambda till: till.read_test(code), self._on_read)

    def _on_read(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, CodeTestView):
            return
        read = outcome.value
        found = [
            place
            for place, each in enumerate(self.rows)
            if each.line.product == read.product and each.wanted < each.line.left
        ]
        if found:
            self._choose(found[0])
            self.rows[found[0]].step(1)
        else:
            self.work.say(Tone.WARN, self.face.text("return.not_on_it"))

    def take_all(self) -> None:
        """All goods that are left; a second time none. Empties are paid back by choice alone."""
        goods = [each for each in self.rows if not each.line.empties]
        full = all(each.wanted == each.line.left for each in goods)
        for each in goods:
            each.take(NOTHING if full else each.line.left)

    def accept(self) -> None:
        """Hand over what was picked; nothing picked or no reason where one is wanted waits."""
        if self.take.isEnabled():
            self.picked.emit(WantedReturn(self._receipt, self._picked, self._told))

    @property
    def _picked(self) -> dict[str, str]:
        return {
            str(each.line.number): str(each.wanted) for each in self.rows if each.wanted.thousandths
        }

    @property
    def _told(self) -> str:
        return self.reason.text().strip() or self._reason

    def _on_lines(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, ReturnableView):
            self._show_lines(outcome.value)

    def _show_lines(self, found: ReturnableView | None) -> None:
        clear(self._list)
        self.rows, self._typed, self._current = [], "", 0
        for line in found.lines if found is not None else ():
            each = ReturnRow(self.face, line)
            each.changed.connect(self._ask_worth)
            each.moved.connect(self._move)
            self._list.addWidget(each)
            self.rows.append(each)
        self._list.addStretch(1)
        there = any(each.isEnabled() for each in self.rows)
        self._none.setVisible(found is not None and not there)
        self._scroll.setVisible(found is None or there)
        self.all.setEnabled(there)
        self._ask_worth()

    def _move(self, by: int) -> None:
        self._choose(self._current + by)

    def _choose(self, place: int) -> None:
        if self.rows:
            self._typed = ""
            self._current = max(0, min(place, len(self.rows) - 1))
            chosen = self.rows[self._current].key
            chosen.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(chosen)

    def _type(self, sign: str) -> None:
        """Digits make a number; what can't be one begins anew."""
        if not self.rows:
            return
        for text in (self._typed + sign, sign):
            try:
                wanted = Quantity.parse(text.rstrip(",.") or "0")
            except ValueError:
                continue
            self._typed = text
            if wanted > self.rows[self._current].line.left:
                self.work.say(Tone.INFO, self.face.text("return.no_more"))
            self.rows[self._current].take(wanted)
            return

    def _ask_worth(self) -> None:
        """What was picked brings what the till says: shares of discounts are its business."""
        receipt, lines = self._receipt, self._picked
        self._show_keys()
        if lines:
            self.work.ask(lambda till: till.quote_return(receipt, lines), self._on_worth)
        else:
            self._show_worth({})

    def _on_worth(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, dict):
            self._show_worth(outcome.value)

    def _show_worth(self, worth: dict[int, Money]) -> None:
        zero = self.face.zero()
        for each in self.rows:
            each.show_worth(worth.get(each.line.number, zero))
        self._sum.setText(self.face.money(Money.total(worth.values(), zero.currency)))

    def _show_keys(self) -> None:
        view = self.work.view
        wants_reason = view is not None and view.return_reason
        self.take.setEnabled(bool(self._picked) and bool(self._told or not wants_reason))

    def _on_reason(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Key):
            self._reason = pressed.text() if pressed.isChecked() else ""
            self.reason.clear()
            self._check_reasons()

    def _on_reason_typed(self, text: str) -> None:
        if text:
            self._reason = ""
        self._check_reasons()

    def _check_reasons(self) -> None:
        for key in self.reasons.findChildren(Key):
            key.setChecked(key.text() == self._reason)
        self._show_keys()
