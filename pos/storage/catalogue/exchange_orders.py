"""The exchange format, last part: orders of the back office, the web shop, a booking service.

See `exchange.py`, which puts these files in their order of loading.
"""

from __future__ import annotations

from pos.domain.order import OrderKind
from pos.storage.catalogue.fields import Field, FileFormat, Kind, key_field

ORDERS = FileFormat(
    "orders",
    "Open orders a till may settle (T-075), and booked appointments (T-038). What a till has"
    " settled stays settled, however often the order comes.",
    ("number",),
    (
        key_field("of the order, on its slip as `O#` and the number"),
        Field(
            "kind",
            Kind.CHOICE,
            "goods, or an appointment",
            default="order",
            choices=tuple(OrderKind),
        ),
        Field("customer", Kind.KEY, "who ordered", refers="customers"),
        Field("name", Kind.TEXT, "who ordered, without an account"),
        Field("till", Kind.KEY, "the only till that settles it; empty: any", refers="tills"),
        Field("placed", Kind.INSTANT, "when it was made"),
        Field("due", Kind.INSTANT, "when it is fetched, or takes place"),
        Field("paid", Kind.FLAG, "yes: paid elsewhere, no till takes the money again", default="0"),
        Field("text", Kind.TEXT, "printed on the receipt"),
        Field(
            "lines",
            Kind.WHOLE,
            "how many lines it has; with fewer good ones it isn't taken. 0: not said",
            default="0",
        ),
    ),
    passing=True,
)

ORDER_LINES = FileFormat(
    "order_lines",
    "Lines of orders. Each names one of `product`, `variant` and `service`. An order that loses a"
    " line here isn't taken at all.",
    ("order_number", "position"),
    (
        Field("order_number", Kind.KEY, "whose line", required=True, refers="orders"),
        Field("position", Kind.WHOLE, "place in the order", required=True),
        Field("product", Kind.KEY, "what was ordered", refers="products"),
        Field("variant", Kind.KEY, "which variant was ordered (SRT-10)", refers="variants"),
        Field(
            "service",
            Kind.KEY,
            "what a booking service calls it: a product of that number, else the shop's"
            " `booking_product` under this line's name and price (T-038)",
        ),
        Field("name", Kind.TEXT, "of a service"),
        Field("quantity", Kind.QUANTITY, "units, or packagings", default="1", positive=True),
        Field("packaging", Kind.TEXT, "name of the packaging, empty for units"),
        Field(
            "price",
            Kind.AMOUNT,
            "agreed for one unit, with tax where the product has it; empty: that of the day",
        ),
        Field(
            "shop_category",
            Kind.KEY,
            "of the online shop; kept with the line, hidden or not (ETRON-11)",
        ),
        Field("text", Kind.TEXT, "stands on the line in place of the product's name"),
    ),
    passing=True,
)

ORDER_FILES = (ORDERS, ORDER_LINES)
"""Files that lean on all others."""
