"""The cards a filter lets through, fetched page by page as the list is scrolled."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pos.till.voucher_views import CardRowView
from pos.ui.face import Face
from pos.ui.models.card_text import card_detail

CARD = int(Qt.ItemDataRole.UserRole)
PAGE = 50
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class CardsModel(QAbstractListModel):
    """Rows of cards.

    Signals:
        more_wanted(after): the list was scrolled to its end; `after` is its last card.
    """

    more_wanted = Signal(str)

    def __init__(self, face: Face, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.rows: tuple[CardRowView, ...] = ()
        self._ended, self._asked = True, ""

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many are here by now."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The card itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        card = self.rows[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            amount = self._face.money(card.available)
            return f"{card.programme}, {card_detail(self._face, card)}, {amount}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the last page was a full one."""
        return not self._ended

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        last = self.rows[-1].card if self.rows else ""
        if last != self._asked:
            self._asked = last
            self.more_wanted.emit(last)

    def show(self, rows: tuple[CardRowView, ...]) -> None:
        """Begin anew with a first page."""
        self.beginResetModel()
        self.rows, self._asked = rows, ""
        self._ended = len(rows) < PAGE
        self.endResetModel()

    def append(self, rows: tuple[CardRowView, ...]) -> None:
        """Take over a further page."""
        self._ended = len(rows) < PAGE
        if rows:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
