"""Part of an order: what isn't taken today stays ordered (T-075)."""

from __future__ import annotations

from pos.domain import sale as sales
from pos.domain.journal import Kind
from pos.domain.order import leave
from pos.domain.quantity import Quantity
from pos.till.desk import Desk
from pos.till.selling import keep_line, with_deposit
from pos.till.undo import LineRemoved


def leave_ordered(desk: Desk, number: int, quantity: Quantity | None) -> None:
    """Strike out an ordered line, or so much of it: the rest becomes an order when the sale closes.

    It is no void: no report counts it among the lines that were removed.
    """
    sale = desk.open_sale()
    sale.demand_free()
    taken, stays = leave(sale.line(number), quantity)
    if taken is None:
        sale, _ = sales.remove_line(sale, number)
        sale, left = sales.change_line(sale, stays)
    else:
        sale, taken = sales.change_line(sale, taken)
        sale = with_deposit(desk, sale, taken)
        sale, left = sales.add_line(sale, stays, merge=False)
        sale, left = sales.remove_line(sale, left.number)
    keep_line(desk, sale, left, Kind.LINE_LEFT, of=number)
    desk.undos.append(LineRemoved(left.number))
