"""Goods of a sale that are sent: which package bears them, and the paper on it (ETRON-31).

The till warns where a package is too weak; who packs decides. Goods whose weight nobody knows are
counted, for the scales will tell.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.quantity import Quantity
from pos.domain.sale import LineItem, Sale
from pos.ports.goods import PackageType
from pos.till import papers
from pos.till.desk import Desk
from pos.till.printing import print_out

KILOGRAM = "kg"


class PackageView(Struct, frozen=True):
    """A type of package, and whether the goods are too heavy for it."""

    number: str
    name: str
    length: int
    width: int
    height: int
    maximum: Quantity
    too_heavy: bool


class ShippingView(Struct, frozen=True):
    """What is to be sent: its weight in kilograms, and how many lines have none."""

    weight: Quantity
    unweighed: int
    packages: tuple[PackageView, ...]


def shipping(desk: Desk) -> ShippingView:
    """The sale on the screen, or the one closed last, against each type of package."""
    weight, unweighed = _weigh(desk, _sale(desk))
    return ShippingView(
        weight,
        unweighed,
        tuple(
            PackageView(
                each.number,
                each.name,
                each.length,
                each.width,
                each.height,
                each.maximum,
                _is_too_heavy(each, weight),
            )
            for each in desk.catalogue.package_types(desk.texts.language)
        ),
    )


def ship(desk: Desk, number: str, anyway: bool) -> None:
    """Print the paper for the package and note which was taken.

    Raises Refusal "package_too_heavy" above its maximum, unless it is taken anyway.
    """
    sale = _sale(desk)
    types = {each.number: each for each in desk.catalogue.package_types(desk.texts.language)}
    if number not in types:
        raise Refusal("no_such_package", package=number[:40])
    chosen, (weight, unweighed) = types[number], _weigh(desk, sale)
    if _is_too_heavy(chosen, weight) and not anyway:
        raise Refusal(
            "package_too_heavy", package=chosen.name, weight=weight, maximum=chosen.maximum
        )
    facts = {"package": number, "weight": weight.thousandths, "unweighed": unweighed}
    with desk.writing() as work:
        desk.record(work, Kind.PACKAGE_CHOSEN, facts, sale=sale)
    print_out(desk, papers.package_slip(desk, sale, chosen, weight))


def _sale(desk: Desk) -> Sale:
    desk.open_session()
    sale = desk.sale or desk.last_sale
    if sale is None or not sale.active_lines:
        raise Refusal("no_sale")
    return sale


def _is_too_heavy(package: PackageType, weight: Quantity) -> bool:
    """A maximum of 0 bears everything."""
    return bool(package.maximum.thousandths) and weight > package.maximum


def _weigh(desk: Desk, sale: Sale) -> tuple[Quantity, int]:
    total, unweighed = Decimal(0), 0
    for line in sale.active_lines:
        if line.deposit_of is not None or line.goods.take_back or line.returns is not None:
            continue
        weight = _weight(desk, line)
        if weight is None:
            unweighed += 1
        else:
            total += weight
    return Quantity.of(total), unweighed


def _weight(desk: Desk, line: LineItem) -> Decimal | None:
    """Kilograms of a line; None where one piece's weight isn't known."""
    if line.goods.parts:
        parts = [
            _weight_of(desk, part.product, part.quantity.decimal * line.pieces.decimal)
            for part in line.goods.parts
        ]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if len(known) == len(parts) else None
    return _weight_of(desk, line.product, line.pieces.decimal)


def _weight_of(desk: Desk, number: str, pieces: Decimal) -> Decimal | None:
    product = desk.catalogue.product(number)
    if product is None:
        return None
    like = {unit.code: unit for unit in desk.catalogue.units_like(product.unit.code)}
    if KILOGRAM in like and product.unit.code in like:
        return pieces * like[product.unit.code].factor / like[KILOGRAM].factor
    weight = desk.catalogue.details(number).weight
    return None if weight is None else pieces * weight.decimal
