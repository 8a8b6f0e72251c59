"""The list of receipts: number and total, under them when, who and how paid."""

from __future__ import annotations

from pos.ports.store import ReceiptRow
from pos.ui.face import Face
from pos.ui.models.receipts import receipt_detail, receipt_title
from pos.ui.widgets.two_rows import TwoRowList, TwoRows


class ReceiptList(TwoRowList):
    """Receipts of the history."""

    def __init__(self, face: Face) -> None:
        def say(receipt: ReceiptRow) -> TwoRows:
            return TwoRows(
                receipt_title(face, receipt),
                face.money(receipt.total),
                receipt_detail(face, receipt),
            )

        super().__init__(face, face.text("history.title"), say)
