"""Reads the orders of till.db; a unit of work writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from pos.domain.order import OrderRecord, OrderState
from pos.storage.till.joining import Joining
from pos.storage.till.tables import customer_order

_AT_ONCE = 500
_ORDERS = select(customer_order)
_WAITING = (OrderState.OPEN.value, OrderState.IN_WORK.value)


class Orders(Joining):
    """Implements `pos.ports.store.OrderBook` on the till's connection."""

    def record(self, number: str) -> OrderRecord | None:
        """What is known of the order of that number."""
        return self.records([number]).get(number)

    def records(self, numbers: Collection[str]) -> Mapping[str, OrderRecord]:
        """What is known of these orders, by number."""
        wanted, found = list(numbers), {}
        for start in range(0, len(wanted), _AT_ONCE):
            chosen = customer_order.c.number.in_(wanted[start : start + _AT_ONCE])
            found.update({row.number: _read(row) for row in self._all(_ORDERS.where(chosen))})
        return found

    def waiting(self) -> Sequence[OrderRecord]:
        """Orders made here that are open or in work, the newest first."""
        statement = _ORDERS.where(
            customer_order.c.state.in_(_WAITING), customer_order.c.cart.isnot(None)
        ).order_by(customer_order.c.made_at.desc(), customer_order.c.number)
        return [_read(row) for row in self._all(statement)]

    def every(self) -> Sequence[OrderRecord]:
        """All that is known, by number; for an auditor."""
        return [_read(row) for row in self._all(_ORDERS.order_by(customer_order.c.number))]

    def of_sale(self, sale: str) -> Sequence[OrderRecord]:
        """The orders a sale has in work."""
        in_work = customer_order.c.state == OrderState.IN_WORK.value
        statement = _ORDERS.where(customer_order.c.sale == sale, in_work)
        return [_read(row) for row in self._all(statement)]


def _read(row: Row[Any]) -> OrderRecord:
    return OrderRecord(
        number=row.number,
        state=OrderState(row.state),
        made_at=row.made_at,
        made_by=row.made_by,
        cart=row.cart,
        sale=row.sale or "",
    )
