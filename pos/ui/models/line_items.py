"""The lines of the sale as a list model that tells exactly what changed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.till.sale_views import LineView
from pos.ui.face import Face
from pos.ui.models.line_text import line_detail, line_mark, reduction_words

LINE = int(Qt.ItemDataRole.UserRole)
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class LineItemsModel(QAbstractListModel):
    """Shows the lines of one snapshot; the next snapshot is compared line by line."""

    def __init__(self, face: Face, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._lines: tuple[LineView, ...] = ()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            mark = line_mark(self._face, line)[1]
            off = (
                f"{self._face.off(one.amount)} {reduction_words(self._face, one)}"
                for one in line.reductions
            )
            amount = self._face.money(line.amount)
            parts = (line.name, line_detail(self._face, line), *off, amount, mark)
            return ", ".join(part for part in parts if part)
        return None

    def show(self, lines: tuple[LineView, ...]) -> None:
        """Take over the lines of a new snapshot, touching only rows that differ."""
        same = _common_start(self._lines, lines)
        if same < min(len(self._lines), len(lines)) and _other_sale(self._lines, lines, same):
            self._cut(0)
            same = 0
        self._cut(len(lines))
        self._replace(lines[: len(self._lines)], same)
        self._append(lines)

    def row_of(self, number: int) -> int:
        """The row of a line number, or -1."""
        return next((row for row, line in enumerate(self._lines) if line.number == number), -1)

    def _cut(self, length: int) -> None:
        if length < len(self._lines):
            self.beginRemoveRows(QModelIndex(), length, len(self._lines) - 1)
            self._lines = self._lines[:length]
            self.endRemoveRows()

    def _replace(self, lines: tuple[LineView, ...], first: int) -> None:
        changed = [row for row in range(first, len(lines)) if lines[row] != self._lines[row]]
        self._lines = lines
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _append(self, lines: tuple[LineView, ...]) -> None:
        if len(lines) > len(self._lines):
            self.beginInsertRows(QModelIndex(), len(self._lines), len(lines) - 1)
            self._lines = lines
            self.endInsertRows()


def _common_start(old: tuple[LineView, ...], new: tuple[LineView, ...]) -> int:
    return next(
        (row for row, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _other_sale(old: tuple[LineView, ...], new: tuple[LineView, ...], row: int) -> bool:
    return (old[row].number, old[row].product) != (new[row].number, new[row].product)
