"""Orders that wait, as a list model."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from pos.till.order_views import OrderView
from pos.ui.face import Face
from pos.ui.models.order_text import order_detail, order_name, order_state

ORDER = int(Qt.ItemDataRole.UserRole)
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class OrdersModel(QAbstractListModel):
    """Rows of orders, in the order the till gives them."""

    def __init__(self, face: Face, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.rows: tuple[OrderView, ...] = ()

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
        self.rows = rows
        self.endResetModel()
