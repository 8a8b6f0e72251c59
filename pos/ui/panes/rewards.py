"""Points of the customer and coupons: what there is, what it takes off, and how to take it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.operator import Right
from pos.runtime.lane import Outcome
from pos.till.points_views import DeductionView, PointsEntryView, PointsView
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.letters import Letters
from pos.ui.work import Work

CHOICES = 4
"""Keys to spend points by; more steps than these are offered in even jumps."""


class RewardsPane(Pane):
    """Letters and digits go to the coupon's field, + spends the most points, - none.

    Signals:
        coupon(code): a coupon's code was typed.
        coupon_dropped(number): a coupon is taken back.
        spent(points): so many points come off; 0 is none.
        corrected(more): a manager gives points, or takes some away where `more` is False.
    """

    coupon = Signal(str)
    coupon_dropped = Signal(str)
    spent = Signal(int)
    corrected = Signal(bool)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("rewards.title"))
        self._shown: object = None
        self._customer = ""
        self._most = 0
        self._account, self._coupons = QVBoxLayout(), QVBoxLayout()
        self._entries = QVBoxLayout()
        self.spend_keys: list[Key] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(face.text("rewards.code"))
        self.field.setAccessibleName(face.text("rewards.code"))
        self.field.setMaxLength(60)
        self.field.installEventFilter(self)
        self._letters = Letters(face, self.field)
        self._letters.hide()
        self.take = self._key("rewards.take", "check", kind="primary")
        self.take.clicked.connect(self._on_take)
        self._build()

    def entered(self) -> None:
        """The keyboard types a coupon's code."""
        self.field.clear()
        self.field.setFocus()
        self._ask_history()

    def show_view(self, view: TillView) -> None:
        """Paint what the sale has of both."""
        sale, operator = view.sale, view.operator
        points = sale.points if sale is not None else None
        off = sale.deductions if sale is not None else ()
        may = operator is not None and operator.may(Right.VOUCHERS)
        customer = sale.customer.number if sale is not None and sale.customer is not None else ""
        if (points, off, may, customer) == self._shown:
            return
        self._shown = (points, off, may, customer)
        self._customer = customer
        self._show_account(points, sale, may=may)
        self._show_coupons(off)
        if self.isVisible():
            self._ask_history()

    def hotkey(self, event: QKeyEvent) -> bool:
        """+ and - are for points, everything else that can be typed is a code."""
        if self._take_sign(event) or super().hotkey(event):
            return True
        if event.text() and event.text().isprintable():
            self.field.setFocus()
            self.field.insert(event.text())
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The signs work in an empty field too; Enter takes the coupon."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_take()
                return True
            return not self.field.text() and self._take_sign(event)
        return False

    def _take_sign(self, event: QKeyEvent) -> bool:
        if event.text() not in ("+", "-"):
            return False
        if event.text() == "-":
            self.spent.emit(0)
        elif self._most:
            self.spent.emit(self._most)
        return True

    def _build(self) -> None:
        face = self.face
        letters = Key(face.look, icon="keyboard", height=56, name=face.text("letters.show"))
        letters.setCheckable(True)
        letters.toggled.connect(self._letters.setVisible)
        typing = row(self.field, letters, self.take, gap=10)
        typing.setStretch(0, 1)
        self.field.setMinimumHeight(face.look.px(56))
        self._correcting = flowing(*self._correct_keys())
        self._history = QWidget()
        self._history.setLayout(
            column(label(face.text("rewards.history"), "lead"), self._entries, gap=8)
        )
        content = QWidget()
        content.setLayout(
            column(
                self._account,
                12,
                label(face.text("rewards.coupons"), "lead"),
                typing,
                self._letters,
                self._coupons,
                12,
                self._history,
                self._correcting,
                None,
                gap=10,
            )
        )
        self.body.addWidget(scrolling(padded(content)), 1)

    def _show_account(self, points: PointsView | None, sale: SaleView | None, *, may: bool) -> None:
        clear(self._account)
        self.spend_keys = []
        self._most = points.most if points is not None else 0
        card = frame("card")
        if points is None:
            known = sale is not None and sale.customer is not None and sale.customer.number
            words = self.face.text("rewards.no_programme" if known else "rewards.no_account")
            inside = column(label(words, "body", wrap=True), gap=10, margin=16)
            if not known:
                inside.addWidget(self._customer_key())
        else:
            inside = self._points_card(points)
        self._correcting.setVisible(points is not None and may)
        card.setLayout(inside)
        self._account.addWidget(card)

    def _points_card(self, points: PointsView) -> QVBoxLayout:
        face = self.face
        balance = label(face.text("rewards.balance", count=points.balance), "title")
        inside = column(label(points.name, "soft"), balance, gap=4, margin=16)
        if points.step:
            worth = face.text("rewards.worth", points=points.step, worth=points.worth)
            inside.addWidget(label(worth, "body"))
        if points.owed:
            owed = label(face.text("rewards.owed", count=points.owed), "body", wrap=True)
            inside.addWidget(owed)
        inside.addSpacing(8)
        if keys := self._spending(points):
            grid = QGridLayout()
            grid.setSpacing(8)
            for place, key in enumerate(keys):
                grid.addWidget(key, place // 2, place % 2)
            inside.addLayout(grid)
        elif points.step:
            inside.addWidget(label(face.text("rewards.too_few"), "soft", wrap=True))
        return inside

    def _spending(self, points: PointsView) -> list[Key]:
        """A key for each amount that may come off, the most first."""
        steps = points.most // points.step if points.step else 0
        for count in offered(steps):
            amount = self.face.money(points.worth.times(count))
            words = self.face.text("rewards.spend", points=count * points.step)
            chosen = points.spending == count * points.step
            key = Key(
                self.face.look,
                words,
                icon="check" if chosen else "star",
                detail=f"−{amount}",
                hint="+" if count == steps else "",
                kind="selected" if chosen else "key",
                height=64,
            )
            key.setProperty("points", count * points.step)
            key.clicked.connect(self._on_spend)
            self.spend_keys.append(key)
        if points.spending:
            none = Key(
                self.face.look,
                self.face.text("rewards.spend_none"),
                icon="undo-2",
                hint="-",
                height=64,
            )
            none.setProperty("points", 0)
            none.clicked.connect(self._on_spend)
            return [*self.spend_keys, none]
        return self.spend_keys

    def _correct_keys(self) -> tuple[Key, Key]:
        give = self._key("rewards.give", "plus", kind="plain")
        give.clicked.connect(lambda: self.corrected.emit(True))
        take = self._key("rewards.take_away", "minus", kind="plain")
        take.clicked.connect(lambda: self.corrected.emit(False))
        return give, take

    def _customer_key(self) -> Key:
        key = self._key("do.customer", "user")
        key.clicked.connect(self._on_customer)
        return key

    def _key(self, words: str, icon: str, kind: str = "key") -> Key:
        return Key(self.face.look, self.face.text(words), icon=icon, kind=kind, height=56)

    def _show_coupons(self, off: tuple[DeductionView, ...]) -> None:
        clear(self._coupons)
        for each in off:
            if each.kind != "coupon":
                continue
            missed = each.minimum
            waits = self.face.text("rewards.minimum", minimum=missed) if missed else ""
            key = Key(
                self.face.look,
                self.face.text("rewards.drop", name=each.name),
                icon="undo-2",
                detail=self.face.off(each.amount),
                caption=waits,
                height=64,
                size=tokens.BODY,
            )
            key.setProperty("coupon", each.number)
            key.clicked.connect(self._on_drop)
            self._coupons.addWidget(key)

    def _ask_history(self) -> None:
        clear(self._entries)
        self._history.setVisible(bool(self._customer))
        if self._customer:
            number = self._customer
            self.work.ask(lambda till: till.points_history(number), self._on_history)

    def _on_history(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, tuple):
            return
        clear(self._entries)
        self._history.setVisible(bool(outcome.value))
        for entry in outcome.value:
            if isinstance(entry, PointsEntryView):
                self._entries.addWidget(self._entry(entry))

    def _entry(self, entry: PointsEntryView) -> QWidget:
        texts, text = self.face.texts, self.face.text
        words = texts.get(f"points.kind.{entry.kind}")
        where = text("rewards.receipt", number=entry.receipt) if entry.receipt else entry.operator
        more = [texts.moment(entry.at), where, entry.reason]
        told = column(
            label(words[:1].upper() + words[1:], "strong"),
            label(" · ".join(filter(None, more)), "caption", wrap=True),
            gap=0,
        )
        tone = "" if entry.points > 0 else "discount"
        moved = label(self.face.texts.signed(entry.points), "strong", tone=tone)
        balance = label(text("rewards.left", balance=entry.balance), "caption")
        balance.setAlignment(Qt.AlignmentFlag.AlignRight)
        moved.setAlignment(Qt.AlignmentFlag.AlignRight)
        line = row(told, column(moved, balance, gap=0), gap=12, margin=12)
        line.setStretch(0, 1)
        box = frame("card")
        box.setLayout(line)
        return box

    def _on_take(self) -> None:
        code = self.field.text().strip()
        if code:
            self.field.clear()
            self.coupon.emit(code)

    def _on_drop(self) -> None:
        self.coupon_dropped.emit(str(self.sender().property("coupon")))

    def _on_spend(self) -> None:
        self.spent.emit(int(self.sender().property("points")))

    def _on_customer(self) -> None:
        self.left.emit()
        self.wanted.emit("customer")


def offered(steps: int) -> list[int]:
    """The most steps first, then smaller ones in even jumps, down to one."""
    if steps <= CHOICES:
        return list(range(steps, 0, -1))
    jumps = [steps * part // CHOICES for part in range(CHOICES, 1, -1)]
    return [*jumps, 1]
