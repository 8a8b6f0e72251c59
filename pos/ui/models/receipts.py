"""The hits of the receipt history."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from pos.ports.store import ReceiptRow
from pos.ui.face import Face

RECEIPT = int(Qt.ItemDataRole.UserRole)
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class ReceiptsModel(QAbstractListModel):
    """The receipts one question found, newest first."""

    def __init__(self, face: Face, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._rows: tuple[ReceiptRow, ...] = ()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many were found."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The receipt itself, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        receipt = self._rows[index.row()]
        if role == RECEIPT:
            return receipt
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{receipt_title(self._face, receipt)}, {self._face.money(receipt.total)}"
        return None

    def show(self, rows: tuple[ReceiptRow, ...]) -> None:
        """Take over what was found."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()


def receipt_title(face: Face, receipt: ReceiptRow) -> str:
    """ "Beleg 17"."""
    return face.text("history.receipt", number=receipt.number)


def receipt_detail(face: Face, receipt: ReceiptRow) -> str:
    """ "22.11.2026 14:05 · Anna · 3 Positionen · Bar"."""
    methods = ", ".join(face.texts.get(f"tender.method.{method}") for method in receipt.methods)
    lines = face.text("history.lines", count=receipt.lines)
    at = face.texts.moment(receipt.closed_at)
    words = [at, receipt.operator, lines, methods]
    if receipt.voids:
        words.insert(0, face.text("history.voids", number=receipt.voids))
    elif receipt.voided:
        words.insert(0, face.text("history.voided"))
    elif receipt.came_back:
        words.insert(0, face.text("history.came_back"))
    elif receipt.total.minor < 0:
        words.insert(0, face.text("history.take_back"))
    return " · ".join(word for word in words if word)
