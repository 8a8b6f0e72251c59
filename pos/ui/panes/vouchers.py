"""The voucher window: a code to check or to pay with, wallets of the customer, and what is sold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.sale import SaleState
from pos.runtime.lane import Outcome
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from pos.till.voucher_views import CardRowView, OfferView
from pos.ui.face import Face
from pos.ui.models.card_text import card_detail
from pos.ui.panes.field_pane import FieldPane
from pos.ui.widgets.basics import clear, column, label, padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work

LONGEST_CODE = 64


class VoucherPane(FieldPane):
    """Enter checks the code that was typed; while the customer pays, it pays with it (T-120).

    Without a code the arrows choose among what is sold, and Enter sells it.

    Signals:
        coded(code): a code was typed.
        card_chosen(card): one of the customer's cards, by id.
        offer_chosen(OfferView): something is to be sold.
    """

    coded = Signal(str)
    card_chosen = Signal(str)
    offer_chosen = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(
            face, work, face.text("vouchers.title"), face.text("vouchers.code"), LONGEST_CODE
        )
        self.offers: tuple[OfferView, ...] = ()
        self.wallets: tuple[CardRowView, ...] = ()
        self.part: Money | None = None
        self._current = -1
        self._asked: tuple[object, ...] = ()
        self._explain = label(role="soft", wrap=True)
        self.list = self._tool("list", "vouchers.list", "list_vouchers", hint="F9")
        self.own = self._tool("ticket", "vouchers.own", "own_card")
        self.manage = self._tool("layout-grid", "vouchers.manage", "manage_vouchers")
        self.owned, self.sold = QVBoxLayout(), QGridLayout()
        self._whose = label(role="lead", wrap=True)
        self._sell = label(face.text("vouchers.sell"), "lead")
        self._build()

    def entered(self) -> None:
        """The keyboard types a code."""
        super().entered()
        self._current = -1
        self._ask()

    def show_view(self, view: TillView) -> None:
        """While the customer pays nothing is sold; another customer has other wallets."""
        paying = view.sale is not None and view.sale.state is SaleState.TENDERING
        may = view.operator is not None and view.operator.may(Right.VOUCHERS)
        self.manage.setVisible(may and not paying)
        self.list.setVisible(not paying)
        self.own.setVisible(not paying)
        self.title.setText(self.face.text("vouchers.pay" if paying else "vouchers.title"))
        asked = (_buyer(view.sale), view.catalogue_at)
        if self.isVisible() and asked != self._asked:
            self._ask()
        self._show_part(paying)

    def show_part(self, part: Money | None) -> None:
        """What of the sale the next card shall pay; None is as much as goes."""
        self.part = part
        self._show_part(paying=True)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Letters go to the field; F9 again shows all cards."""
        if event.key() == Qt.Key.Key_F9:
            if self.list.isVisible():
                self.wanted.emit("list_vouchers")
            else:
                self.left.emit()
            return True
        return super().hotkey(event)

    @property
    def keys(self) -> list[Key]:
        """What can be chosen: the customer's cards, then what is sold."""
        layouts = (self.owned, self.sold)
        found = (each.itemAt(place) for each in layouts for place in range(each.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if isinstance(widget, Key)]

    def _build(self) -> None:
        for layout in (self.owned, self.sold):
            layout.setSpacing(8)
        content = QWidget()
        inside = column(self._whose, self.owned, 8, self._sell, self.sold, None, gap=8)
        content.setLayout(inside)
        self.body.addLayout(self.typing_row())
        self.body.addWidget(self._explain)
        self.body.addWidget(scrolling(padded(content)), 1)
        self.body.addWidget(self.letters)
        tools = flowing(self.list, self.own, self.manage)
        if self.face.compact:
            inside.addWidget(tools)
        else:
            self.body.addWidget(tools)

    def _tool(self, icon_name: str, words: str, action: str, hint: str = "") -> Key:
        key = Key(self.face.look, self.face.text(words), icon=icon_name, hint=hint, height=56)
        key.setProperty("opens", action)
        key.clicked.connect(self._on_tool)
        return key

    def _ask(self) -> None:
        view = self.work.view
        if view is not None:
            self._asked = (_buyer(view.sale), view.catalogue_at)
        self.work.ask(lambda till: till.voucher_offers(), self._on_offers)
        self.work.ask(lambda till: till.wallets(), self._on_wallets)

    def _on_offers(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list):
            self.offers = tuple(outcome.value)
            self._show_offers()

    def _on_wallets(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list):
            self.wallets = tuple(outcome.value)
            self._show_wallets()

    def _show_offers(self) -> None:
        clear(self.sold)
        view = self.work.view
        paying = view is not None and view.sale is not None and view.sale.tenders is not None
        paying = paying and view is not None and _paying(view.sale)
        self._sell.setVisible(bool(self.offers) and not paying)
        columns = 1 if self.face.compact else 2
        for place, offer in enumerate(() if paying else self.offers):
            key = offer_key(self.face, offer)
            key.setProperty("place", place)
            key.clicked.connect(self._on_offer)
            self.sold.addWidget(key, place // columns, place % columns)
        for place in range(columns):
            self.sold.setColumnStretch(place, 1)

    def _show_wallets(self) -> None:
        clear(self.owned)
        view = self.work.view
        buyer = view.sale.customer if view is not None and view.sale is not None else None
        self._whose.setVisible(bool(self.wallets))
        self._whose.setText(self.face.text("vouchers.of", name=buyer.name if buyer else ""))
        for card in self.wallets:
            key = Key(
                self.face.look,
                card.programme,
                icon="wallet",
                kind="plain",
                height=64,
                caption=card_detail(self.face, card, owner=False),
                detail=self.face.money(card.available),
            )
            key.setProperty("card", card.card)
            key.clicked.connect(self._on_card)
            self.owned.addWidget(key)

    def _show_part(self, paying: bool) -> None:
        text = self.face.text
        if paying and self.part is not None:
            self._explain.setText(text("vouchers.pays_part", part=self.part))
        else:
            self._explain.setText(text("vouchers.pays" if paying else "vouchers.explain"))

    def step(self, by: int) -> None:
        """Mark another key; above the first, none is."""
        keys = self.keys
        if keys:
            self._current = max(-1, min(len(keys) - 1, self._current + by))
            for place, key in enumerate(keys):
                key.set_kind("selected" if place == self._current else "plain")

    def take(self) -> None:
        """The code counts, else the marked key."""
        keys, code = self.keys, self.field.text().strip()
        if code:
            self.field.clear()
            self.coded.emit(code)
        elif 0 <= self._current < len(keys):
            keys[self._current].click()

    def _on_card(self) -> None:
        self.card_chosen.emit(str(self.sender().property("card")))

    def _on_offer(self) -> None:
        self.offer_chosen.emit(self.offers[int(self.sender().property("place"))])

    def _on_tool(self) -> None:
        self.wanted.emit(str(self.sender().property("opens")))


def offer_key(face: Face, offer: OfferView) -> Key:
    """The key of a programme: what it costs, and of a wallet what is on it."""
    if offer.card and offer.balance is not None:
        caption = face.text("vouchers.holds", balance=offer.balance)
    elif offer.amount is None:
        caption = face.text("vouchers.free_amount")
    else:
        caption = face.text("vouchers.fixed_amount")
    key = Key(
        face.look,
        offer.name,
        icon="wallet" if offer.is_wallet else "gift",
        kind="plain",
        height=64,
        caption=caption,
        detail=face.money(offer.amount) if offer.amount is not None else "",
    )
    key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return key


def _buyer(sale: SaleView | None) -> str:
    return sale.customer.number if sale is not None and sale.customer is not None else ""


def _paying(sale: SaleView | None) -> bool:
    return sale is not None and sale.state is SaleState.TENDERING
