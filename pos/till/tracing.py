"""Serial numbers and lots at the till: named where a product demands it, each serial sold once.

A serial number the catalogue doesn't know may be sold by whoever has the right; the back office
gets it for review (W-16). What is past its use-by day isn't sold; past its best-before day it is,
with the day on the line.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.domain.product import Product, Tracking
from pos.domain.quantity import ONE
from pos.domain.sale import LineItem, Sale
from pos.ports.goods import Serial
from pos.till.desk import Desk, line_facts
from pos.till.wish import Wish


def traced(desk: Desk, line: LineItem, product: Product, wish: Wish) -> LineItem:
    """The line with the serial number or lot its product demands.

    Raises Refusal "serial_needed" or "lot_needed" so that a screen asks, or why this one can't be.
    Where the number comes later, the line waits for it (T-033).
    """
    if wish.use_by and wish.expiry is not None and wish.expiry < desk.today():
        raise Refusal("goods_expired", name=line.name, day=wish.expiry)
    if wish.later and product.tracking is not Tracking.NONE and not (wish.serial or wish.lot):
        return replace(line, goods=replace(line.goods, awaits=product.tracking.value))
    match product.tracking:
        case Tracking.SERIAL:
            return _with_serial(desk, line, wish)
        case Tracking.LOT:
            return _with_lot(desk, line, wish)
        case Tracking.NONE:
            return line


def suggested(desk: Desk, product: str) -> tuple[Serial, ...]:
    """The serial numbers or lots that may go, in the order they should (ETRON-2)."""
    in_sale = {line.goods.serial for line in desk.sale.active_lines} if desk.sale else set()
    return tuple(
        each
        for each in desk.catalogue.serials(product, place_of(desk))
        if each.available and each.number not in in_sale
    )


def place_of(desk: Desk) -> str:
    """The place this till's stock is at; empty where nobody said."""
    profile = desk.catalogue.till(desk.till)
    return profile.place if profile else ""


def _with_serial(desk: Desk, line: LineItem, wish: Wish) -> LineItem:
    serial = wish.serial.strip()
    if not serial:
        raise Refusal("serial_needed", product=line.product, name=line.name)
    if line.quantity != ONE:
        raise Refusal("serial_is_one", serial=serial)
    if desk.sale is not None and any(
        (each.product, each.goods.serial) == (line.product, serial)
        for each in desk.sale.active_lines
    ):
        raise Refusal("serial_twice", serial=serial)
    known = _known(desk, line.product, serial)
    if (known is not None and not known.available) or desk.store.is_sold(line.product, serial):
        raise Refusal("serial_sold", serial=serial, name=line.name)
    if known is None:
        desk.demand(Right.SERIALS)
    expiry = wish.expiry or (known.expiry if known else None)
    goods = replace(line.goods, serial=serial, lot=wish.lot, captured=known is None, expiry=expiry)
    return replace(line, goods=replace(goods, awaits=""))


def _with_lot(desk: Desk, line: LineItem, wish: Wish) -> LineItem:
    lot = wish.lot.strip()
    if not lot:
        raise Refusal("lot_needed", product=line.product, name=line.name)
    known = _known(desk, line.product, lot)
    if known is not None and not known.available:
        raise Refusal("lot_blocked", lot=lot, name=line.name)
    expiry = wish.expiry or (known.expiry if known else None)
    goods = replace(line.goods, lot=lot, captured=known is None, expiry=expiry, awaits="")
    return replace(line, goods=goods)


def may_go(desk: Desk, line: LineItem, product: Product) -> LineItem:
    """An ordered line with the number it was given, or waiting for another if that one is gone."""
    wish = Wish(serial=line.goods.serial, lot=line.goods.lot, expiry=line.goods.expiry, later=True)
    try:
        return traced(desk, line, product, wish)
    except Refusal as refusal:
        if refusal.code not in ("serial_sold", "lot_blocked", "goods_expired"):
            raise
        bare = replace(line.goods, serial="", lot="", captured=False, expiry=None)
        return traced(desk, replace(line, goods=bare), product, Wish(later=True))


def demand_named(sale: Sale) -> None:
    """Refuse payment while a line waits for its number: such a sale can only be ordered (T-033)."""
    for line in sale.active_lines:
        if line.goods.awaits:
            code = f"{line.goods.awaits}_missing"
            raise Refusal(code, name=line.name, line=line.number, product=line.product)


def name_number(desk: Desk, number: int, text: str) -> None:
    """Give a line the serial number or lot it waits for."""
    sale = desk.open_sale()
    line = sale.line(number)
    product = desk.catalogue.product(line.product)
    if line.removed or not line.goods.awaits or product is None:
        raise Refusal("no_number_missing", name=line.name)
    named = traced(desk, line, product, Wish(serial=text, lot=text))
    if product.tracking is Tracking.SERIAL:
        named = replace(named, goods=replace(named.goods, lot=""))
    sale, named = sales.change_line(sale, named)
    desk.keep(sale, Kind.NUMBER_NAMED, line_facts(named, sale.currency))


def waiting_line(desk: Desk, draft: LineItem) -> LineItem | None:
    """The line of the sale that waits for just the number a draft has."""
    lines = desk.sale.active_lines if desk.sale and draft.goods.serial else ()
    wanted = (draft.product, draft.goods.variant, "serial")
    return next(
        (each for each in lines if (each.product, each.goods.variant, each.goods.awaits) == wanted),
        None,
    )


def _known(desk: Desk, product: str, number: str) -> Serial | None:
    serials = desk.catalogue.serials(product)
    return next((each for each in serials if each.number == number), None)
