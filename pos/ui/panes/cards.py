"""All cards, filtered by programme, state, owner and the end of their code (T-120, ETRON-43)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.customer import Customer
from pos.ports.stored_value import CardState
from pos.runtime.lane import Outcome
from pos.till.voucher_views import CardFilterView
from pos.ui.face import Face
from pos.ui.models.cards import CardsModel
from pos.ui.models.rows import ROW
from pos.ui.panes.field_pane import FieldPane
from pos.ui.widgets.basics import clear, column, frame, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.card_list import CardList
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work

PAGE = 50
"""Cards fetched at once."""
STATES = ("", *(state.value for state in CardState))


class CardsPane(FieldPane):
    """Up, Down and Enter choose; what is typed filters by the end of the code.

    Signals:
        chosen(card): a card is to be shown, by id.
        owner_wanted(): a customer is to be chosen whose cards are shown.
    """

    chosen = Signal(str)
    owner_wanted = Signal()

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("cards.title"), face.text("cards.ending"), 40)
        self.programme, self.state, self.customer, self.run = "", "", "", ""
        self._programmes: tuple[CardFilterView, ...] = ()
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.ask)
        self.owner = Key(face.look, face.text("cards.all_owners"), icon="user", height=48)
        self.owner.clicked.connect(self._on_owner)
        self.states = flowing(*(self._state_key(state) for state in STATES))
        self.programmes = flowing()
        self.model = CardsModel(face, PAGE, self)
        self.model.more_wanted.connect(self._ask_more)
        self.list = CardList(face)
        self.list.setModel(self.model)
        self.list.clicked.connect(self._on_row)
        self._none = Empty(face, "ticket", face.text("cards.none"))
        self._build()

    def entered(self) -> None:
        """Ask for the cards as they are now; the keyboard filters."""
        self.field.setFocus()
        self.work.ask(lambda till: till.card_filters(), self._on_filters)
        self.ask()

    def step(self, by: int) -> None:
        """Mark another card."""
        self._select(self.list.currentIndex().row() + by)

    def take(self) -> None:
        """Show the marked card."""
        self._on_row(self.list.currentIndex())

    def hotkey(self, event: QKeyEvent) -> bool:
        """Letters filter; F9 again goes back."""
        if event.key() == Qt.Key.Key_F9:
            self.left.emit()
            return True
        return super().hotkey(event)

    def show_owner(self, customer: Customer | None) -> None:
        """Show only one customer's cards, or everybody's."""
        self.customer = customer.number if customer is not None else ""
        words = customer.name if customer is not None else self.face.text("cards.all_owners")
        self.owner.set_text(words)
        self.owner.set_kind("selected" if customer is not None else "key")
        self.ask()

    def show_only(self, programme: str, run: str) -> None:
        """Show the cards of a programme or of one generation; choosing a kind ends the latter."""
        self.programme, self.run, self.state, self.customer = programme, run, "", ""
        self.owner.set_text(self.face.text("cards.all_owners"))
        self.owner.set_kind("key")
        for key in self.states.findChildren(Key):
            key.setChecked(not key.property("state"))
        self.field.clear()
        self._show_programmes()

    def ask(self) -> None:
        """Ask for the first page of what the filters let through."""
        self._fetch("", self._on_cards)

    def _ask_more(self) -> None:
        self._fetch(self.model.rows[-1].card, self._on_more)

    def _fetch(self, after: str, reply) -> None:  # type: ignore[no-untyped-def]
        programme, state, customer, run = self.programme, self.state, self.customer, self.run
        ending = self.field.text().strip()
        self.work.ask(
            lambda till: till.vouchers(programme, ending, customer, state, after, PAGE, run), reply
        )

    def _on_filters(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, list | tuple):
            return
        if self._programmes != (found := tuple(outcome.value)):
            self._programmes = found
            self._show_programmes()

    def _on_cards(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.model.show(tuple(outcome.value))
            found = self.model.rowCount() > 0
            self._none.setVisible(not found)
            self.list.setVisible(found)
            self._select(0)

    def _on_more(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.model.append(tuple(outcome.value))

    def _select(self, place: int) -> None:
        last = self.model.rowCount() - 1
        index = self.model.index(max(0, min(last, place)), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_row(self, index: QModelIndex) -> None:
        card = index.data(ROW)
        if card is not None:
            self.chosen.emit(card.card)

    def _state_key(self, state: str) -> Key:
        key = Key(self.face.look, self.face.text(f"cards.state.{state or 'any'}"), height=48)
        key.setCheckable(True)
        key.setChecked(not state)
        key.setAutoExclusive(True)
        key.setProperty("state", state)
        key.clicked.connect(self._on_state)
        return key

    def _show_programmes(self) -> None:
        layout = self.programmes.layout()
        assert layout is not None
        clear(layout)
        everything = ("", self.face.text("cards.all_programmes"))
        for number, name in (everything, *((one.programme, one.name) for one in self._programmes)):
            key = Key(self.face.look, name, height=48)
            key.setCheckable(True)
            key.setChecked(number == self.programme)
            key.setAutoExclusive(True)
            key.setProperty("programme", number)
            key.clicked.connect(self._on_programme)
            layout.addWidget(key)

    def _on_state(self) -> None:
        self.state = str(self.sender().property("state"))
        self.ask()

    def _on_programme(self) -> None:
        self.programme, self.run = str(self.sender().property("programme")), ""
        self.ask()

    def _on_owner(self) -> None:
        if self.customer:
            self.show_owner(None)
        else:
            self.owner_wanted.emit()

    def _build(self) -> None:
        top = row(self.field, self.owner, gap=10)
        top.setStretch(0, 1)
        card = frame("card")
        inside = column(self.list, self._none, gap=0, margin=4)
        inside.setStretch(0, 1)
        inside.setStretch(1, 1)
        card.setLayout(inside)
        content = QWidget()
        layout = column(top, self.programmes, self.states, card, gap=12)
        layout.setStretch(3, 1)
        content.setLayout(layout)
        if self.face.compact:
            self.list.setMinimumHeight(self.face.look.px(200))
            self.body.addWidget(scrolling(padded(content)), 1)
        else:
            self.body.addWidget(content, 1)
