"""A new line in the unit it was asked for: any active one of the category, without the wrapping."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.panel import Feature
from pos.domain.product import Product, Unit
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem
from pos.till.desk import Desk
from pos.till.offering import offers
from pos.till.wish import Wish


def measured(desk: Desk, line: LineItem, product: Product, wish: Wish) -> LineItem:
    """The line in the unit that was asked for, less the weight of the wrapping."""
    if wish.unit and wish.unit != product.unit.code:
        if line.content is not None:
            raise Refusal("unit_of_packaging", name=line.name, packaging=line.packaging)
        line = in_unit(desk, line, product, wish.unit)
    return _without_tare(line, product, wish)


def in_unit(desk: Desk, line: LineItem, product: Product, code: str) -> LineItem:
    """The line's quantity as it stands, meant in another unit; raises Refusal "unit_not_here"."""
    like = {unit.code: unit for unit in units_of(desk, product)}
    if code not in like:
        raise Refusal("unit_not_here", name=line.name, unit=code)
    unit = like[code]
    goods = replace(line.goods, factor=factor_of(desk, product, unit), price_unit=product.unit.name)
    return replace(line, unit=unit.name, step=unit.step, goods=goods)


def units_of(desk: Desk, product: Product) -> tuple[Unit, ...]:
    """The active units a product may be sold in, its own first (ETRON-25)."""
    like = desk.catalogue.units_like(product.unit.code)
    return like if offers(desk, Feature.UNITS) else like[:1]


def factor_of(desk: Desk, product: Product, unit: Unit) -> Decimal:
    """How many of the product's unit one of the other holds."""
    own = desk.catalogue.unit(product.unit.code)
    return unit.factor / (own.factor if own else Decimal(1))


def _without_tare(line: LineItem, product: Product, wish: Wish) -> LineItem:
    tare = product.tare if wish.tare is None else wish.tare
    if wish.net or not line.weighed or not tare.thousandths:
        return line
    own = Quantity.of(tare.decimal / line.goods.factor)
    if own.thousandths < 0 or own >= line.quantity:
        raise Refusal("tare_too_heavy", tare=own, unit=line.unit, gross=line.quantity)
    goods = replace(line.goods, tare=own)
    return replace(line, quantity=line.quantity - own, goods=goods)
