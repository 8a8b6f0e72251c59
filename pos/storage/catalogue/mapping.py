"""Rows of the catalogue as the domain's values."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, Select, func, select

from pos.domain.base_price import Content
from pos.domain.operator import ROLE_RIGHTS, Operator, Right, Role
from pos.domain.panel import Feature, PanelKey
from pos.domain.pricing.rules import PriceList
from pos.domain.product import Product, Tracking, Unit
from pos.domain.quantity import Quantity
from pos.domain.tax import TaxRounding
from pos.domain.till_profile import CustomerOnReceipt, NetPrices, SalesModel, Shop, TillProfile
from pos.storage.catalogue.tables import products, units

_content_units, _base_units = units.alias("content_units"), units.alias("base_units")
_PRODUCT_COLUMNS = (
    products.c.number,
    products.c.name,
    products.c.price,
    products.c.tax,
    units.c.code,
    units.c.name,
    units.c.step,
    products.c.tax_included,
    products.c.cost,
    products.c.category,
    products.c.picture,
    products.c.weighed,
    products.c.deposit,
    products.c.active,
    products.c.sequence,
    products.c.tare,
    products.c.tracking,
    products.c.fixed_price,
    products.c.content,
    _content_units.c.name,
    _content_units.c.factor,
    func.coalesce(_base_units.c.name, _content_units.c.name),
)
_TRACKING = {tracking.value: tracking for tracking in Tracking}
PRODUCT_WIDTH = len(_PRODUCT_COLUMNS)
"""Columns `to_product` reads; what else was asked for comes after them."""


def select_products(*more: Any) -> Select[Any]:
    """Products with their units, and `more` columns after them."""
    base = _base_units.c.code == _content_units.c.reference
    return (
        select(*_PRODUCT_COLUMNS, *more)
        .join_from(products, units, units.c.code == products.c.unit)
        .outerjoin(_content_units, _content_units.c.code == products.c.content_unit)
        .outerjoin(_base_units, base)
    )


def to_product(row: Any) -> Product:
    """The product at the front of a row of `select_products`."""
    (number, name, price, tax, unit, unit_name, step, included, *rest) = row[:PRODUCT_WIDTH]
    cost, category, picture, weighed, deposit, active, sequence, tare, *more = rest
    tracking, fixed, *holds = more
    return Product(
        number=number,
        name=name,
        price=price,
        tax_code=tax,
        unit=Unit(unit, unit_name, step.thousandths),
        tax_included=bool(included),
        cost=cost,
        category=category or "",
        picture=picture or "",
        weighed=bool(weighed),
        deposit=deposit or "",
        active=bool(active),
        sequence=sequence,
        tare=tare,
        tracking=_TRACKING[tracking],
        fixed_price=bool(fixed),
        content=_content(*holds),
    )


def _content(amount: Quantity | None, unit: str | None, factor: Any, base: str) -> Content | None:
    """What a package holds; None unless amount and unit are both told."""
    if amount is None or unit is None:
        return None
    return Content(amount, unit, base, Decimal(1) if factor is None else factor)


def to_operator(row: RowMapping) -> Operator:
    """An operator with the rights of the role and those granted besides."""
    role = Role(row["role"])
    granted = frozenset(Right(word) for word in _words(row["rights"]))
    return Operator(
        number=row["number"],
        name=row["name"],
        role=role,
        rights=ROLE_RIGHTS[role] | granted,
        has_pin=row["pin_hash"] is not None,
        picture=row["picture"] or "",
        language=row["language"] or "",
        discount_limit=row["discount_limit"],
    )


def to_till(row: RowMapping) -> TillProfile:
    """A till place."""
    return TillProfile(
        number=row["number"],
        name=row["name"],
        price_list=row["price_list"] or "",
        start_category=row["start_category"] or "",
        categories=tuple(_words(row["categories"])),
        receipt_printer=row["receipt_printer"] or "",
        place=row["place"] or "",
        show_stock=bool(row["show_stock"]),
        price_lists=tuple(_words(row["price_lists"])),
        net_prices=NetPrices(row["net_prices"]),
        model=SalesModel(row["model"]),
        prices_for_all=bool(row["prices_for_all"]),
        customer_prices=bool(row["customer_prices"]),
        one_off_discounts=bool(row["one_off_discounts"]),
        merge_lines=bool(row["merge_lines"]),
        pick_variants=bool(row["pick_variants"]),
        panel=tuple(map(PanelKey, _words(row["panel"]))),
    )


def to_shop(row: RowMapping) -> Shop:
    """The shop."""
    plain = {
        name: row[name] or ""
        for name in ("name", "vat_id", "company_register", "phone", "mail", "website")
    }
    return Shop(
        **plain,
        currency=row["currency"],
        zone=row["zone"],
        language=row["language"],
        country=row["country"],
        logo=row["logo"] or "",
        tax_rounding=TaxRounding(row["tax_rounding"]),
        address=_lines(row["address"]),
        header=_lines(row["header"]),
        footer=_lines(row["footer"]),
        discount_reason=bool(row["discount_reason"]),
        discount_reasons=_lines(row["discount_reasons"]),
        cheapest_wins=bool(row["cheapest_wins"]),
        customer_on_receipt=CustomerOnReceipt(row["customer_on_receipt"]),
        return_reason=bool(row["return_reason"]),
        receipt_code=bool(row["receipt_code"]),
        return_reasons=_lines(row["return_reasons"]),
        invoice_product=row["invoice_product"] or "",
        booking_product=row["booking_product"] or "",
        without=frozenset(map(Feature, _words(row["without"]))),
    )


def to_price_list(row: RowMapping) -> PriceList:
    """A price list."""
    return PriceList(
        number=row["number"],
        name=row["name"],
        export_name=row["export_name"] or "",
        active=bool(row["active"] and row["export"]),
        promotion=bool(row["promotion"]),
        media=frozenset(_words(row["media"])),
        countries=frozenset(_words(row["countries"])),
        code=row["code"] or "",
        show_discount=bool(row["show_discount"]),
    )


def instant(text: str | None, zone: ZoneInfo, day_means: time) -> datetime | None:
    """A day or moment of the exchange format; without a zone of its own it is in the shop's."""
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    if len(text) == len("2026-11-22"):
        at = datetime.combine(at, day_means)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _words(text: str | None) -> list[str]:
    return (text or "").split()


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
