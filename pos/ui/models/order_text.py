"""What a row of the orders says."""

from __future__ import annotations

from pos.till.order_views import OrderView
from pos.ui.face import Face


def order_name(face: Face, order: OrderView) -> str:
    """Whose it is."""
    return order.name or face.text("orders.unnamed", order=order.number)


def order_detail(face: Face, order: OrderView) -> str:
    """Its number, its day and its goods."""
    booked = order.kind == "booking"
    number = face.text("orders.booking", order=order.number) if booked else order.number
    return " · ".join(filter(None, (number, _day(face, order), ", ".join(order.goods))))


def is_free(order: OrderView) -> bool:
    """Whether it can be loaded."""
    return order.state == "open" and not order.paid


def order_state(face: Face, order: OrderView) -> str:
    """Why it can't be loaded, or what of it can't be sold; empty where all is well."""
    if order.paid:
        return face.text("orders.paid")
    if order.state == "in_work":
        return face.text("orders.in_work")
    return face.text("orders.unsellable", count=order.unsellable) if order.unsellable else ""


def _day(face: Face, order: OrderView) -> str:
    """When it takes place, is fetched, or was made."""
    texts = face.texts
    if order.due is None:
        return texts.moment(order.made_at) if order.made_at else ""
    local = order.due.astimezone(texts.zone)
    if order.kind == "booking":
        return face.text("orders.at", at=texts.moment(order.due))
    return face.text("orders.for_day", day=texts.date(local.date()))
