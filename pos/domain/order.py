"""Orders: what was agreed on with a customer, to be settled later by an ordinary sale (T-075).

An order made at a till is a cart that was set aside with a number. The back office and the web shop
send theirs in the exchange format. Either is loaded into a sale, and only that sale's end says what
becomes of the order, so none is settled twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.customer import Customer
from pos.domain.deduction import Deduction
from pos.domain.discount import Granted
from pos.domain.errors import Refusal
from pos.domain.goods import LineGoods
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import LineItem, Sale


class OrderKind(StrEnum):
    """What was agreed on: goods, or a booked appointment (T-038)."""

    ORDER = "order"
    BOOKING = "booking"


class OrderState(StrEnum):
    """Where an order stands. Settled and withdrawn ones never change again."""

    OPEN = "open"
    IN_WORK = "in_work"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


DONE = frozenset({OrderState.SETTLED, OrderState.WITHDRAWN})


class OrderedLine(Struct, frozen=True):
    """One line of an order of the back office.

    Attributes:
        product: its number; empty for a service nobody linked to a product (T-038).
        variant: number of the variant, empty where there is none.
        name: how other systems call it.
        quantity: in the product's unit, or packagings where `packaging` names one.
        price: agreed for one unit, tax as the product has it; None: what it costs that day.
        shop_category: of the online shop, as it came (ETRON-11).
        text: stands on the line in place of the product's name.
    """

    number: int
    product: str
    quantity: Quantity
    variant: str = ""
    name: str = ""
    packaging: str = ""
    price: Decimal | None = None
    shop_category: str = ""
    text: str = ""


class OfficeOrder(Struct, frozen=True):
    """An order of the back office, the web shop or an appointment service.

    Attributes:
        customer: number of the customer, empty for somebody without an account.
        name: who ordered; card: of the customer, so that it finds the order.
        placed, due: when it was made, and when it is fetched or takes place; UTC.
        paid: elsewhere already, so a till doesn't take the money again.
        till: the only till that may settle it; empty for all.
    """

    number: str
    kind: OrderKind = OrderKind.ORDER
    customer: str = ""
    name: str = ""
    card: str = ""
    placed: datetime | None = None
    due: datetime | None = None
    paid: bool = False
    till: str = ""
    text: str = ""
    lines: tuple[OrderedLine, ...] = ()


class Cart(Struct, frozen=True):
    """Goods agreed on, without the moment they are sold at. Deposits follow when they are."""

    lines: tuple[LineItem, ...]
    customer: Customer | None = None
    label: str = ""
    note: str = ""
    price_list: str = ""
    discount: Granted | None = None
    deductions: tuple[Deduction, ...] = ()

    def record(self) -> dict[str, object]:
        """As plain values."""
        return {
            "lines": [_line_record(line) for line in self.lines],
            "customer": self.customer.record() if self.customer else None,
            "label": self.label,
            "note": self.note,
            "price_list": self.price_list,
            "discount": self.discount.record() if self.discount else None,
            "deductions": [each.record() for each in self.deductions],
        }

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Cart:
        """What a record holds."""
        customer, discount = record["customer"], record["discount"]
        return cls(
            lines=tuple(map(_read_line, record["lines"])),
            customer=Customer.read(customer) if customer else None,
            label=record["label"],
            note=record["note"],
            price_list=record["price_list"],
            discount=Granted.read(discount) if discount else None,
            deductions=tuple(map(Deduction.read, record.get("deductions", ()))),
        )


class OrderRecord(Struct, frozen=True):
    """What this till keeps of an order.

    Attributes:
        cart: of an order made here; None for one of the back office, which the catalogue holds.
        sale: the sale that has it in work, or settled it.
        made_at: UTC; of an order of the office, when it was loaded first.
    """

    number: str
    state: OrderState
    made_at: datetime
    made_by: str
    cart: Cart | None = None
    sale: str = ""

    def load(self, sale: str) -> OrderRecord:
        """In work by a sale; raises Refusal where it is already, or done."""
        self.demand_open()
        return replace(self, state=OrderState.IN_WORK, sale=sale)

    def demand_open(self) -> None:
        """Raise Refusal "order_in_work" or "order_done" unless it waits."""
        if self.state is OrderState.IN_WORK:
            raise Refusal("order_in_work", order=self.number)
        if self.state in DONE:
            raise Refusal("order_done", order=self.number)


def cart_of(sale: Sale, label: str) -> Cart:
    """What an order keeps of a sale; raises Refusal "order_not_this" naming what can't wait.

    What gives back, loads a card or pays an invoice belongs to this moment.
    """
    sale.demand_free()
    lines = tuple(
        as_ordered(line)
        for line in sale.lines
        if line.deposit_of is None and (line.goods.left or not line.removed)
    )
    if not lines:
        raise Refusal("nothing_to_order")
    for line in lines:
        bound = line.goods.take_back or line.goods.invoice or line.returns or line.loads
        if bound:
            raise Refusal("order_not_this", name=line.name)
    terms = (sale.customer, label, sale.note, sale.price_list, sale.discount, sale.deductions)
    return Cart(lines, *terms)


def left_of(sale: Sale, order: str) -> Cart | None:
    """What of an order wasn't taken today and stays ordered; None where nothing was left so.

    Percentages go on counting; an amount off was given once, with what was taken.
    """
    lines = tuple(
        as_ordered(line) for line in sale.lines if line.goods.left and line.goods.order == order
    )
    discount = sale.discount if sale.discount and sale.discount.percent else None
    return Cart(lines, sale.customer, sale.label, "", sale.price_list, discount) if lines else None


def leave(line: LineItem, quantity: Quantity | None = None) -> tuple[LineItem | None, LineItem]:
    """What is taken of an ordered line today, None for nothing, and the line that stays ordered.

    Args:
        quantity: how much stays, in packagings on a packaging line; None is all of it.

    Raises Refusal "line_not_ordered", "line_removed", "quantity_not_positive" or "left_too_much".
    """
    if not line.goods.order or line.deposit_of is not None or line.returns is not None:
        raise Refusal("line_not_ordered", name=line.name)
    if line.removed:
        raise Refusal("line_removed", line=line.number)
    goods = replace(line.goods, left=True)
    stays = line.quantity if quantity is None else (line.content or ONE).times(quantity)
    if stays == line.quantity:
        return None, replace(line, goods=goods, removed=True)
    if stays.thousandths <= 0:
        raise Refusal("quantity_not_positive")
    if stays > line.quantity:
        raise Refusal("left_too_much", name=line.name)
    discount = line.discount if line.discount and line.discount.percent else None
    rest = replace(line, number=0, quantity=stays, goods=goods, discount=discount, share=0)
    return replace(line, quantity=line.quantity - stays), rest


def as_ordered(line: LineItem) -> LineItem:
    """A line as an order keeps it, whether it was taken back out of a sale or never sold."""
    goods = replace(line.goods, left=False)
    return replace(line, goods=goods, removed=False, share=0, untaxed=False)


def order_of(sale: Sale) -> str:
    """The number of the order a sale settles; empty for none."""
    orders = (line.goods.order for line in sale.lines if line.returns is None)
    return next(filter(None, orders), "")


_PLAIN = (
    "number",
    "product",
    "name",
    "unit",
    "tax_code",
    "tax_rate",
    "tax_included",
    "gtin",
    "packaging",
    "weighed",
    "price_source",
    "price_note",
    "picture",
    "step",
)


def _line_record(line: LineItem) -> dict[str, object]:
    plain: dict[str, object] = {name: getattr(line, name) for name in _PLAIN}
    return plain | {
        "quantity": line.quantity.thousandths,
        "unit_price": format(line.unit_price, "f"),
        "content": line.content.thousandths if line.content else 0,
        "discount": line.discount.record() if line.discount else None,
        "goods": line.goods.record(),
    }


def _read_line(record: Mapping[str, Any]) -> LineItem:
    discount, content = record["discount"], record["content"]
    return LineItem(
        **{name: record[name] for name in _PLAIN},
        quantity=Quantity(record["quantity"]),
        unit_price=Decimal(record["unit_price"]),
        content=Quantity(content) if content else None,
        discount=Granted.read(discount) if discount else None,
        goods=LineGoods.read(record["goods"]),
    )
