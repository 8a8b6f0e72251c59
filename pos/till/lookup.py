"""From a scanned or typed code to a line item that can be rung up."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import Refusal
from pos.domain.product import Packaging, Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import LineItem
from pos.till.desk import Desk

MAX_CODE = 256
"""Longer than any code a till reads; what is longer is noise on the line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was scanned or typed: a code, and how many of it."""

    code: str
    count: Quantity | None = None


def read_entry(text: str) -> Asked:
    """Split "3*9001234567894" (T-025); raises Refusal "unreadable_code" on noise."""
    entry = text.strip()
    if not entry or len(entry) > MAX_CODE or not entry.isprintable():
        raise Refusal("unreadable_code", length=len(entry))
    count, star, code = entry.partition("*")
    if not star:
        return Asked(entry)
    try:
        return Asked(code.strip(), Quantity.parse(count))
    except ValueError:
        raise Refusal("quantity_unreadable", text=count[:20]) from None


def find(desk: Desk, code: str) -> tuple[Product, Packaging | None]:
    """What a code stands for; raises Refusal with the reason it can't be sold."""
    match = desk.catalogue.find_code(code)
    if match is None:
        raise Refusal("unknown_code", code=code)
    if not match.product.active:
        raise Refusal("product_inactive", name=match.product.name)
    if match.packaging is not None and not match.packaging.sellable:
        raise Refusal("packaging_not_sold", name=match.product.name, packaging=match.packaging.name)
    return match.product, match.packaging


def draft_line(
    desk: Desk,
    product: Product,
    count: Quantity | None,
    packaging: Packaging | None = None,
    gtin: str = "",
) -> LineItem:
    """A line for the product, with price and tax of today; its number is given by the sale.

    `count` counts packagings where there is one. Goods sold by weight need it: raises Refusal
    "weight_needed" so that the screen asks.
    """
    if product.weighed and count is None:
        raise Refusal("weight_needed", product=product.number, name=product.name)
    content = packaging.content if packaging else None
    quantity = (content or ONE).times(count or ONE)
    tax = desk.catalogue.tax_codes().get(product.tax_code)
    if tax is None:
        raise Refusal("tax_code_missing", name=product.name, code=product.tax_code)
    return LineItem(
        number=0,
        product=product.number,
        name=product.name,
        quantity=quantity,
        unit=product.unit.name,
        unit_price=product.price,
        tax_code=product.tax_code,
        tax_rate=tax.rate_on(desk.today()).basis_points,
        tax_included=product.tax_included,
        gtin=gtin,
        packaging=packaging.name if packaging else "",
        content=content,
        weighed=product.weighed,
        picture=product.picture,
        step=product.unit.step,
    )
