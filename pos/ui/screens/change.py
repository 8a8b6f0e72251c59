"""After the sale: the change, large, with the notes and coins to hand back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.money import Money
from pos.domain.session import DENOMINATIONS
from pos.runtime.lane import Outcome
from pos.till.views import LastSaleView, TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.screen import Screen
from pos.ui.widgets.basics import clear, column, frame, label, row, sides
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.paper import Paper
from pos.ui.work import Work

LARGEST_HANDED_BACK = 10000
GOING_ON = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F10,
)
FOR_THE_NEXT_SALE = (
    Qt.Key.Key_F2,
    Qt.Key.Key_F3,
    Qt.Key.Key_F4,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F9,
    Qt.Key.Key_F11,
    Qt.Key.Key_Insert,
    Qt.Key.Key_Menu,
)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def pieces_of(amount: Money) -> list[tuple[Money, int]]:
    """The fewest notes and coins that make the amount, largest first."""
    pieces, rest = [], amount.minor
    for denomination in DENOMINATIONS:
        count = rest // denomination if denomination <= LARGEST_HANDED_BACK else 0
        if count:
            pieces.append((Money(denomination, amount.currency), count))
            rest -= count * denomination
    return pieces


def _is_for_the_next_sale(event: QKeyEvent) -> bool:
    """Whether the selling screen has a use for a key that this one has none for."""
    if event.key() in FOR_THE_NEXT_SALE:
        return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    typed = event.text()
    return bool(typed) and typed.isprintable() and not event.modifiers() & _COMMANDS


class ChangeScreen(Screen):
    """Change at the left, the receipt at the right. Enter, a touch or the next scan goes on.

    A key of the selling screen begins the next sale and is carried out there; so nothing that is
    typed without looking is lost.

    Signals:
        passed_on(QKeyEvent): the next sale is in sight, and this key was meant for it.
    """

    passed_on = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work)
        self._caption = label(role="title", tone="soft")
        self.change = label(role="display" if face.narrow else "hero")
        self._pieces = flowing()
        self._facts = label(role="lead", tone="soft", wrap=True)
        self._receipt = label(role="body", tone="soft")
        self.paper = Paper(face, work)
        self._shown = 0
        self._held: list[QKeyEvent] = []
        self._build()

    def show_view(self, view: TillView) -> None:
        """Paint the sale closed last."""
        last = view.last_sale
        if last is None:
            self._shown = 0
            return
        text = self.face.text
        paid_out = self._paid_out(view, last)
        back = max(last.change, paid_out, -last.total)
        caption = "change.title" if last.change.minor > 0 else "change.paid_out"
        if back.minor > 0 and not (last.change or paid_out):
            caption = "change.given_back"
        self._caption.setText(text(caption if back.minor > 0 else "change.exact"))
        shown = paid_out if paid_out else back
        self.change.setText(self.face.money(shown if shown.minor > 0 else last.total))
        self.change.setAccessibleName(f"{self._caption.text()} {self.change.text()}")
        self._facts.setText(self._say_facts(last))
        copies = text("change.copies", count=last.copies) if last.copies else ""
        self._receipt.setText(text("change.receipt", number=last.number) + copies)
        if last.number != self._shown:
            self._shown = last.number
            self._show_pieces(max(last.change, paid_out))
            self.work.ask(lambda till: till.receipt(last.number), self.paper.take_document)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter, Space and Esc begin the next sale; what is typed or chosen goes on there."""
        if event.key() in GOING_ON:
            self._next()
        elif event.key() == Qt.Key.Key_F8:
            self.wanted.emit("history")
        elif event.text().upper() == self._copy.hint:
            self._reprint()
        elif _is_for_the_next_sale(event):
            self._begin_with(event)
        else:
            return False
        return True

    def _begin_with(self, event: QKeyEvent) -> None:
        """Begin the next sale; keys that come before it is there wait behind this one."""
        self._held.append(event.clone())
        if len(self._held) == 1:
            self.work.do(lambda till: till.new_sale(), self._on_begun)

    def _on_begun(self, outcome: Outcome[object]) -> None:
        held, self._held = self._held, []
        if self.work.take(outcome):
            for event in held:
                self.passed_on.emit(event)

    def _paid_out(self, view: TillView, last: LastSaleView) -> Money:
        """What left the drawer for goods that came back; what went onto cards isn't in it."""
        cash = {method.key for method in view.methods if method.is_cash}
        out = (-tender.amount for tender in last.tenders if tender.method in cash)
        return Money.total((each for each in out if each.minor > 0), last.total.currency)

    def _say_facts(self, last: LastSaleView) -> str:
        names = ", ".join(
            f"{self.face.texts.get(f'tender.method.{tender.method}')} "
            f"{self.face.money(max(tender.amount, -tender.amount))}"
            for tender in last.tenders
        )
        back = any(tender.amount.minor < 0 for tender in last.tenders)
        key = "change.facts_back" if back else "change.facts"
        return self.face.text(key, total=last.total, given=names)

    def _show_pieces(self, change: Money) -> None:
        layout = self._pieces.layout()
        assert layout is not None
        clear(layout)
        for piece, count in pieces_of(change)[:8]:
            chip = frame("card")
            words = label(f"{count} × {self.face.money(piece)}", "strong")
            chip.setLayout(row(words, margin=10))
            layout.addWidget(chip)

    def _build(self) -> None:
        face = self.face
        self._next_key = Key(
            face.look,
            face.text("change.next"),
            icon="shopping-basket",
            hint=face.text("key.enter"),
            kind="primary",
            size=tokens.TITLE,
            height=88,
        )
        self._next_key.clicked.connect(self._next)
        self._copy = Key(
            face.look,
            face.text("change.copy"),
            icon="printer",
            hint=face.text("change.copy_key"),
            height=64,
            size=tokens.LEAD,
        )
        self._copy.clicked.connect(self._reprint)
        left = column(
            None,
            self._caption,
            self.change,
            8,
            self._pieces,
            16,
            self._facts,
            self._receipt,
            None,
            self._copy,
            self._next_key,
            gap=8,
            margin=32,
        )
        side = frame("desk")
        side.setLayout(column(self.paper, margin=12))
        side.setMinimumWidth(face.look.px(340))
        main = QWidget()
        main.setLayout(left)
        if face.narrow:
            side.setMinimumHeight(face.look.px(400))
        self.setLayout(column(sides(face, main, side, (3, 2), 0)))

    def _next(self) -> None:
        self.work.do(lambda till: till.new_sale())

    def _reprint(self) -> None:
        number = self._shown
        self.work.do(lambda till: till.reprint(number))
