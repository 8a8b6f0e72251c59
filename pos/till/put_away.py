"""Where returned goods belong: a slip for whoever carries them back (ETRON-8)."""

from __future__ import annotations

from collections.abc import Iterator

from pos.documents.return_slip import PutAway, ReturnSlip, return_slip_document
from pos.domain.goods import option_words
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem, Sale
from pos.ports.store import PrintJob, UnitOfWork
from pos.till import papers
from pos.till.desk import Desk


def queue_slip(desk: Desk, work: UnitOfWork, sale: Sale) -> PrintJob | None:
    """Queue the slip of a closed sale; None where nothing that came back has a place."""
    goods = tuple(each for line in sale.active_lines for each in _goods(desk, line))
    if not any(each.place for each in goods):
        return None
    assert sale.receipt_number is not None and sale.closed_at is not None
    slip = ReturnSlip(
        till=sale.till,
        session=sale.session,
        receipt=sale.receipt_number,
        at=sale.closed_at,
        operator=papers.operator_name(desk, sale.operator),
        goods=goods,
    )
    return desk.queue(work, return_slip_document(slip, desk.paper_texts))


def _goods(desk: Desk, line: LineItem) -> Iterator[PutAway]:
    """The goods of a line that come back; of a kit each part, for each has its own place."""
    link = line.returns
    if link is None or not line.is_negative or line.loads is not None:
        return
    count = Quantity(abs(line.quantity.thousandths))
    for part in line.goods.parts:
        quantity = Quantity.of(part.quantity.decimal * count.decimal)
        place = _place(desk, part.product)
        yield PutAway(place, part.name, quantity, part.unit, reason=link.reason)
    if not line.goods.parts and line.deposit_of is None:
        known = (option_words(line.goods.options), line.goods.serial, line.goods.lot)
        mark = " · ".join(filter(None, known))
        place = _place(desk, line.product)
        yield PutAway(place, line.name, count, line.unit, mark, link.reason)


def _place(desk: Desk, product: str) -> str:
    return desk.catalogue.put_away(product, desk.paper_texts.language)
