"""What can come back of a receipt, as a screen shows it. All frozen."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from pos.domain.money import Money
from pos.domain.quantity import ONE, Quantity
from pos.domain.returning import Sold, paid_by_line, returnable
from pos.domain.returns import part_of
from pos.domain.sale import LineItem


class ReturnableLine(Struct, frozen=True):
    """A line that can come back.

    Attributes:
        sold, left: how many were sold, and how many can still come back; `unit` names what they
            count, a packaging where goods were sold by it.
        step: the finest quantity that can come back.
        amount: what all that is left is worth, its deposit included.
        each: what one of it brings, its deposit included, where the price is the same for each.
        serial: of the one piece it is; empty for others.
        empties: were paid out; to take that back the customer pays, so amounts are below zero.
    """

    number: int
    product: str
    name: str
    sold: Quantity
    left: Quantity
    unit: str
    step: Quantity
    amount: Money
    each: Money
    picture: str = ""
    serial: str = ""
    empties: bool = False


class ReturnableView(Struct, frozen=True):
    """A receipt that goods may come back of.

    Attributes:
        total: of the receipt.
        methods: how it was paid, text keys under `tender.method.`.
        voids: number of the receipt it takes back itself, 0 for others.
        can_void: of this session, and nothing of it has come back.
    """

    receipt: int
    closed_at: datetime
    total: Money
    methods: tuple[str, ...]
    lines: tuple[ReturnableLine, ...]
    voids: int
    can_void: bool


def returnable_view(sold: Sold, session: int) -> ReturnableView:
    """What is left of a receipt, counting what the sale on the screen gives back."""
    sale = sold.sale
    assert sale.closed_at is not None
    lines = tuple(_line(sold, line) for line in returnable(sale)) if sale.voids is None else ()
    untouched = all(not sold.back_of(line).quantity.thousandths for line in sale.active_lines)
    whole = all(line.returns is None for line in sale.active_lines)
    return ReturnableView(
        receipt=sold.number,
        closed_at=sale.closed_at,
        total=sale.total,
        methods=tuple(tender.method for tender in sale.tenders if tender.counts),
        lines=lines,
        voids=sale.voids or 0,
        can_void=sale.session == session and untouched and whole,
    )


def _line(sold: Sold, line: LineItem) -> ReturnableLine:
    content = line.content
    empties = line.is_negative
    left = -sold.left(line) if empties else sold.left(line)
    bought = -line.quantity if empties else line.packs or line.quantity
    one = content or ONE
    return ReturnableLine(
        number=line.number,
        product=line.product,
        name=line.name,
        sold=bought,
        left=_counted(left, content),
        unit=line.packaging or line.unit,
        step=ONE if content is not None else Quantity(line.step),
        amount=_worth(sold, line, left),
        each=_worth(sold, line, min(one, left)),
        picture=line.picture,
        serial=line.goods.serial,
        empties=empties,
    )


def _counted(quantity: Quantity, content: Quantity | None) -> Quantity:
    return quantity if content is None else Quantity.of(quantity.decimal / content.decimal)


def _worth(sold: Sold, line: LineItem, quantity: Quantity) -> Money:
    """What so much of a line brings, with the deposit bound to it."""
    paid = paid_by_line(sold.sale)
    quantity = -quantity if line.is_negative else quantity
    worth = part_of(paid[line.number], line.quantity, sold.back_of(line), quantity).gross
    deposit = sold.sale.deposit_line(line.number)
    if deposit is None or deposit.removed:
        return worth
    pieces = Quantity.of(quantity.decimal * line.goods.factor)
    back = sold.back_of(deposit)
    return worth + part_of(paid[deposit.number], deposit.quantity, back, pieces).gross
