"""Orders made here: their numbers, and what journal and back office are told of them (T-075)."""

from __future__ import annotations

import json

from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.order import OrderRecord
from pos.domain.sale import Sale
from pos.ports.store import UnitOfWork
from pos.till.desk import Desk, line_facts

SEQUENCE = "order"
"""The till counts its own orders."""


def new_number(desk: Desk, work: UnitOfWork) -> str:
    """The next number of this till."""
    return f"A{desk.till}-{work.next_number(SEQUENCE)}"


def keep_made(
    desk: Desk, work: UnitOfWork, record: OrderRecord, sale: Sale, total: Money, rest_of: str = ""
) -> None:
    """Keep an order made of a sale; `rest_of` is the order that this is the rest of."""
    assert record.cart is not None
    facts: dict[str, object] = {
        "order": record.number,
        "total": total.minor,
        "label": record.cart.label,
    }
    more: dict[str, object] = {"rest_of": rest_of} if rest_of else {}
    work.save_order(record)
    desk.record(work, Kind.ORDER_MADE, facts | more, sale=sale)
    body = json.dumps(_parcel(record, sale, total) | more, ensure_ascii=False)
    work.add_parcel("order", f"order-{record.number}-{sale.id}", body, desk.now())


def _parcel(record: OrderRecord, sale: Sale, total: Money) -> dict[str, object]:
    """What the back office is told of an order made here."""
    assert record.cart is not None
    customer = record.cart.customer
    return {
        "number": record.number,
        "at": record.made_at.isoformat(),
        "by": record.made_by,
        "customer": customer.number if customer else "",
        "name": customer.name if customer else record.cart.label,
        "note": record.cart.note,
        "total": total.minor,
        "lines": [line_facts(line, sale.currency) for line in record.cart.lines],
    }
