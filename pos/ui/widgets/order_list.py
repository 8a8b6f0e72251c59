"""The list of orders: whose it is and what it comes to, then number, day and goods."""

from __future__ import annotations

from pos.till.order_views import OrderView
from pos.ui.face import Face
from pos.ui.models.order_text import is_free, order_detail, order_name, order_state
from pos.ui.widgets.two_rows import TwoRowList, TwoRows


class OrderList(TwoRowList):
    """Why an order can't be loaded is said under its amount."""

    def __init__(self, face: Face) -> None:
        def say(order: OrderView) -> TwoRows:
            return TwoRows(
                order_name(face, order),
                face.money(order.total),
                order_detail(face, order),
                aside=order_state(face, order),
                faint=not is_free(order),
            )

        super().__init__(face, face.text("orders.title"), say)
