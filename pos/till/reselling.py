"""Loading a receipt into the cart again: the same goods, at the prices of today (T-102)."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.domain.product import Packaging
from pos.domain.returning import returnable
from pos.domain.sale import LineItem
from pos.till import aside, lookup, selling
from pos.till.desk import Desk
from pos.till.wish import Wish


def resell(desk: Desk, receipt: int) -> None:
    """Ring up what a receipt sold. What can't be sold so any more joins the list beside the sale:
    goods that are gone, that have a serial number, and cards.
    """
    desk.open_session()
    selling.demand_no_checkout(desk)
    lines = returnable(desk.store.sale_by_receipt(receipt))
    if not lines:
        raise Refusal("resell_nothing", receipt=receipt)
    for line in lines:
        try:
            selling.add(desk, _draft(desk, line))
        except Refusal as refusal:
            aside.set_aside(desk, line.name, refusal)


def _draft(desk: Desk, line: LineItem) -> LineItem:
    product = desk.catalogue.product(line.product)
    if product is None or not product.active or line.loads is not None:
        raise Refusal("product_inactive", name=line.name)
    packaging = None
    if line.content is not None:
        packaging = Packaging(line.packaging, product.number, line.content)
    goods = line.goods
    wish = Wish(
        options={option.attribute: option.value for option in goods.options if option.value},
        texts={option.attribute: option.text for option in goods.options if option.text},
        variant=goods.variant,
        net=True,
    )
    count = line.packs or line.pieces
    return lookup.draft_line(desk, product, count, packaging, line.gtin, wish)
