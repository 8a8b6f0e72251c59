"""Reads the orders of the back office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select

from pos.domain.order import OfficeOrder, OrderedLine, OrderKind
from pos.storage.catalogue.mapping import instant
from pos.storage.catalogue.points import PointsReader
from pos.storage.catalogue.tables import TABLES, customers, products, shop

orders = TABLES["orders"]
order_lines = TABLES["order_lines"]
variants = TABLES["variants"]
_linked = products.alias("linked")

_ORDERS = (
    select(
        *(each for each in orders.c if each.name != "name"),
        func.coalesce(orders.c.name, customers.c.name, "").label("name"),
        func.coalesce(customers.c.card, "").label("card"),
    )
    .join_from(orders, customers, customers.c.number == orders.c.customer, isouter=True)
    .order_by(orders.c.line)
)
_LINES = (
    select(
        *(each for each in order_lines.c if each.name not in ("product", "line")),
        func.coalesce(order_lines.c.product, variants.c.product, _linked.c.number).label("product"),
    )
    .join_from(order_lines, variants, variants.c.number == order_lines.c.variant, isouter=True)
    .join(_linked, _linked.c.number == order_lines.c.service, isouter=True)
    .order_by(order_lines.c.order_number, order_lines.c.position)
)


class OrderReader(PointsReader):
    """One thread's view of the orders."""

    def orders(self) -> tuple[OfficeOrder, ...]:
        """Every order of the back office, in the order of its file."""
        return tuple(self._all_orders().values())

    def order(self, number: str) -> OfficeOrder | None:
        """The back office's order of that number."""
        return self._all_orders().get(number)

    def _all_orders(self) -> dict[str, OfficeOrder]:
        return self._remembered("orders", lambda: dict(self._read_orders()))

    def _read_orders(self) -> Iterator[tuple[str, OfficeOrder]]:
        home = self._first(select(shop.c.zone))
        zone = ZoneInfo(home.zone if home else "UTC")
        lines: defaultdict[str, list[OrderedLine]] = defaultdict(list)
        for row in self._rows(_LINES):
            lines[row.order_number].append(_line(row))
        for row in self._rows(_ORDERS):
            yield row.number, _order(row, zone, lines[row.number])


def _line(row: Row[Any]) -> OrderedLine:
    return OrderedLine(
        number=row.position,
        product=row.product or "",
        quantity=row.quantity,
        variant=row.variant or "",
        name=row.name or "",
        packaging=row.packaging or "",
        price=row.price,
        shop_category=row.shop_category or "",
        text=row.text or "",
    )


def _order(row: Row[Any], zone: ZoneInfo, lines: Sequence[OrderedLine]) -> OfficeOrder:
    return OfficeOrder(
        number=row.number,
        kind=OrderKind(row.kind),
        customer=row.customer or "",
        name=row.name,
        card=row.card,
        placed=instant(row.placed, zone, time.min),
        due=instant(row.due, zone, time.min),
        paid=bool(row.paid),
        till=row.till or "",
        text=row.text or "",
        lines=tuple(lines),
    )
