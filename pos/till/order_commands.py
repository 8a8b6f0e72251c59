"""The commands of the till that make orders, load them and give them up."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.quantity import Quantity
from pos.till import order_views, orders, part_orders, tracing
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.order_views import OrderView
from pos.till.views import TillView


class OrderCommands(Facade):
    """A cart becomes an order; an order becomes a sale (T-075)."""

    @command
    def make_order(self, label: str = "", slip: bool = True) -> TillView:
        """Turn the open sale into an order, with a slip whose code brings it back. Without a
        customer the label says whose it is.
        """
        orders.make(self._desk, label, slip)
        return self._changed()

    @command
    def load_order(self, order: str) -> TillView:
        """Begin a sale with what was ordered; closing it settles the order."""
        orders.load(self._desk, order)
        return self._changed()

    @command
    def leave_ordered(self, line: int, quantity: Quantity | None = None) -> TillView:
        """An ordered line, or so much of it, isn't taken today: closing the sale makes an order of
        it. Until then `restore_line` takes it back.
        """
        part_orders.leave_ordered(self._desk, line, quantity)
        return self._changed()

    @command
    def withdraw_order(self, order: str, reason: str = "") -> TillView:
        """Give up an order that was made at this till."""
        orders.withdraw(self._desk, order, reason)
        return self._changed()

    @command
    def name_number(self, line: int, number: str) -> TillView:
        """Give a line the serial number or lot it waits for (T-033)."""
        tracing.name_number(self._desk, line, number)
        return self._changed()

    @query
    def orders(self, text: str = "", offset: int = 0) -> Sequence[OrderView]:
        """A page of the orders that wait and fit a text, those with a day first."""
        return order_views.orders(self._desk, text, offset)
