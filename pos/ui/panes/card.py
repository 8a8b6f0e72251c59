"""One card: what it holds, what can be done with it, and everything that ever happened to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pos.domain.money import Money
from pos.till.views import TillView
from pos.till.voucher_views import CardEntryView, CardView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.models.card_text import entry_detail
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.card_face import CardFace
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WIDEST = 860
"""Amounts stay near what they are for."""

MORE = (
    ("set_customer", "user-plus", "F3"),
    ("take_back_voucher", "rotate-ccw", "F8"),
    ("void_redemption", "undo-2", ""),
    ("show_voucher_code", "eye", ""),
    ("print_voucher", "printer", ""),
    ("mail_voucher", "mail", ""),
    ("give_voucher", "user", ""),
    ("correct_voucher", "pencil", ""),
    ("write_off_voucher", "circle-x", ""),
)
"""What is rarely needed, with its icon and key."""

FUNCTIONS = {int(Qt.Key.Key_F3): "set_customer", int(Qt.Key.Key_F8): "take_back_voucher"}


class CardPane(Pane):
    """Enter redeems what goes, T a part, A tops up. What isn't possible now is not offered.

    Signals:
        chosen(command): one of the keys, by the name of its command; "redeem_part" asks how much.
    """

    chosen = Signal(str)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("card.title"))
        self.card: CardView | None = None
        self.drawn = CardFace(face)
        self._problem = label(role="strong", tone="warn", wrap=True)
        self._warning = self._strip()
        self.redeem = self._main("redeem", "wallet", "primary", face.text("key.enter"))
        self.part = self._main("redeem_part", "percent", "key", face.text("card.part_key"))
        self.top_up = self._main("top_up", "plus", "key", face.text("card.top_up_key"))
        self.more = {action: self._key(action, name, hint) for action, name, hint in MORE}
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(10)
        self._rows.setColumnStretch(0, 1)
        self._build()

    def entered(self) -> None:
        """No key is marked until the keyboard asks for one."""
        self.setFocus()

    def show_view(self, view: TillView) -> None:
        """Paint the card on the screen."""
        due = view.sale.due if view.sale is not None else None
        card = view.voucher
        if card is not None:
            self._show_redeem(card, due)
        if card == self.card or card is None:
            return
        self.card = card
        self._paint(card)

    def hotkey(self, event: QKeyEvent) -> bool:
        """The sign shown on a key presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._press(self.redeem if "redeem" in self._can else self.top_up)
        if event.key() == Qt.Key.Key_F9:
            self.left.emit()
            return True
        sign = event.text().upper()
        for key in (self.part, self.top_up):
            if sign and sign == key.hint:
                return self._press(key)
        if event.key() in FUNCTIONS:
            return self._press(self.more[FUNCTIONS[event.key()]])
        return super().hotkey(event)

    @property
    def _can(self) -> tuple[str, ...]:
        return self.card.can if self.card is not None else ()

    def _press(self, key: Key) -> bool:
        if key.isVisible() and key.isEnabled():
            key.click()
        return True

    def _build(self) -> None:
        content = QWidget()
        history = frame("card")
        table = QWidget()
        table.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        history.setLayout(
            column(label(self.face.text("card.history"), "lead"), table, gap=10, margin=16)
        )
        main = row(self.redeem, self.part, self.top_up, gap=8)
        for place, share in enumerate((4, 3, 3)):
            main.setStretch(place, share)
        inside = column(
            self.drawn, self._warning, main, flowing(*self.more.values()), history, None, gap=12
        )
        content.setLayout(inside)
        area = scrolling(padded(content))
        self.body.addLayout(centred(area, self.face.look.px(WIDEST)), 1)

    def _strip(self) -> QWidget:
        strip, sign = frame("warn"), QLabel()
        colour = self.face.look.colour("warn").name()
        size = self.face.look.px(22)
        sign.setPixmap(icon("triangle-alert", colour, size, self.devicePixelRatioF()))
        layout = row(sign, self._problem, gap=10, margin=12)
        layout.setStretch(1, 1)
        strip.setLayout(layout)
        return strip

    def _main(self, action: str, icon_name: str, kind: str, hint: str) -> Key:
        key = Key(
            self.face.look,
            self.face.text(f"card.{action}"),
            icon=icon_name,
            kind=kind,
            hint=hint,
            height=72,
        )
        key.setProperty("does", action)
        key.clicked.connect(self._on_key)
        return key

    def _key(self, action: str, icon_name: str, hint: str) -> Key:
        words = self.face.text(f"card.{action}")
        key = Key(self.face.look, words, icon=icon_name, hint=hint, height=56)
        key.setProperty("does", action)
        key.clicked.connect(self._on_key)
        return key

    def _show_redeem(self, card: CardView, due: Money | None) -> None:
        can = "redeem" in card.can
        for key in (self.redeem, self.part):
            key.setVisible(can)
        if can and due is not None:
            amount = self.face.money(min(due, card.available))
            self.redeem.set_text(self.face.text("card.redeem"), amount)

    def _paint(self, card: CardView) -> None:
        self.title.setText(card.name)
        self.drawn.show_card(card)
        self._problem.setText(card.problem)
        self._warning.setVisible(bool(card.problem))
        self.top_up.setVisible("top_up" in card.can)
        self.top_up.set_kind("key" if "redeem" in card.can else "primary")
        for action, key in self.more.items():
            key.setVisible(action in card.can)
        clear(self._rows)
        for place, entry in enumerate(reversed(card.history)):
            self._show_entry(place, entry)
        if not card.history:
            self._rows.addWidget(label(self.face.text("card.blank"), "soft", wrap=True), 0, 0)

    def _show_entry(self, place: int, entry: CardEntryView) -> None:
        """The newest stands first; a reservation moves no money, so it is said quietly."""
        face = self.face
        moved = entry.kind not in ("reserve", "release")
        words = QWidget()
        step = label(face.texts.get(f"voucher.step.{entry.kind}"), "strong" if moved else "soft")
        words.setLayout(column(step, label(entry_detail(face, entry), "caption", wrap=True), gap=0))
        sign = "−" if entry.amount.minor < 0 else "+" if moved else ""
        shown = face.money(-entry.amount if entry.amount.minor < 0 else entry.amount)
        tone = "" if not moved else "good" if entry.amount.minor > 0 else "discount"
        amount = label(f"{sign}{shown}", "strong" if moved else "soft", tone=tone)
        rest = label(face.money(entry.balance), "soft")
        for at, cell in enumerate((words, amount, rest)):
            if isinstance(cell, QLabel):
                cell.setAlignment(RIGHT)
                cell.setFont(face.look.font(tokens.BODY, tokens.MEDIUM, figures=True))
            self._rows.addWidget(cell, place, at)

    def _on_key(self) -> None:
        self.chosen.emit(str(self.sender().property("does")))
