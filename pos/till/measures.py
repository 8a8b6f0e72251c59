"""What goods are counted in: the units and packagings a product may be sold in, and a line in one.

Packagings that are only bought are never offered (ETRON-28). On a packaging line, quantities count
packagings and tiers count pieces (ETRON-29, ETRON-30).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.errors import Refusal
from pos.domain.goods import PLAIN
from pos.domain.journal import Kind
from pos.domain.money import EXACT
from pos.domain.panel import Feature
from pos.domain.product import Packaging, Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import LineItem, Sale
from pos.till import selling
from pos.till.desk import Desk
from pos.till.measuring import factor_of, in_unit, units_of
from pos.till.offering import offers
from pos.till.seen_prices import seen_prices


class MeasureView(Struct, frozen=True):
    """One thing to count in: a unit, by its code, or a packaging, by its name.

    Attributes:
        price: of one of it, in major currency units.
        content: units of the product in one packaging; None for a unit.
        step: the finest quantity of it.
    """

    code: str
    name: str
    price: Decimal
    content: Quantity | None = None
    step: Quantity = ONE
    chosen: bool = False

    @property
    def is_packaging(self) -> bool:
        """Whether it is a packaging."""
        return self.content is not None


class MeasuresView(Struct, frozen=True):
    """A product with all it may be counted in, its own unit first.

    Attributes:
        unit: name of the product's own unit; `tare` is in it.
        quantity: of the line that was asked for, in what it is counted in now; None without one.
    """

    product: str
    name: str
    unit: str
    weighed: bool
    tare: Quantity
    measures: tuple[MeasureView, ...]
    quantity: Quantity | None = None


def measures(desk: Desk, number: str, line_number: int | None = None) -> MeasuresView:
    """What a product may be sold in, with what each costs in this sale; marked as on the line.

    Without a line the mark stands where this product was counted last in this sale: ask once,
    remember (C22).
    """
    desk.open_session()
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("product_inactive", name=number)
    line = None if line_number is None else desk.open_sale().line(line_number)
    found = tuple(_measures(desk, product, line, line or _newest(desk, number)))
    return MeasuresView(
        product=product.number,
        name=desk.catalogue.product_name(number, desk.texts.language) or product.name,
        unit=product.unit.name,
        weighed=product.weighed,
        tare=product.tare,
        measures=found,
        quantity=None if line is None else line.packs or line.quantity,
    )


def _newest(desk: Desk, product: str) -> LineItem | None:
    """The line of a product that came last in this sale."""
    lines = desk.sale.active_lines if desk.sale else ()
    return next((line for line in reversed(lines) if line.product == product), None)


def _measures(
    desk: Desk, product: Product, line: LineItem | None, marked: LineItem | None
) -> Iterator[MeasureView]:
    prices, goods = seen_prices(desk), line.goods if line else PLAIN
    one = prices.one(product, goods)
    for unit in units_of(desk, product):
        yield MeasureView(
            unit.code,
            unit.name,
            EXACT.multiply(one, factor_of(desk, product, unit)),
            step=Quantity(unit.step),
            chosen=_is_in(marked, unit.name) if marked else unit.code == product.unit.code,
        )
    for packaging in sellable(desk, product):
        yield MeasureView(
            packaging.name,
            packaging.name,
            prices.pack(product, packaging.content, goods),
            packaging.content,
            chosen=marked is not None and marked.packaging == packaging.name,
        )


def _is_in(line: LineItem, unit: str) -> bool:
    return line.content is None and line.unit == unit


def sellable(desk: Desk, product: Product) -> tuple[Packaging, ...]:
    """The packagings of a product that may be sold, the smallest first."""
    if not offers(desk, Feature.PACKAGINGS):
        return ()
    return tuple(each for each in desk.catalogue.packagings_of(product.number) if each.sellable)


def set_unit(desk: Desk, number: int, code: str, quantity: Quantity | None) -> None:
    """Count a line in another unit. Without a quantity it stays as much as it is, and what would
    lose a remainder is refused (ETRON-26).
    """
    sale, line, product = _changeable(desk, number, code)
    plain = replace(
        line,
        unit=product.unit.name,
        step=product.unit.step,
        packaging="",
        content=None,
        goods=replace(line.goods, factor=Decimal(1), price_unit="", tare=None),
    )
    changed = plain if code == product.unit.code else in_unit(desk, plain, product, code)
    if quantity is None:
        pieces = line.pieces.decimal
        changed = replace(changed, quantity=Quantity.of(pieces / changed.goods.factor))
        if changed.pieces != line.pieces or changed.quantity.thousandths % changed.step:
            raise Refusal("unit_loses", quantity=line.quantity, unit=line.unit, other=changed.unit)
    else:
        changed = replace(changed, quantity=quantity)
    _keep(desk, sale, changed, line)


def set_packaging(desk: Desk, number: int, name: str, quantity: Quantity | None) -> None:
    """Sell a line by a packaging. Without a quantity the pieces stay where they are whole
    packagings; else it is one.
    """
    sale, line, product = _changeable(desk, number, name)
    packaging = selling.packaging_of(desk, product, name)
    content, pieces = packaging.content, line.pieces
    kept = pieces if not pieces.thousandths % content.thousandths else content
    changed = replace(
        line,
        unit=product.unit.name,
        step=product.unit.step,
        packaging=packaging.name,
        content=content,
        gtin=packaging.gtin,
        quantity=kept if quantity is None else content.times(quantity),
        goods=replace(line.goods, factor=Decimal(1), price_unit="", tare=None),
    )
    _keep(desk, sale, changed, line)


def _changeable(desk: Desk, number: int, wanted: str) -> tuple[Sale, LineItem, Product]:
    """A line that may be counted otherwise; raises Refusal "unit_not_here" for any other."""
    sale = desk.open_sale()
    sale.demand_open()
    line = sale.line(number)
    product = desk.catalogue.product(line.product)
    if product is None:
        raise Refusal("product_inactive", name=line.name)
    single = line.goods.is_single or line.goods.take_back or line.loads is not None
    single = single or line.returns is not None
    if line.removed or line.deposit_of is not None or line.returns is not None or single:
        raise Refusal("unit_not_here", name=line.name, unit=wanted)
    return sale, line, product


def _keep(desk: Desk, sale: Sale, changed: LineItem, before: LineItem) -> None:
    sale, line = sales.change_line(sale, sales.in_step(changed))
    sale = selling.with_deposit(desk, sale, line)
    facts = {"before": before.quantity.thousandths, "before_unit": before.packaging or before.unit}
    selling.keep_line(desk, sale, line, Kind.QUANTITY_CHANGED, **facts)
