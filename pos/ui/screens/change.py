"""After the sale: the change, large, with the notes and coins to hand back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from pos.domain.money import Money
from pos.domain.session import DENOMINATIONS
from pos.runtime.lane import Outcome
from pos.till.sale_views import LastSaleView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.screens.screen import Screen
from pos.ui.widgets.basics import clear, column, frame, label, place_sale, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.paper import Paper
from pos.ui.work import Work

LARGEST_HANDED_BACK = 10000
MARGIN = 32
WIDTH_OF_SIGN, MOST_SIGNS = 0.62, 9
"""Of a bold figure, as a share of its height; and so many stand beside each other at least."""
MOST_ROWS = 6
"""Of what was given; the receipt beside it holds them all."""
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
    """Change at the left, the receipt at the right where the sale was. Enter, a touch or the next
    scan goes on.

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
        self._facts = column(gap=6)
        self._receipt = label(role="caption")
        self._late, self._late_words = frame("warn"), label(role="strong", tone="warn", wrap=True)
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
        if not self.face.compact:
            self._fit_change()
        self.change.setAccessibleName(f"{self._caption.text()} {self.change.text()}")
        self._late_words.setText(text("change.finished_late", number=last.number))
        self._late.setVisible(last.finished_late)
        copies = text("change.copies", count=last.copies) if last.copies else ""
        self._receipt.setText(text("change.receipt", number=last.number) + copies)
        if last.number != self._shown:
            self._shown = last.number
            self._show_pieces(max(last.change, paid_out))
            self._show_facts(last)
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

    def _show_pieces(self, change: Money) -> None:
        """Notes and coins as the drawer has them, the largest first."""
        layout = self._pieces.layout()
        assert layout is not None
        clear(layout)
        for piece, count in pieces_of(change)[:8]:
            chip = frame("card")
            words = label(f"{count} × {self.face.money(piece)}", "lead")
            chip.setLayout(row(words, margin=12))
            layout.addWidget(chip)

    def _show_facts(self, last: LastSaleView) -> None:
        """The sum and what was given, a row each, so that it can be said to the customer."""
        clear(self._facts)
        back = any(tender.amount.minor < 0 for tender in last.tenders)
        total = self.face.texts.get("ui.cart.total")
        rows = [(total, last.total)]
        rows += [
            (
                self.face.texts.get(f"tender.method.{tender.method}"),
                max(tender.amount, -tender.amount),
            )
            for tender in last.tenders[-MOST_ROWS:]
        ]
        for place, (name, amount) in enumerate(rows):
            if place == 1:
                given = self.face.text("change.back" if back else "change.given")
                self._facts.addWidget(label(given, "caption"))
            role = "lead" if place == 0 else "body"
            self._facts.addLayout(
                row(label(name, role), None, label(self.face.money(amount), role))
            )

    def _build(self) -> None:
        face = self.face
        self._next_key = Key(
            face.look,
            face.text("change.next"),
            icon="shopping-basket",
            hint=face.text("key.enter"),
            kind="primary",
            size=tokens.TITLE,
            height=72 if face.compact else 88,
        )
        self._next_key.clicked.connect(self._next)
        self._copy = Key(
            face.look,
            face.text("change.copy"),
            icon="printer",
            hint=face.text("change.copy_key"),
            height=64,
            size=tokens.LEAD,
            kind="plain",
        )
        self._copy.clicked.connect(self._reprint)
        self._paper_side = frame("desk")
        # The keys stand where the sale was, for a finger is still where it took the money.
        if face.compact:
            self._paper_side.setLayout(column(self.paper, self._copy, margin=12))
            self._paper_side.setMinimumHeight(face.look.px(400))
            content = QWidget()
            content.setLayout(column(self._said(), self._paper_side, gap=0))
            self.setLayout(column(row(self._next_key, margin=8), scrolling(content), gap=0))
            return
        beside = column(self.paper, column(self._copy, self._next_key, gap=8, margin=12), gap=0)
        beside.setStretch(0, 1)
        self._paper_side.setLayout(beside)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._both.addWidget(self._said(), 1)
        self._both.addWidget(self._paper_side)

    def _said(self) -> QWidget:
        """What the customer is told: the change, its notes and coins, and how it came about."""
        face = self.face
        card = frame("card")
        card.setMaximumWidth(face.look.px(480))
        facts = column(gap=6)
        facts.addLayout(self._facts)
        facts.addWidget(self._receipt)
        facts.setContentsMargins(20, 16, 20, 16)
        card.setLayout(facts)
        sign = QLabel()
        colour = face.look.colour("warn").name()
        sign.setPixmap(icon("triangle-alert", colour, face.look.px(24), self.devicePixelRatioF()))
        told = row(sign, self._late_words, gap=12, margin=14)
        told.setStretch(1, 1)
        self._late.setLayout(told)
        self._late.setMaximumWidth(face.look.px(640))
        words = column(
            None, self._late, self._caption, self.change, self._pieces, 24, card, None, gap=12
        )
        said = QWidget()
        said.setLayout(words)
        words.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        return said

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The receipt takes the place of the sale, whatever the shape of the window."""
        super().resizeEvent(event)
        if not self.face.compact:
            place_sale(self.face, self._both, self._paper_side, self.size())
            self._fit_change()

    def _fit_change(self) -> None:
        """The change is as large as there is room for: it is read from the other side, too."""
        beside = self._paper_side.minimumWidth() if self.width() > self.height() else 0
        room = self.width() - beside - 2 * MARGIN
        fits = round(room / (WIDTH_OF_SIGN * max(MOST_SIGNS, len(self.change.text()))))
        size = min(fits, self.face.look.px(2 * tokens.HERO))
        self.change.setStyleSheet(f"font-size: {size}px;")

    def _next(self) -> None:
        self.work.do(lambda till: till.new_sale())

    def _reprint(self) -> None:
        number = self._shown
        self.work.do(lambda till: till.reprint(number))
