"""What the customer gets back, and how: each part the way it was paid, or in cash by right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.till.sale_views import RefundView, SaleView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import clear, column
from pos.ui.widgets.button import Key
from pos.ui.work import Work

ICONS = {"cash": "banknote", "card": "credit-card", "voucher": "ticket"}
LETTERS = "ABCDEFGH"


class RefundBox(QWidget):
    """Enter gives all of it back as proposed; a letter gives one part.

    Signals:
        cash_wanted(): all of it in cash, whatever it was paid with.
        right_wanted(): all of it as proposed, by whoever has the right.
        credit_wanted(): all of it as a credit note (T-117).
    """

    cash_wanted = Signal()
    right_wanted = Signal()
    credit_wanted = Signal()

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self._face, self._work = face, work
        self._shown: tuple[RefundView, ...] | None = None
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        self.all = Key(
            face.look,
            face.text("refund.all"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.TITLE,
            height=88,
        )
        self.all.clicked.connect(self.give_all)
        self.cash = Key(face.look, face.text("refund.cash"), icon="banknote", hint="X", height=64)
        self.cash.clicked.connect(self.cash_wanted)
        self.credit = Key(
            face.look, face.text("vouchers.credit"), icon="gift", hint="F9", height=64
        )
        self.credit.clicked.connect(self.credit_wanted)
        self.setLayout(column(self._ways, 8, self.all, self.cash, self.credit, None, gap=10))

    def show_sale(self, sale: SaleView) -> None:
        """Paint the ways, one a row."""
        if sale.refunds == self._shown:
            return
        self._shown = sale.refunds
        clear(self._ways)
        for place, refund in enumerate(sale.refunds):
            key = Key(
                self._face.look,
                refund.card or self._face.texts.get(f"tender.method.{refund.method}"),
                icon=ICONS.get(refund.method, "wallet"),
                kind="plain",
                hint=LETTERS[place] if place < len(LETTERS) else "",
                detail=self._face.money(refund.amount),
                caption=self._caption(refund),
                height=72,
                size=tokens.LEAD,
            )
            key.setProperty("method", refund.method)
            key.clicked.connect(self._on_way)
            self._ways.addWidget(key)
        text, whole = self._face.text, -sale.due
        one = len(sale.refunds) == 1
        self.all.set_text(text("refund.whole", amount=whole) if one else text("refund.all"))
        self.cash.setVisible(any(not refund.is_cash for refund in sale.refunds))

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter, and the letters on the keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F10):
            self.give_all()
            return True
        if event.key() == Qt.Key.Key_F9 and not self.credit.isHidden():
            self.credit_wanted.emit()
            return True
        sign = event.text().upper()
        if sign and sign == self.cash.hint and not self.cash.isHidden():
            self.cash_wanted.emit()
            return True
        place = LETTERS.find(sign) if sign else -1
        if 0 <= place < len(self._shown or ()):
            assert self._shown is not None
            self._give(self._shown[place].method)
            return True
        return False

    def offer_credit(self, *, offered: bool) -> None:
        """Whether the shop gives credit notes."""
        self.credit.setVisible(offered)

    def give_all(self) -> None:
        """Each part the way it was paid."""
        self._give("")

    def _caption(self, refund: RefundView) -> str:
        if refund.by_right:
            return self._face.text("refund.by_right")
        if not refund.receipt:
            return self._face.text("refund.free")
        return self._face.text("refund.as_paid", number=refund.receipt)

    def _on_way(self) -> None:
        self._give(str(self.sender().property("method")))

    def _give(self, method: str) -> None:
        if any(one.by_right and method in ("", one.method) for one in self._shown or ()):
            (self.cash_wanted if method else self.right_wanted).emit()
            return
        self._work.pay(lambda till: till.refund(method))
