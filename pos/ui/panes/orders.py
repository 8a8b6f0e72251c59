"""Orders that wait: found by number, name or slip, loaded into a sale, or given up (T-075)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.runtime.lane import Outcome
from pos.till.order_views import PAGE, OrderView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.order_text import is_free
from pos.ui.models.orders import OrdersModel
from pos.ui.models.rows import ROW
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import column, frame, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.order_list import OrderList
from pos.ui.work import Work


class OrdersPane(Pane):
    """Up, Down and Enter choose; what is typed filters.

    Signals:
        given_up(order): an order made here is to be withdrawn.
    """

    given_up = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("orders.title"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(face.text("orders.find"))
        self.field.setAccessibleName(face.text("orders.find"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(60)
        self.field.textChanged.connect(self.ask)
        self.model = OrdersModel(face, PAGE, self)
        self.model.more_wanted.connect(self._ask_more)
        self.list = OrderList(face)
        self.list.setModel(self.model)
        self.list.doubleClicked.connect(self._load)
        self.list.selectionModel().currentChanged.connect(self._show_keys)
        self._none = Empty(face, "clipboard-list", face.text("orders.none"))
        self.load = Key(
            face.look,
            face.text("orders.load"),
            icon="play",
            kind="primary",
            hint=face.text("key.enter"),
            height=72,
            size=tokens.LEAD,
        )
        self.load.clicked.connect(self._load)
        self.drop = Key(face.look, face.text("orders.withdraw"), icon="trash-2", height=72)
        self.drop.clicked.connect(self._drop)
        self._build()

    def entered(self) -> None:
        """Ask for the orders as they are now; the keyboard filters."""
        self.field.setFocus()
        self.field.clear()
        self.ask()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Arrows move in the list, Enter loads; Delete gives up; letters filter."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._select(self.list.currentIndex().row() + (event.key() == Qt.Key.Key_Down) * 2 - 1)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._load()
            return True
        if event.key() == Qt.Key.Key_Delete:
            self._drop()
            return True
        if super().hotkey(event):
            return True
        if event.text().isprintable() and event.text():
            self.field.setFocus()
            self.field.insert(event.text())
            return True
        return False

    def ask(self) -> None:
        """Ask for what the filter lets through."""
        wanted = self.field.text()
        self.work.ask(lambda till: till.orders(wanted), self._on_orders, urgent=False)

    def _ask_more(self) -> None:
        wanted, offset = self.field.text(), self.model.rowCount()
        self.work.ask(lambda till: till.orders(wanted, offset), self._on_more, urgent=False)

    def _on_more(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.model.append(tuple(outcome.value))

    def chosen(self) -> OrderView | None:
        """The order that the keys are meant for."""
        index = self.list.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def _on_orders(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.model.show(tuple(outcome.value))
            found = bool(self.model.rows)
            self._none.words.setText(
                self.face.text("orders.not_found", text=wanted)
                if (wanted := self.field.text().strip())
                else self.face.text("orders.none")
            )
            self._none.setVisible(not found)
            self.list.setVisible(found)
            self._select(0)

    def _select(self, place: int) -> None:
        index = self.model.index(max(0, min(len(self.model.rows) - 1, place)), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._show_keys()

    def _show_keys(self, *_: QModelIndex) -> None:
        order = self.chosen()
        self.load.setEnabled(order is not None and is_free(order))
        self.drop.setEnabled(order is not None and order.own and is_free(order))

    def _load(self) -> None:
        order = self.chosen()
        if order is None:
            return
        number = order.number
        if is_free(order):
            self.left.emit()
        self.work.do(lambda till: till.load_order(number))

    def _drop(self) -> None:
        if self.drop.isEnabled():
            self.given_up.emit(self.chosen())

    def _build(self) -> None:
        card = frame("card")
        inside = column(self.list, self._none, gap=0, margin=4)
        inside.setStretch(0, 1)
        inside.setStretch(1, 1)
        card.setLayout(inside)
        keys = row(self.drop, self.load, gap=10)
        keys.setStretch(1, 1)
        content = QWidget()
        layout = column(self.field, card, keys, gap=12)
        layout.setStretch(1, 1)
        content.setLayout(layout)
        if self.face.compact:
            self.list.setMinimumHeight(self.face.look.px(200))
            self.body.addWidget(scrolling(padded(content)), 1)
        else:
            self.body.addWidget(content, 1)
