"""Units and weights at the till: any active unit of the category, and the wrapping taken off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pos.domain import sale as sales
from pos.domain.balance import balance
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.product import Product, Unit
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem
from pos.till.desk import Desk, line_facts
from pos.till.prices import reprice
from pos.till.wish import Wish


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit a product may be sold in; `price` is of one of it, in major currency units."""

    code: str
    name: str
    price: Decimal
    step: Quantity


def units(desk: Desk, number: str) -> tuple[UnitView, ...]:
    """The active units a product may be sold in, its own first (ETRON-25)."""
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("product_inactive", name=number)
    return tuple(
        UnitView(unit.code, unit.name, product.price * _factor(desk, product, unit), _step(unit))
        for unit in desk.catalogue.units_like(product.unit.code)
    )


def measured(desk: Desk, line: LineItem, product: Product, wish: Wish) -> LineItem:
    """The line in the unit that was asked for, less the weight of the wrapping."""
    if wish.unit and wish.unit != product.unit.code:
        if line.content is not None:
            raise Refusal("unit_of_packaging", name=line.name, packaging=line.packaging)
        line = _in_unit(desk, line, product, wish.unit)
    return _without_tare(line, product, wish)


def set_unit(desk: Desk, number: int, code: str) -> None:
    """Tell a line's quantity in another unit; what would lose a remainder is refused (ETRON-26)."""
    sale = desk.open_sale()
    sale.demand_open()
    line = sale.line(number)
    product = desk.catalogue.product(line.product)
    if product is None:
        raise Refusal("product_inactive", name=line.name)
    if line.removed or line.content is not None or line.deposit_of is not None:
        raise Refusal("unit_not_here", name=line.name, unit=code)
    plain = replace(
        line,
        unit=product.unit.name,
        step=product.unit.step,
        goods=replace(line.goods, factor=Decimal(1), price_unit="", tare=None),
    )
    changed = plain if code == product.unit.code else _in_unit(desk, plain, product, code)
    quantity = Quantity.of(line.quantity.decimal * line.goods.factor / changed.goods.factor)
    changed = replace(changed, quantity=quantity)
    if changed.pieces != line.pieces or quantity.thousandths % changed.step:
        raise Refusal("unit_loses", quantity=line.quantity, unit=line.unit, other=changed.unit)
    sale, changed = sales.change_line(sale, changed)
    sale = reprice(sale, product, desk.pricer(sale))
    facts = line_facts(sale.line(number), sale.currency) | {"before": line.quantity.thousandths}
    desk.keep(balance(sale), Kind.QUANTITY_CHANGED, facts)


def _in_unit(desk: Desk, line: LineItem, product: Product, code: str) -> LineItem:
    like = {unit.code: unit for unit in desk.catalogue.units_like(product.unit.code)}
    if code not in like:
        raise Refusal("unit_not_here", name=line.name, unit=code)
    unit = like[code]
    goods = replace(line.goods, factor=_factor(desk, product, unit), price_unit=product.unit.name)
    return replace(line, unit=unit.name, step=unit.step, goods=goods)


def _factor(desk: Desk, product: Product, unit: Unit) -> Decimal:
    """How many of the product's unit one of the other holds."""
    own = desk.catalogue.unit(product.unit.code)
    return unit.factor / (own.factor if own else Decimal(1))


def _step(unit: Unit) -> Quantity:
    return Quantity(unit.step)


def _without_tare(line: LineItem, product: Product, wish: Wish) -> LineItem:
    tare = product.tare if wish.tare is None else wish.tare
    if wish.net or not line.weighed or not tare.thousandths:
        return line
    own = Quantity.of(tare.decimal / line.goods.factor)
    if own.thousandths < 0 or own >= line.quantity:
        raise Refusal("tare_too_heavy", tare=own, unit=line.unit, gross=line.quantity)
    goods = replace(line.goods, tare=own)
    return replace(line, quantity=line.quantity - own, goods=goods)
