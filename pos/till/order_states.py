"""What becomes of an order when the sale that has it in work ends (T-075).

Called inside the transaction that ends the sale, so that order and receipt never disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.order import Cart, OrderRecord, OrderState, left_of
from pos.domain.sale import Sale
from pos.ports.store import PrintJob, UnitOfWork
from pos.till import papers
from pos.till.desk import Desk
from pos.till.lookup import deposit_draft
from pos.till.order_records import keep_made, new_number


class Settled(Struct, frozen=True):
    """An order that was settled.

    Attributes:
        left_out: products the customer didn't want any more.
        rest: the order that holds what stays ordered, None where nothing does; `worth` is what that
            would cost now.
    """

    number: str
    left_out: Sequence[str]
    rest: OrderRecord | None
    worth: Money

    def record(self) -> dict[str, object]:
        """What the back office is told of it."""
        told: dict[str, object] = {"number": self.number, "left_out": list(self.left_out)}
        return told | ({"rest": self.rest.number} if self.rest else {})


def let_go(desk: Desk, work: UnitOfWork, sale: Sale) -> None:
    """The sale was given up: its order waits again."""
    for record in desk.store.orders.of_sale(sale.id):
        _keep(desk, work, sale, record, OrderState.OPEN)


def settle(desk: Desk, work: UnitOfWork, closed: Sale) -> list[Settled]:
    """The sale is paid: its order is settled, and what stays ordered is an order of its own.

    What the customer left out for good is named; an order nothing was taken of waits again.
    """
    settled: list[Settled] = []
    for record in desk.store.orders.of_sale(closed.id):
        mine = [line for line in closed.lines if line.goods.order == record.number]
        taken = any(not line.removed for line in mine)
        _keep(desk, work, closed, record, OrderState.SETTLED if taken else OrderState.OPEN)
        if taken:
            out = [line.product for line in mine if line.removed and not line.goods.left]
            worth = _worth(desk, closed, left_of(closed, record.number))
            rest = _rest(desk, work, closed, record.number, worth)
            settled.append(Settled(record.number, out, rest, worth))
    return settled


def queue_rests(desk: Desk, work: UnitOfWork, settled: Sequence[Settled]) -> list[PrintJob | None]:
    """Queue a slip for each order that holds a rest; its code brings it back."""
    slips = (papers.order_slip(desk, each.rest, each.worth) for each in settled if each.rest)
    return [desk.queue(work, slip) for slip in slips]


def _rest(
    desk: Desk, work: UnitOfWork, closed: Sale, order: str, worth: Money
) -> OrderRecord | None:
    cart = left_of(closed, order)
    if cart is None:
        return None
    number = new_number(desk, work)
    rest = OrderRecord(number, OrderState.OPEN, desk.now(), closed.operator, cart)
    keep_made(desk, work, rest, closed, worth, rest_of=order)
    return rest


def _worth(desk: Desk, sale: Sale, cart: Cart | None) -> Money:
    """What the rest would cost now, with its deposits."""
    lines = cart.lines if cart else ()
    deposits = filter(None, (deposit_draft(desk, line) for line in lines))
    amounts = (line.amount(sale.currency) for line in (*lines, *deposits))
    return Money.total(amounts, sale.currency)


def _keep(desk: Desk, work: UnitOfWork, sale: Sale, record: OrderRecord, state: OrderState) -> None:
    settled = state is OrderState.SETTLED
    work.save_order(replace(record, state=state, sale=sale.id if settled else ""))
    kind = Kind.ORDER_SETTLED if settled else Kind.ORDER_LET_GO
    desk.record(work, kind, {"order": record.number}, sale=sale)
