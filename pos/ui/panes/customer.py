"""Who buys and by which list: found by name, number or card; taken after a look at the prices."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.customer import Customer
from pos.domain.operator import Right
from pos.runtime.lane import Outcome
from pos.till.points_views import PointsView
from pos.till.price_views import PriceListView
from pos.till.sale_views import CustomerView, SaleView
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.panes.field_pane import FieldPane
from pos.ui.shelf import FoundCustomers, Shelf
from pos.ui.widgets.basics import clear, column, frame, label, padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.flow import flowing
from pos.ui.work import Tone, Work

MOST = 30
"""Hits shown; whoever isn't among them is found by another letter."""


class CustomerPane(FieldPane):
    """Nobody is listed until a name is typed (T-067). Up, Down and Enter choose.

    Signals:
        chosen(customer): by number; "" is nobody.
        list_chosen(price_list): by number; "" is the till's own.
        coded(code): a code was typed that no customer has: perhaps a list's.
    """

    chosen = Signal(str)
    list_chosen = Signal(str)
    coded = Signal(str)

    def __init__(self, face: Face, work: Work, shelf: Shelf) -> None:
        super().__init__(face, work, face.text("customer.title"), face.text("customer.search"))
        self._shelf, self._question = shelf, 0
        self.found: tuple[Customer, ...] = ()
        self._current = 0
        self._lists_shown: tuple[PriceListView, ...] = ()
        self._customer_shown: object = None
        self._may_change = False
        self.field.textChanged.connect(self._on_text)
        self._hits = QVBoxLayout()
        self._hits.setSpacing(8)
        self._card = QVBoxLayout()
        self.keys = flowing()
        self.papers = flowing()
        self._paper = QWidget()
        self._paper_why = label(role="soft", wrap=True)
        self.lists = flowing()
        self._nobody = Empty(face, "user")
        self.archived = Key(face.look, face.text("customer.archived"), icon="inbox", height=56)
        self.archived.setCheckable(True)
        self.archived.toggled.connect(self._on_archived)
        self._build()

    def entered(self) -> None:
        """The keyboard types a name."""
        self.archived.setChecked(False)
        super().entered()
        self._show_found(())

    def show_view(self, view: TillView) -> None:
        """Paint who buys now, and the lists there are."""
        if view.price_lists != self._lists_shown:
            self._lists_shown = view.price_lists
            self._show_lists()
        sale = view.sale
        customer = sale.customer if sale is not None else None
        operator = view.operator
        self._may_change = operator is not None and operator.may(Right.CUSTOMERS)
        self.archived.setVisible(self._may_change)
        shown = (customer, *_switches(sale), self._may_change)
        if shown != self._customer_shown:
            self._customer_shown = shown
            self._show_customer(customer, sale)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Letters go to the field; F3 again goes back, Esc out of the archive first."""
        if event.key() == Qt.Key.Key_Escape and self.archived.isChecked():
            self.archived.setChecked(False)
            return True
        if event.key() == Qt.Key.Key_F3:
            self.left.emit()
            return True
        return super().hotkey(event)

    def _build(self) -> None:
        face = self.face
        self.terms = QWidget()
        self.terms.setLayout(
            column(
                self._card,
                self._paper,
                self.keys,
                12,
                label(face.text("customer.lists"), "lead"),
                label(face.text("customer.lists_explain"), "soft", wrap=True),
                self.lists,
                None,
                gap=10,
            )
        )
        words = label(face.text("customer.paper"), "lead")
        self._paper.setLayout(column(words, self.papers, self._paper_why, gap=6))
        hits = QWidget()
        hits.setLayout(column(self._hits, self._nobody, None, gap=8))
        self.hits = hits
        content = QWidget()
        content.setLayout(column(self.terms, hits, gap=0))
        top = self.typing_row()
        top.insertWidget(1, self.archived)
        self.body.addLayout(top)
        self.body.addWidget(scrolling(padded(content)), 1)
        self.body.addWidget(self.letters)

    def _show_customer(self, customer: CustomerView | None, sale: SaleView | None) -> None:
        clear(self._card)
        card = frame("card")
        text = self.face.text
        if customer is None:
            words = column(label(text("customer.nobody"), "strong"), gap=2, margin=16)
        else:
            points = sale.points if sale is not None else None
            words = column(*map(label, self._facts(customer, points)), gap=2, margin=16)
            words.insertWidget(0, label(customer.name, "lead", wrap=True))
        card.setLayout(words)
        self._card.addWidget(card)
        self._show_keys(customer, sale)
        self._show_papers(customer, sale)

    def _facts(self, customer: CustomerView, points: PointsView | None) -> list[str]:
        texts = self.face.texts
        facts = [
            self.face.text("customer.number", number=customer.number)
            if customer.number
            else self.face.text("customer.is_one_off"),
            *customer.address,
        ]
        if customer.vat_id:
            facts.append(texts.get("receipt.vat_id", vat_id=customer.vat_id))
        if points is not None:
            balance = self.face.text("rewards.balance", count=points.balance)
            facts.append(f"{points.name}: {balance}")
        if customer.price_list:
            facts.append(self.face.text("status.price_list", name=customer.price_list))
        if customer.tax_status != "domestic":
            facts.append(texts.get(f"tax.status.{customer.tax_status}"))
        return facts

    def _show_keys(self, customer: CustomerView | None, sale: SaleView | None) -> None:
        layout = self.keys.layout()
        assert layout is not None
        clear(layout)
        offered = [("one_off", "user")]
        if self._may_change:
            offered.insert(0, ("new_customer", "user-plus"))
        if customer is not None and customer.number and self._may_change:
            offered.insert(0, ("edit_customer", "pencil"))
        if customer is not None:
            offered.insert(0, ("no_customer", "user-x"))
            if customer.number:
                offered.insert(0, ("voucher", "wallet"))
        if sale is not None and sale.points is not None:
            offered.insert(0, ("points", "star"))
        if sale is not None and sale.tax_free:
            offered.append(("taxed", "globe"))
        elif customer is not None and customer.tax_status != "domestic":
            offered.append(("tax_free", "globe"))
        if sale is not None and sale.net_allowed:
            offered.append(("gross" if sale.net_view else "net", "tag"))
        for action, icon_name in offered:
            words = self.face.text(f"customer.{action}")
            key = Key(self.face.look, words, icon=icon_name, kind="key", height=56)
            key.setProperty("action", action)
            key.clicked.connect(self._on_action)
            layout.addWidget(key)

    def _show_papers(self, customer: CustomerView | None, sale: SaleView | None) -> None:
        """Receipt or invoice; what can't be had is off, and says why (COMARCH-2)."""
        layout = self.papers.layout()
        assert layout is not None
        clear(layout)
        self._paper.setVisible(customer is not None)
        if customer is None or sale is None:
            return
        for paper, icon_name in (("receipt", "receipt-text"), ("invoice", "file-text")):
            chosen = sale.paper == paper
            key = Key(
                self.face.look,
                self.face.text(f"customer.{paper}"),
                icon="check" if chosen else icon_name,
                kind="selected" if chosen else "key",
                height=56,
            )
            key.setEnabled(paper in sale.papers)
            key.setProperty("action", paper)
            key.clicked.connect(self._on_action)
            layout.addWidget(key)
        self._paper_why.setVisible("receipt" not in sale.papers)
        self._paper_why.setText(self.face.text("customer.invoice_only"))

    def _show_lists(self) -> None:
        layout = self.lists.layout()
        assert layout is not None
        clear(layout)
        for one in self._lists_shown:
            words = one.name or self.face.text("customer.public_prices")
            key = Key(
                self.face.look,
                words,
                icon="check" if one.chosen else "",
                kind="selected" if one.chosen else "key",
                height=56,
            )
            key.setProperty("price_list", one.number)
            key.clicked.connect(self._on_list)
            layout.addWidget(key)

    def _on_text(self, text: str) -> None:
        archived = self.archived.isChecked()
        looking = bool(text.strip()) or archived
        self.terms.setVisible(not looking)
        self.hits.setVisible(looking)
        if looking:
            self._question = self._shelf.customers(
                text.strip(), MOST, self._on_found, archived=archived
            )
        else:
            self._question = 0
            self._show_found(())

    def _on_found(self, outcome: Outcome[object]) -> None:
        page = outcome.value
        if isinstance(page, FoundCustomers) and page.question == self._question:
            self._show_found(page.customers)
            looking = bool(self.field.text().strip()) or self.archived.isChecked()
            self._nobody.setVisible(not page.customers and looking)

    def _on_archived(self) -> None:
        """Who is out of use; Enter or a touch brings somebody back."""
        name = "search_archived" if self.archived.isChecked() else "search"
        self.field.setPlaceholderText(self.face.text(f"customer.{name}"))
        self._show_found(())
        self._on_text(self.field.text())
        self.field.setFocus()

    def _show_found(self, found: tuple[Customer, ...]) -> None:
        self.found, self._current = found, 0
        clear(self._hits)
        name = "none_archived" if self.archived.isChecked() else "nothing"
        words = self.face.text(f"customer.{name}", text=self.field.text().strip())
        self._nobody.words.setText(words)
        self._nobody.hide()
        for customer in found:
            place = ", ".join(customer.address("")) or customer.mail
            key = Key(
                self.face.look,
                customer.name,
                icon="rotate-ccw" if self.archived.isChecked() else "user",
                kind="plain",
                height=64,
                caption=place,
                hint=customer.number,
            )
            key.setProperty("customer", customer.number)
            key.clicked.connect(self._on_key)
            self._hits.addWidget(key)
        self._mark()

    def step(self, by: int) -> None:
        """Mark another hit."""
        if self.found:
            self._current = max(0, min(len(self.found) - 1, self._current + by))
            self._mark()

    def _mark(self) -> None:
        for place in range(self._hits.count()):
            item = self._hits.itemAt(place)
            key = item.widget() if item is not None else None
            if isinstance(key, Key):
                key.set_kind("selected" if place == self._current else "plain")

    def take(self) -> None:
        """The marked hit is the one; a text that finds nobody is a code."""
        text = self.field.text().strip()
        if self.found:
            self._choose(self.found[self._current].number)
        elif text and not self.archived.isChecked():
            self.left.emit()
            self.coded.emit(text)

    def _on_key(self) -> None:
        number = str(self.sender().property("customer"))
        self._current = next(
            (place for place, each in enumerate(self.found) if each.number == number), 0
        )
        self._choose(number)

    def _choose(self, number: str) -> None:
        if self.archived.isChecked():
            self.work.do(lambda till: till.restore_customer(number), self._on_restored)
            return
        self.left.emit()
        self.chosen.emit(number)

    def _on_restored(self, outcome: Outcome[object]) -> None:
        """Back in use: the list is shown anew, and who came back is told."""
        if self.work.take(outcome):
            back = self.found[self._current].name if self.found else ""
            self.work.say(Tone.GOOD, self.face.text("customer.restored", name=back))
            self._on_text(self.field.text())

    def _on_list(self) -> None:
        number = str(self.sender().property("price_list"))
        self.left.emit()
        self.list_chosen.emit(number)

    def _on_action(self) -> None:
        action = str(self.sender().property("action"))
        self.left.emit()
        self.wanted.emit(action)


def _switches(sale: SaleView | None) -> tuple[object, ...]:
    """What of the sale decides about the keys."""
    if sale is None:
        return ()
    return (sale.tax_free, sale.net_allowed, sale.net_view, sale.paper, sale.papers, sale.points)
