"""The receipts so far: filter, choose, look at one, and do something with it (T-100, T-101)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from pos.domain.money import Money
from pos.ports.store import ReceiptQuery
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.models.receipts import ReceiptsModel
from pos.ui.models.rows import ROW
from pos.ui.screens.receipt_actions import ReceiptActions
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import column, frame, row, sides
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.paper import Paper
from pos.ui.widgets.receipt_list import ReceiptList
from pos.ui.work import Work

ROOM_FOR_BOTH = 1200
"""Width from which the list stays beside what is asked about a receipt."""


class HistoryPage(Page):
    """Filters and hits at the left, the receipt itself at the right."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("history.title"))
        self.text = self._field("history.search")
        self.least, self.most = self._field("history.least"), self._field("history.most")
        self.model = ReceiptsModel(face, parent=self)
        self.list: QListView = ReceiptList(face)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._number, self._returning = 0, False
        self._none = Empty(face, "receipt-text", face.text("history.none"))
        self.paper = Paper(face, work)
        self.handling = ReceiptActions(face, work, self)
        self.handling.left.connect(self.left)
        work.receipt_wanted.connect(self.show_receipt)
        self.handling.scanned.connect(self._on_scanned)
        self._build()

    def entered(self) -> None:
        """Ask for the newest receipts; the keyboard searches."""
        self.handling.show_paper()
        self.text.setFocus()
        self.ask()

    def show_receipt(self, number: int, *, returning: bool = False) -> None:
        """Show one receipt alone, as its code was scanned; `returning` begins its return too."""
        self.handling.show_paper()
        for field in (self.text, self.least, self.most):
            field.blockSignals(True)
            field.clear()
            field.blockSignals(False)
        self.text.setPlaceholderText(self.face.text("history.single", number=number))
        self._number, self._returning = number, returning
        self._ask()

    def ask(self) -> None:
        """Ask for the receipts the filters let through; an unreadable amount filters nothing."""
        self._number, self._returning = 0, False
        self.text.setPlaceholderText(self.face.text("history.search"))
        self._ask()

    def _ask(self) -> None:
        query = ReceiptQuery(
            text=self.text.text().strip(),
            minimum=self._amount(self.least),
            maximum=self._amount(self.most),
            number=self._number,
        )
        self.work.ask(lambda till: till.receipts(query), self._on_receipts)

    def hotkey(self, event: QKeyEvent) -> bool:
        """Arrows choose; the keys under the paper say what else."""
        if self.handling.hotkey(event):
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._select(self.list.currentIndex().row() + step)
            return True
        return super().hotkey(event)

    def take_scan(self, code: str, scanner: str) -> bool:
        """While goods are picked that come back, a scan picks one more."""
        return self.handling.take_scan(code)

    def show_view(self, view: TillView) -> None:
        """Paint what the till says, where something is asked for."""
        self.handling.show_view(view)

    def _on_receipts(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.model.show(tuple(outcome.value))
            found = self.model.rowCount() > 0
            filtered = bool(self.text.text() or self.least.text() or self.most.text())
            self._none.words.setText(
                self.face.text("history.none" if filtered else "history.none_yet")
            )
            self._none.setVisible(not found)
            self.list.setVisible(found)
            if found:
                self._select(0)
                if self._returning:
                    self._returning = False
                    self.handling.begin_return()
            else:
                self.paper.show_document(None)
                self.handling.choose(None)

    def _on_scanned(self, number: int) -> None:
        self.show_receipt(number, returning=True)

    def _select(self, row_number: int) -> None:
        last = self.model.rowCount() - 1
        index = self.model.index(max(0, min(last, row_number)), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_current(self) -> None:
        receipt = self.list.currentIndex().data(ROW)
        if receipt is not None:
            number = receipt.number
            self.work.ask(lambda till: till.receipt(number), self.paper.take_document)
        self.handling.choose(receipt)

    def _on_asking(self, asked: bool) -> None:
        """What is asked needs the room: the list is chosen from already."""
        little = self.face.narrow or self.width() < self.face.look.px(ROOM_FOR_BOTH)
        self._left.setHidden(asked and little)

    def _field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.face.text(key))
        field.setAccessibleName(self.face.text(key))
        field.setClearButtonEnabled(True)
        field.setMaxLength(60)
        field.textChanged.connect(self.ask)
        return field

    def _amount(self, field: QLineEdit) -> Money | None:
        try:
            return Money.parse(field.text(), self.face.currency)
        except ValueError:
            return None

    def _build(self) -> None:
        amounts = row(self.least, self.most)
        left = frame("card")
        inside = column(self.text, amounts, self._none, self.list, gap=10, margin=16)
        inside.setStretch(2, 1)
        inside.setStretch(3, 1)
        left.setLayout(inside)
        right = frame("card")
        right.setLayout(column(self.handling.stack_over(self.paper), margin=8))
        self._left = left
        self.handling.asking.connect(self._on_asking)
        if self.face.narrow:
            for part in (self.list, right):
                part.setMinimumHeight(self.face.look.px(320))
        self.body.addWidget(sides(self.face, left, right, (1, 1), 16), 1)
