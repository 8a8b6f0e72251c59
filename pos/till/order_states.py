"""What becomes of an order when the sale that has it in work ends (T-075).

Called inside the transaction that ends the sale, so that order and receipt never disagree.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.journal import Kind
from pos.domain.order import OrderRecord, OrderState
from pos.domain.sale import Sale
from pos.ports.store import UnitOfWork
from pos.till.desk import Desk


def let_go(desk: Desk, work: UnitOfWork, sale: Sale) -> None:
    """The sale was given up: its order waits again."""
    for record in desk.store.orders.of_sale(sale.id):
        _keep(desk, work, sale, record, OrderState.OPEN)


def settle(desk: Desk, work: UnitOfWork, closed: Sale) -> list[dict[str, object]]:
    """The sale is paid: its order is settled. Returns what the back office is told of it.

    What the customer left out stays out, and is named; an order nothing was taken of waits again.
    """
    told: list[dict[str, object]] = []
    for record in desk.store.orders.of_sale(closed.id):
        mine = [line for line in closed.lines if line.goods.order == record.number]
        taken = any(not line.removed for line in mine)
        state = OrderState.SETTLED if taken else OrderState.OPEN
        _keep(desk, work, closed, record, state)
        if taken:
            left = [line.product for line in mine if line.removed]
            told.append({"number": record.number, "left_out": left})
    return told


def _keep(desk: Desk, work: UnitOfWork, sale: Sale, record: OrderRecord, state: OrderState) -> None:
    settled = state is OrderState.SETTLED
    work.save_order(replace(record, state=state, sale=sale.id if settled else ""))
    kind = Kind.ORDER_SETTLED if settled else Kind.ORDER_LET_GO
    desk.record(work, kind, {"order": record.number}, sale=sale)
