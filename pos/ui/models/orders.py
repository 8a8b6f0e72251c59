"""Orders that wait, as a list model; what is said of one stands here too."""

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
from pos.ui.widgets.two_rows import TwoRows

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
            said = order_words(self._face, order)
            words = (said.title, said.detail, said.amount, said.aside)
            return ", ".join(each for each in words if each)
        return None

    def show(self, rows: tuple[OrderView, ...]) -> None:
        """Begin anew with these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def order_words(face: Face, order: OrderView) -> TwoRows:
    """Whose it is and what it comes to; then its number, its day and its goods."""
    text = face.text
    name = order.name or text("orders.unnamed", order=order.number)
    number = text("orders.booking", order=order.number) if order.kind == "booking" else order.number
    detail = " · ".join(filter(None, (number, _day(face, order), ", ".join(order.goods))))
    return TwoRows(
        name, face.money(order.total), detail, aside=_state(face, order), faint=not is_free(order)
    )


def is_free(order: OrderView) -> bool:
    """Whether it can be loaded."""
    return order.state == "open" and not order.paid


def _state(face: Face, order: OrderView) -> str:
    if order.paid:
        return face.text("orders.paid")
    if order.state == "in_work":
        return face.text("orders.in_work")
    return face.text("orders.unsellable", count=order.unsellable) if order.unsellable else ""


def _day(face: Face, order: OrderView) -> str:
    """When it takes place, is fetched, or was made."""
    texts = face.texts
    if order.due is None:
        return texts.moment(order.made_at) if order.made_at else ""
    local = order.due.astimezone(texts.zone)
    if order.kind == "booking":
        return face.text("orders.at", at=texts.moment(order.due))
    return face.text("orders.for_day", day=texts.date(local.date()))
