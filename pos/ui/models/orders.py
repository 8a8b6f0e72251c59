"""Orders that wait, as a list model."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pos.till.order_views import PAGE, OrderView
from pos.ui.face import Face
from pos.ui.models.order_text import order_detail, order_name, order_state

ORDER = int(Qt.ItemDataRole.UserRole)
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class OrdersModel(QAbstractListModel):
    """Rows of orders, in the order the till gives them.

    Signals:
        more_wanted(offset): the list was scrolled to its end; so many are here.
    """

    more_wanted = Signal(int)

    def __init__(self, face: Face, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.rows: tuple[OrderView, ...] = ()
        self._ended, self._asked = True, 0

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The order itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        order = self.rows[index.row()]
        if role == ORDER:
            return order
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            face, amount = self._face, self._face.money(order.total)
            named, more = order_name(face, order), order_detail(face, order)
            return ", ".join(filter(None, (named, more, amount, order_state(face, order))))
        return None

    def show(self, rows: tuple[OrderView, ...]) -> None:
        """Begin anew with these."""
        self.beginResetModel()
        self.rows, self._asked = rows, 0
        self._ended = len(rows) < PAGE
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the last page was a full one."""
        return not self._ended

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        if len(self.rows) != self._asked:
            self._asked = len(self.rows)
            self.more_wanted.emit(self._asked)

    def append(self, rows: tuple[OrderView, ...]) -> None:
        """Take over a further page."""
        self._ended = len(rows) < PAGE
        if rows:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
