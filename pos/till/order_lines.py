"""From a line of an order to a line of a sale, as it is sold today.

Agreed prices stay; all else has the price and the tax rate of the day of supply.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.order import OfficeOrder, OrderedLine
from pos.domain.product import Packaging, Product
from pos.domain.sale import MANUAL_PRICE, ORDER_PRICE, LineItem
from pos.till import lookup, merging
from pos.till.desk import Desk
from pos.till.selling import packaging_of
from pos.till.tracing import may_go
from pos.till.wish import Wish


def agreed_line(desk: Desk, order: str, line: LineItem) -> LineItem:
    """A line of an order made here; a price set by hand then is the agreed one now.

    Raises Refusal why it can't be sold any more.
    """
    product = _sellable(desk, line.product, line.name)
    tax = desk.catalogue.tax_codes().get(product.tax_code)
    if tax is None:
        raise Refusal("tax_code_missing", name=product.name, code=product.tax_code)
    agreed = line.price_source == MANUAL_PRICE
    today = replace(
        line,
        tax_code=product.tax_code,
        tax_rate=tax.rate_on(desk.today()).basis_points,
        price_source=ORDER_PRICE if agreed else line.price_source,
        price_note="" if agreed else line.price_note,
        goods=replace(line.goods, order=order),
        share=0,
        untaxed=False,
    )
    return may_go(desk, today, product)


def ordered_line(desk: Desk, order: OfficeOrder, ordered: OrderedLine) -> tuple[LineItem, ...]:
    """The lines of one line of the office's order: several where each piece has its own number.

    A booked service no product stands for is sold as the shop's collective product, with the name
    and the price it came with (T-038). Raises Refusal why it can't be sold.
    """
    collective = not ordered.product
    number = ordered.product or desk.shop.booking_product
    product = _sellable(desk, number, ordered.name or number)
    pack = packaging_of(desk, product, ordered.packaging) if ordered.packaging else None
    line = _drafted(desk, product, ordered, pack)
    name = ordered.text or (ordered.name if collective else "")
    goods = replace(
        line.goods,
        order=order.number,
        shop_category=ordered.shop_category,
        renamed=bool(name),
    )
    line = replace(line, name=name or line.name, goods=goods)
    if ordered.price is not None:
        agreed = lookup.price_here(desk, product, ordered.price, line.tax_rate)
        line = replace(line, unit_price=agreed, price_source=ORDER_PRICE, price_note="")
    return merging.apart(desk, line) if line.goods.is_single else (line,)


def _drafted(
    desk: Desk, product: Product, ordered: OrderedLine, pack: Packaging | None
) -> LineItem:
    # What was ordered by weight is meant without its wrapping.
    wish = Wish(variant=ordered.variant, net=True, later=True)
    return lookup.draft_line(desk, product, ordered.quantity, pack, pack.gtin if pack else "", wish)


def _sellable(desk: Desk, number: str, name: str) -> Product:
    product = desk.catalogue.product(number)
    if product is None or not product.active:
        raise Refusal("product_inactive", name=product.name if product else name)
    return product
