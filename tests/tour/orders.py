"""Orders and bookings, as the tour sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.money import Money

if TYPE_CHECKING:
    from tests.tour.walk import Walk


def walk_orders(day: Walk) -> None:
    """A radio without its number becomes an order; one of the web shop is loaded."""
    selling = day.hands.selling
    day.do("add_product", "60008")
    day.do("set_price", 1, Money(3500))
    selling.ring_up("60006", None)
    day.picture("serial-or-order")
    selling.words.other.click()
    day.hands.settle()
    selling.act("pay")
    day.picture("serial-missing")
    selling.show_catalogue()
    day.pane("order")
    day.do("make_order", "Herr Novak")
    selling.act("orders")
    day.picture("orders")
    selling.orders.pane.field.setText("A1")
    day.hands.settle()
    day.picture("orders-found")
    selling.orders.pane.drop.click()
    day.picture("order-withdraw")
    selling.show_catalogue()
    day.do("load_order", "W-5001")
    day.picture("order-loaded")
    selling.cart.lines.select(0)
    day.do("cancel_sale", "Kunde kommt morgen")
