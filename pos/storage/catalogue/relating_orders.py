"""Checks of orders against what they lean on: an order comes whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.storage.catalogue.exchange_orders import ORDER_LINES, ORDERS
from pos.storage.catalogue.fields import FileFormat

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos.storage.catalogue.relating_goods import Drop

_NAMED = " + ".join(f"({name} IS NOT NULL)" for name in ("product", "variant", "service"))
_IS_PRODUCT = "EXISTS (SELECT 1 FROM products WHERE products.number = service)"
_COLLECTIVE = "EXISTS (SELECT 1 FROM shop WHERE booking_product IS NOT NULL)"
_PRODUCT = (
    "coalesce(product, service,"
    " (SELECT variants.product FROM variants WHERE variants.number = variant))"
)
_COUNT = "(SELECT count(*) FROM order_lines WHERE order_number = orders.number)"


class OrderRelations:
    """Removes the lines that can't be sold as they are, and the orders that lost one."""

    def __init__(self, connection: Connection, drop: Drop) -> None:
        self._connection, self._drop = connection, drop
        self._there: dict[str, int] = {}

    def before(self, file: FileFormat) -> None:
        """Count the lines of each order before any is found wanting."""
        if file is ORDER_LINES:
            rows = self._connection.exec_driver_sql(
                "SELECT order_number, count(*) FROM order_lines GROUP BY order_number"
            )
            self._there = {row[0]: row[1] for row in rows}

    def check(self, file: FileFormat) -> None:
        """Check lines, then whole orders."""
        if file is not ORDER_LINES:
            return
        self._drop(ORDER_LINES, "product", "one_article", f"({_NAMED}) <> 1")
        self._drop(
            ORDER_LINES,
            "service",
            "service_unlinked",
            f"service IS NOT NULL AND NOT {_IS_PRODUCT}"
            f" AND (name IS NULL OR price IS NULL OR NOT {_COLLECTIVE})",
        )
        self._drop(
            ORDER_LINES,
            "packaging",
            "packaging_elsewhere",
            "packaging IS NOT NULL AND NOT EXISTS (SELECT 1 FROM packagings"
            f" WHERE packagings.name = packaging AND packagings.product = {_PRODUCT})",
        )
        self._orders()

    def _orders(self) -> None:
        """An order without a line of its own would be settled for too little."""
        rows = self._connection.exec_driver_sql(f"SELECT number, lines, {_COUNT} FROM orders")
        short = [
            number
            for number, said, count in rows
            if not count or count < max(said, self._there.get(number, 0))
        ]
        for number in short:
            self._drop(ORDERS, "number", "order_incomplete", "number = ?", parameters=(number,))
        self._connection.exec_driver_sql(
            "DELETE FROM order_lines WHERE order_number NOT IN (SELECT number FROM orders)"
        )
