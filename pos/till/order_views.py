"""Orders as a screen lists them, each with what it would cost today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from pos.domain.money import Money
from pos.domain.order import OrderState
from pos.domain.sale import Sale
from pos.till.beginning import begin
from pos.till.desk import BEGINNING, Desk
from pos.till.orders import Found, prepare

PAGE = 30
"""So many orders are priced at a time: a scan that waits isn't kept waiting."""


class OrderView(Struct, frozen=True):
    """An order that waits, or is in work.

    Attributes:
        kind: "order" or "booking"; state: "open" or "in_work".
        name: the customer, or whatever it was made under; `text` what was noted with it.
        made_at, due: UTC; None where nobody said.
        goods: names of what was ordered, in their order.
        total: what it would cost now, agreed prices as agreed.
        own: made at this till, so it can be withdrawn here.
        paid: elsewhere; it can't be loaded.
        unsellable: how many of its lines can't be sold as things are.
    """

    number: str
    kind: str
    state: str
    name: str
    total: Money
    made_at: datetime | None = None
    due: datetime | None = None
    goods: tuple[str, ...] = ()
    text: str = ""
    own: bool = False
    paid: bool = False
    unsellable: int = 0


def orders(desk: Desk, text: str = "", offset: int = 0) -> tuple[OrderView, ...]:
    """A page of orders that wait and fit a text: first those with a day, the next one first, then
    the newest.

    The text may be part of a number, of a customer's name or card, or of what was noted.
    """
    desk.open_session()
    wanted = text.strip().casefold().removeprefix("o#")
    found = [each for each in _waiting(desk) if wanted in _words(each)]
    blank = begin_blank(desk)
    return tuple(_view(desk, each, blank) for each in _sorted(found)[offset : offset + PAGE])


def begin_blank(desk: Desk) -> Sale:
    """A sale nobody keeps, to price orders in; what can be undone of the open one stays."""
    kept = list(desk.undos)
    sale = begin(desk)
    desk.undos[:] = kept
    return sale


def _waiting(desk: Desk) -> Iterator[Found]:
    for record in desk.store.orders.waiting():
        yield Found(record.number, record, None)
    here = [each for each in desk.catalogue.orders() if each.till in ("", desk.till)]
    records = desk.store.orders.records([each.number for each in here])
    for office in here:
        found = Found(office.number, records.get(office.number), office)
        if found.own is None and found.state in (OrderState.OPEN, OrderState.IN_WORK):
            yield found


def _sorted(found: list[Found]) -> list[Found]:
    dated = [each for each in found if each.office and each.office.due]
    others = [each for each in found if each not in dated]
    return [
        *sorted(
            dated, key=lambda each: ((each.office and each.office.due) or BEGINNING, each.number)
        ),
        *sorted(others, key=lambda each: (_made(each) or BEGINNING, each.number), reverse=True),
    ]


def _made(found: Found) -> datetime | None:
    if found.own is not None and found.record is not None:
        return found.record.made_at
    return found.office.placed if found.office else None


def _words(found: Found) -> str:
    """What the filter looks into."""
    cart, office = found.own, found.office
    if cart is not None:
        card = cart.customer.card if cart.customer else ""
        more: tuple[str, ...] = (cart.label, cart.note, card)
    else:
        more = (office.text, office.customer, office.card) if office else ()
    return " ".join((found.number, _name(found), *more)).casefold()


def _name(found: Found) -> str:
    if found.own is not None:
        return found.own.customer.name if found.own.customer else found.own.label
    return found.office.name if found.office else ""


def _view(desk: Desk, found: Found, blank: Sale) -> OrderView:
    prepared = prepare(desk, found, blank)
    sale, office = prepared.sale, found.office
    return OrderView(
        number=found.number,
        kind=office.kind.value if office else "order",
        state=found.state.value,
        name=_name(found),
        total=sale.total,
        made_at=_made(found),
        due=office.due if office else None,
        goods=tuple(line.name for line in sale.lines if line.deposit_of is None),
        text=found.own.label if found.own and found.own.customer else sale.note,
        own=found.own is not None,
        paid=bool(office and office.paid),
        unsellable=len(prepared.failed),
    )
