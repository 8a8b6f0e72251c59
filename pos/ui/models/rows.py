"""Rows of one kind as a list model, whole or page by page."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pos.ui.face import Face

ROW = int(Qt.ItemDataRole.UserRole)
"""The role under which a row itself is asked for."""
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowsModel(QAbstractListModel, Generic[Row]):
    """Shows what one question found, in the order the till gives it.

    Args:
        page: rows of a full page, after which there may be more; 0 where all come at once.

    Signals:
        more_wanted(): the list was scrolled to its end.
    """

    more_wanted = Signal()

    def __init__(self, face: Face, page: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self.rows: tuple[Row, ...] = ()
        self._page, self._ended, self._asked = page, True, 0

    def spoken(self, row: Row) -> str:
        """What a screen reader says of a row."""
        raise NotImplementedError

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many are here by now."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(row)
        return None

    def show(self, rows: tuple[Row, ...]) -> None:
        """Begin anew with these."""
        self.beginResetModel()
        self.rows, self._asked = rows, 0
        self._ended = self._is_last(rows)
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the last page was a full one."""
        return not self._ended

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        if len(self.rows) != self._asked:
            self._asked = len(self.rows)
            self.more_wanted.emit()

    def append(self, rows: tuple[Row, ...]) -> None:
        """Take over a further page."""
        self._ended = self._is_last(rows)
        if rows:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def _is_last(self, rows: tuple[Row, ...]) -> bool:
        return not self._page or len(rows) < self._page
