"""Serial numbers and lots at the till: named where a product demands it, each serial sold once.

A serial number the catalogue doesn't know may be sold by whoever has the right; the back office
gets it for review (W-16). What is past its use-by day isn't sold; past its best-before day it is,
with the day on the line.
"""

from __future__ import annotations

from dataclasses import replace

from pos.domain.errors import Refusal
from pos.domain.operator import Right
from pos.domain.product import Product, Tracking
from pos.domain.quantity import ONE
from pos.domain.sale import LineItem
from pos.ports.goods import Serial
from pos.till.desk import Desk
from pos.till.wish import Wish


def traced(desk: Desk, line: LineItem, product: Product, wish: Wish) -> LineItem:
    """The line with the serial number or lot its product demands.

    Raises Refusal "serial_needed" or "lot_needed" so that a screen asks, or why this one can't be.
    """
    if wish.use_by and wish.expiry is not None and wish.expiry < desk.today():
        raise Refusal("goods_expired", name=line.name, day=wish.expiry)
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
    return replace(line, goods=goods)


def _with_lot(desk: Desk, line: LineItem, wish: Wish) -> LineItem:
    lot = wish.lot.strip()
    if not lot:
        raise Refusal("lot_needed", product=line.product, name=line.name)
    known = _known(desk, line.product, lot)
    if known is not None and not known.available:
        raise Refusal("lot_blocked", lot=lot, name=line.name)
    expiry = wish.expiry or (known.expiry if known else None)
    goods = replace(line.goods, lot=lot, captured=known is None, expiry=expiry)
    return replace(line, goods=goods)


def _known(desk: Desk, product: str, number: str) -> Serial | None:
    serials = desk.catalogue.serials(product)
    return next((each for each in serials if each.number == number), None)
