"""What papers say of goods that come back: of which receipt, and why."""

from __future__ import annotations

from datetime import date

from pos.documents.receipt import ReturnedFrom
from pos.domain.sale import LineItem, Sale
from pos.till.desk import Desk


def sources(desk: Desk, sale: Sale) -> tuple[ReturnedFrom, ...]:
    """The receipts that goods come back of, in the order of their numbers; last, goods without."""
    if sale.voids is not None:
        return ()
    numbers = {line.returns.receipt for line in sale.active_lines if line.returns is not None}
    known = tuple(ReturnedFrom(number, _day(desk, number)) for number in sorted(numbers - {0}))
    return (*known, ReturnedFrom(0)) if 0 in numbers else known


def reason(sale: Sale) -> str:
    """Why, where it is the same for all that comes back; else empty."""
    told = _reasons(sale)
    return told.pop() if len(told) == 1 else ""


def line_notes(desk: Desk, line: LineItem, sale: Sale) -> tuple[str, ...]:
    """Under a line: its receipt and the reason, where they aren't the same for all."""
    link, texts = line.returns, desk.paper_texts
    if link is None or line.deposit_of is not None:
        return ()
    receipts = {one.returns.receipt for one in sale.active_lines if one.returns is not None}
    notes = []
    if len(receipts) > 1:
        key = "receipt.of_receipt" if link.receipt else "receipt.of_none"
        notes.append(texts.get(key, number=link.receipt))
    if link.reason and not reason(sale):
        notes.append(texts.get("receipt.return_reason", reason=link.reason))
    return tuple(notes)


def _reasons(sale: Sale) -> set[str]:
    return {line.returns.reason for line in sale.active_lines if line.returns is not None}


def _day(desk: Desk, number: int) -> date:
    closed_at = desk.store.sale_by_receipt(number).closed_at
    assert closed_at is not None
    return closed_at.astimezone(desk.paper_texts.zone).date()
