"""Orders that wait, as a list model."""

from __future__ import annotations

from pos.till.order_views import OrderView
from pos.ui.models.order_text import order_detail, order_name, order_state
from pos.ui.models.rows import RowsModel


class OrdersModel(RowsModel[OrderView]):
    """Rows of orders, fetched page by page."""

    def spoken(self, row: OrderView) -> str:
        """Whose it is, what is in it, its sum and its state."""
        face, amount = self.face, self.face.money(row.total)
        named, more = order_name(face, row), order_detail(face, row)
        return ", ".join(filter(None, (named, more, amount, order_state(face, row))))
