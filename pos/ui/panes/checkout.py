"""Taking money: what is due, what is given, and the keys of each way to pay."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.domain.money import Money
from pos.till.sale_views import SaleView, TenderView
from pos.till.views import TenderMethodView, TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.panes.refunds import RefundBox
from pos.ui.widgets.basics import centred, clear, column, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.widgets.note_key import NOTES, NoteKey
from pos.ui.work import Tone, Work

METHOD_ICONS = {"cash": "banknote", "card": "credit-card"}
BOUNCE_MS, SECOND_MS = 150, 300
"""Within so long the same key counts once: under a finger, and on the keyboard."""
VOUCHER = "voucher"
"""Pays too, but by a code: its key asks for one."""


class CheckoutPane(Pane):
    """Digits type what is given; Enter takes it in cash, a letter by another method.

    Nothing typed means exactly what is due.
    """

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work)
        self.due = label(role="display")
        self._caption = label(role="lead")
        self._given = label(role="soft", wrap=True)
        self.tenders = flowing()
        self._strip = scrolling(self.tenders)
        self._strip.setFixedHeight(face.look.px(tokens.TARGET))
        self._strip.verticalScrollBar().rangeChanged.connect(self._show_newest)
        self.entry = Entry(face, face.text("checkout.entry"), size=tokens.AMOUNT)
        self.entry.accepted.connect(self._on_enter)
        self.methods: tuple[TenderMethodView, ...] = ()
        self.method_keys: dict[str, Key] = {}
        self.letters: dict[str, str] = {}
        self._method_grid = QGridLayout()
        self._method_grid.setSpacing(8)
        self._method_grid.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[TenderView, ...] = ()
        self._said = face.text("checkout.how")
        self._pressed, self._since = "", QElapsedTimer()
        self.exact = Key(
            face.look, face.text("checkout.exact"), kind="plain", size=tokens.LEAD, height=64
        )
        self.exact.clicked.connect(self._on_exact)
        self.refunds = RefundBox(face, work)
        self.refunds.cash_wanted.connect(self._on_cash_wanted)
        self.refunds.right_wanted.connect(self._on_right_wanted)
        self.refunds.credit_wanted.connect(self._on_voucher)
        self._taking, self._methods = QWidget(), QWidget()
        self._build()

    @property
    def gives_back(self) -> bool:
        """Whether the customer is owed something, and not the shop."""
        return self._taking.isHidden()

    def entered(self) -> None:
        """The keyboard types what is given."""
        self.entry.clear()
        (self if self.gives_back else self.entry).setFocus()

    def show_view(self, view: TillView) -> None:
        """Paint what is due and what was given."""
        offers_vouchers = bool(view.programmes)
        if (view.methods, offers_vouchers) != (self.methods, VOUCHER in self.method_keys):
            self._show_methods(view.methods, vouchers=offers_vouchers)
        if view.sale is not None:
            self._show_sale(view.sale)
        self.refunds.offer_credit(offered=bool(view.credit_notes))

    def hotkey(self, event: QKeyEvent) -> bool:
        """Digits and Enter go to the entry, letters to their method; Esc goes back to selling."""
        if event.key() == Qt.Key.Key_Escape:
            if self.entry.text:
                self.entry.clear()
            else:
                self.wanted.emit("back_to_sale")
            return True
        if self.gives_back:
            return self.refunds.hotkey(event)
        letter = event.text().upper()
        if letter and letter in self.letters:
            if not self._is_bounce(letter, SECOND_MS):
                self._tender(self.letters[letter])
            return True
        if event.key() == Qt.Key.Key_F10:
            self._on_enter()
            return True
        if event.key() == Qt.Key.Key_F9:
            self.wanted.emit(VOUCHER)
            return True
        return self.entry.take_key(event)

    def _show_sale(self, sale: SaleView) -> None:
        text, money = self.face.text, self.face.money
        partly = bool(sale.tenders)
        caption = "checkout.remains" if partly else "checkout.due"
        due = sale.due
        if due.minor < 0:
            caption, due = "checkout.pay_out", -due
            self.refunds.show_sale(sale)
        self._take_or_give(gives=sale.due.minor < 0)
        self._strip.setHidden(self.face.compact and self.gives_back and not sale.tenders)
        self._caption.setText(text(caption))
        self.due.setText(money(due))
        self.due.setAccessibleName(f"{self._caption.text()} {money(due)}")
        given = text("checkout.given", given=sale.paid, total=sale.total)
        self._given.setText(given if partly else "")
        self.exact.set_text(text("checkout.exact"), money(due))
        self.entry.hint(self.face.texts.amount(due))
        if sale.tenders != self._shown:
            self.entry.clear()
        how = self._how(sale)
        if (sale.tenders, how) != (self._shown, self._said):
            self._shown, self._said = sale.tenders, how
            self._show_tenders(sale.tenders)

    def _how(self, sale: SaleView) -> str:
        """What Enter does here: take money, or give it back."""
        if sale.due.minor >= 0:
            return self.face.text("checkout.how")
        if any(refund.by_right for refund in sale.refunds):
            return self.face.text("refund.explain_right")
        as_paid = any(refund.receipt for refund in sale.refunds)
        return self.face.text("refund.explain" if as_paid else "refund.explain_free")

    def _take_or_give(self, *, gives: bool) -> None:
        if gives != self.gives_back:
            self._taking.setHidden(gives)
            self._methods.setHidden(gives)
            self.refunds.setHidden(not gives)
            if self.isVisible():
                self.entered()

    def _on_cash_wanted(self) -> None:
        self.wanted.emit("refund_in_cash")

    def _show_newest(self, _lowest: int, highest: int) -> None:
        self._strip.verticalScrollBar().setValue(highest)

    def _on_right_wanted(self) -> None:
        self.wanted.emit("refund_by_right")

    def _show_tenders(self, tenders: tuple[TenderView, ...]) -> None:
        layout = self.tenders.layout()
        assert layout is not None
        clear(layout)
        if not tenders and not self.face.compact:
            how = label(self._said, "soft")
            how.setMinimumHeight(self.face.look.px(tokens.TARGET))
            layout.addWidget(how)
        for tender in tenders:
            words = f"{self._method_name(tender.method)} {self.face.money(tender.amount)}"
            if tender.card:
                words = f"{words} · {tender.card}"
            key = Key(
                self.face.look,
                words,
                caption=self._rest_words(tender),
                icon="circle-x",
                height=48,
                kind="key",
                name=self.face.text("checkout.remove", tender=words),
            )
            key.setProperty("tender", tender.number)
            key.clicked.connect(self._on_remove)
            layout.addWidget(key)

    def _rest_words(self, tender: TenderView) -> str:
        """What is left on a card, or that nobody could confirm it."""
        if not tender.confirmed:
            return self.face.text("card.unconfirmed")
        return "" if tender.rest is None else self.face.text("vouchers.rest", rest=tender.rest)

    def _show_methods(self, methods: tuple[TenderMethodView, ...], *, vouchers: bool) -> None:
        self.methods = methods
        clear(self._method_grid)
        self.method_keys, self.letters = {}, {}
        for place, method in enumerate(methods):
            name = self._method_name(method.key)
            hint = self.face.text("key.enter") if method.is_cash else self._letter(name, method)
            key = Key(
                self.face.look,
                name,
                icon=METHOD_ICONS.get(method.key, "wallet"),
                kind="primary" if method.is_cash else "key",
                hint=hint,
                size=tokens.LEAD,
                height=72,
            )
            key.setProperty("method", method.key)
            key.clicked.connect(self._on_method)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._method_grid.addWidget(key, place // 3, place % 3)
            self.method_keys[method.key] = key
        if vouchers:
            self._show_voucher_key(len(methods))

    def _show_voucher_key(self, place: int) -> None:
        key = Key(
            self.face.look,
            self._method_name(VOUCHER),
            icon="gift",
            hint="F9",
            size=tokens.LEAD,
            height=72,
        )
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        key.clicked.connect(self._on_voucher)
        self._method_grid.addWidget(key, place // 3, place % 3)
        self.method_keys[VOUCHER] = key

    def _letter(self, name: str, method: TenderMethodView) -> str:
        """The first free letter of the name; shown on the key."""
        free = (sign for sign in name.upper() if sign.isalpha() and sign not in self.letters)
        letter = next(free, "")
        self.letters[letter] = method.key
        return letter

    def _method_name(self, method: str) -> str:
        return self.face.texts.get(f"tender.method.{method}")

    def _build(self) -> None:
        face = self.face
        words = column(None, self._caption, self._given, None, gap=2)
        due = row(gap=16)
        due.addLayout(words, 1)
        due.addWidget(self.due)
        pad = Keypad(face, height=48 if face.compact else 64)
        pad.pressed.connect(self.entry.press)
        left = column(self.entry, pad, gap=8)
        left.setStretch(1, 1)
        notes = QGridLayout()
        notes.setSpacing(8)
        notes.addWidget(self.exact, 0, 0, 1, 2)
        for place, note in enumerate(NOTES):
            notes.addWidget(self._note(note), 1 + place // 2, place % 2)
        for place in range(4):
            notes.setRowStretch(place, 1)
        middle = row(left, notes, gap=16)
        middle.setStretch(0, 3)
        middle.setStretch(1, 2)
        content = QWidget()
        self._methods.setLayout(self._method_grid)
        taking = column(middle, gap=10)
        taking.setStretch(0, 1)
        self._taking.setLayout(taking)
        self.refunds.hide()
        # The strip keeps its place while it is empty: no key may move when a tender comes.
        body = column(due, self._strip, self._taking, self.refunds, gap=10)
        body.setStretch(2, 1)
        body.setStretch(3, 1)
        self._show_tenders(())
        content.setLayout(body)
        if face.compact:
            # However large the text: the keys that take the money stay in sight.
            self.body.addWidget(scrolling(content), 1)
            self.body.addWidget(self._methods)
        else:
            taking.addWidget(self._methods)
            self.body.addLayout(centred(content, face.look.px(860), face.look.px(820)), 1)

    def _note(self, note: int) -> Key:
        key = NoteKey(self.face, note)
        key.clicked.connect(self._on_note)
        return key

    def _cash(self) -> str:
        return next((method.key for method in self.methods if method.is_cash), "")

    def _tender(self, method: str, amount: Money | None = None) -> None:
        if amount is None and self.entry.text:
            try:
                amount = Money.parse(self.entry.text, self.face.currency)
            except ValueError:
                self.work.say(Tone.DANGER, self.face.text("checkout.unreadable"))
                return
        self.entry.clear()
        self.work.pay(lambda till: till.tender(method, amount))

    def _is_bounce(self, key: str, within: int) -> bool:
        """Whether a key was pressed just now, and nothing was typed since: one press, one tender.

        It counts from the press, not from the answer: the till may have taken the money before
        the window shows it.
        """
        again = key == self._pressed and self._since.elapsed() < within
        if again and not self.entry.text:
            return True
        self._pressed = key
        self._since.start()
        return False

    def _on_enter(self) -> None:
        if not self._is_bounce("enter", SECOND_MS):
            self._tender(self._cash())

    def _on_exact(self) -> None:
        if not self._is_bounce("exact", BOUNCE_MS):
            self.entry.clear()
            self._tender(self._cash())

    def _on_note(self) -> None:
        key = self.sender()
        if isinstance(key, NoteKey) and not self._is_bounce(key.text(), BOUNCE_MS):
            self._tender(self._cash(), key.note)

    def _on_method(self) -> None:
        method = str(self.sender().property("method"))
        if not self._is_bounce(method, BOUNCE_MS):
            self._tender(method)

    def _on_voucher(self) -> None:
        self.wanted.emit(VOUCHER)

    def _on_remove(self) -> None:
        number = int(self.sender().property("tender"))
        self.work.pay(lambda till: till.remove_tender(number))
