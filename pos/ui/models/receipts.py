"""The hits of the receipt history."""

from __future__ import annotations

from pos.ports.store import ReceiptRow
from pos.ui.face import Face
from pos.ui.models.rows import RowsModel


class ReceiptsModel(RowsModel[ReceiptRow]):
    """The receipts one question found, newest first."""

    def spoken(self, row: ReceiptRow) -> str:
        """Its number and its sum."""
        return f"{receipt_title(self.face, row)}, {self.face.money(row.total)}"

    def show(self, rows: tuple[ReceiptRow, ...]) -> None:
        """Take over what was found; where it is the same, what is chosen stays so."""
        if rows != self.rows:
            super().show(rows)


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
