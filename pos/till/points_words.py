"""What a receipt says of points: what came, what went, and what is left."""

from __future__ import annotations

from itertools import groupby

from pos.documents.receipt import ReceiptPoints
from pos.domain.points import PointsEntry
from pos.domain.sale import Sale
from pos.till.desk import Desk


def account_lines(desk: Desk, sale: Sale) -> tuple[ReceiptPoints, ...]:
    """Each account of points a closed sale moved; nothing where it moved none (COMARCH-12).

    Out of the ledger, so a copy says what the receipt said.
    """
    if not sale.points:
        return ()
    entries = desk.store.points.of_sale(sale.id)
    names = {move.programme: move.name for move in sale.points}
    return tuple(
        ReceiptPoints(names.get(programme, programme), _rows(desk, list(made)))
        for (_, programme), made in groupby(
            entries, lambda entry: (entry.customer, entry.programme)
        )
    )


def _rows(desk: Desk, entries: list[PointsEntry]) -> tuple[tuple[str, str], ...]:
    texts, last = desk.paper_texts, entries[-1]
    rows = [
        (texts.get(f"points.receipt.{entry.kind}"), texts.signed(entry.points)) for entry in entries
    ]
    rows.append((texts.get("points.receipt.balance"), str(last.balance)))
    if last.owed:
        rows.append((texts.get("points.receipt.owed"), str(last.owed)))
    return tuple(rows)
