"""What is in one unit of a line's goods, for the base price beside its price (T-206)."""

from __future__ import annotations

from pos.domain.base_price import Content
from pos.domain.sale import LineItem
from pos.till.desk import Desk


def package_of(desk: Desk, line: LineItem) -> Content | None:
    """What the catalogue says now; None for what isn't sold by the unit at a price of today.

    Empties, cards and what comes back offer nothing. Goods in another unit than their own have
    their price for that unit beside them already.
    """
    if not line.is_discountable or line.goods.price_unit:
        return None
    product = desk.catalogue.product(line.product)
    return product.content if product else None
