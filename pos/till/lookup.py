"""From a scanned or typed code to a line item that can be rung up."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.code_rules import Meaning
from pos.domain.errors import Refusal
from pos.domain.gs1 import (
    CodeReading,
    GoodsReading,
    LabelReading,
    MarkReading,
    OwnCode,
    Unreadable,
    read_code,
)
from pos.domain.money import Money, round_to_places
from pos.domain.product import Packaging, Product
from pos.domain.quantity import ONE, Quantity
from pos.domain.sale import INVOICE_PRICE, LABEL_PRICE, LineItem
from pos.domain.tax import with_tax
from pos.till.choosing import with_choice
from pos.till.codes import codes_of, demand_own_currency, demand_told, find, find_label, rules_of
from pos.till.desk import Desk
from pos.till.measuring import measured
from pos.till.tracing import traced
from pos.till.visibility import is_b2b
from pos.till.wish import NOTHING, Wish

LONGEST_INVOICE = 40
"""Characters of an invoice's number."""
_COUNTED = re.compile(r"\s*(?P<count>[0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*\*\s*(?P<code>.+)", re.DOTALL)


class Asked(Struct, frozen=True):
    """What was scanned or typed: how many, and of what."""

    reading: CodeReading
    count: Quantity | None = None


def read_entry(desk: Desk, text: str) -> Asked:
    """Split "3*9001234567894" (T-025) and read the code. Noise is a reading too."""
    counted, rules = _COUNTED.fullmatch(text), rules_of(desk)
    if counted is None:
        return Asked(read_code(text, rules=rules))
    return Asked(read_code(counted["code"], rules=rules), Quantity.parse(counted["count"]))


def parked_code(reading: CodeReading) -> str:
    """The key on a parking slip; empty where the code is none."""
    if isinstance(reading, MarkReading) and reading.meaning is Meaning.PARKED:
        return reading.key
    return ""


def line_for(desk: Desk, asked: Asked) -> LineItem:
    """A line for what was read; raises Refusal with the reason it can't be sold."""
    match asked.reading:
        case Unreadable(text=text):
            raise Refusal("unreadable_code", length=len(text))
        case GoodsReading() as goods:
            return _goods_line(desk, goods, asked.count)
        case LabelReading() as label:
            return _label_line(desk, label, labels_of(asked.count))
        case MarkReading(meaning=Meaning.INVOICE, key=key):
            return _scanned_invoice(desk, key)
        case OwnCode(text=code) | MarkReading(text=code):
            return _own_line(desk, code, asked.count)


def _goods_line(desk: Desk, goods: GoodsReading, count: Quantity | None) -> LineItem:
    if not goods.gtin:
        return _own_line(desk, goods.serial or goods.text, count)
    demand_own_currency(desk, goods)
    found = find(desk, *codes_of(goods))
    demand_told(goods, found.product.name)
    told = goods.weight if found.product.weighed else goods.count
    is_label = told is not None or goods.price is not None
    labels = labels_of(count) if is_label else ONE
    wish = Wish(
        variant=found.variant,
        net=is_label,
        lot=goods.lot,
        serial=goods.serial,
        expiry=goods.expiry,
        use_by=goods.use_by,
    )
    code = goods.gtin.lstrip("0")
    wanted = (told or ONE).times(labels) if is_label else count
    line = draft_line(desk, found.product, wanted, found.packaging, code, wish)
    if goods.price is None:
        return line
    weighed_out = line if told is not None else _bought_for(line, goods.price, labels)
    return _at_label_price(weighed_out, goods.price, labels)


def _label_line(desk: Desk, label: LabelReading, labels: Quantity) -> LineItem:
    found = find_label(desk, label)
    demand_told(label, found.product.name)
    told = label.weight or label.count or ONE
    wish = Wish(variant=found.variant, net=True)
    line = draft_line(desk, found.product, told.times(labels), None, label.text, wish)
    if label.price is None:
        return line
    return _at_label_price(_bought_for(line, label.price, labels), label.price, labels)


def labels_of(count: Quantity | None) -> Quantity:
    """How many packages with one label "3*" before it means: each weighs and costs what it says.

    Raises Refusal "label_count" on anything but whole packages.
    """
    if count is None:
        return ONE
    if count.thousandths <= 0 or count.thousandths % ONE.thousandths:
        raise Refusal("label_count", count=count)
    return count


def _own_line(desk: Desk, code: str, count: Quantity | None) -> LineItem:
    """A line for a code of the shop's own; a serial number finds its product too (T-032)."""
    known = desk.catalogue.find_code(code)
    number = "" if known else desk.catalogue.product_of_serial(code)
    found = find(desk, number or code)
    wish = Wish(variant=found.variant, serial=code if number else "")
    gtin = "" if number else code
    return draft_line(desk, found.product, count, found.packaging, gtin, wish)


def _scanned_invoice(desk: Desk, key: str) -> LineItem:
    """An invoice's code is its number, perhaps with the amount: "2026-118#129.90" (T-029)."""
    number, _, text = key.partition("#")
    product = _invoice_product(desk)
    try:
        amount = Money.parse(text, desk.currency)
    except ValueError:
        raise Refusal(
            "invoice_needed", product=product.number, name=product.name, invoice=number
        ) from None
    return invoice_line(desk, number, amount)


def invoice_line(desk: Desk, invoice: str, amount: Money) -> LineItem:
    """A line that pays another system's invoice (T-039); raises Refusal why it can't be."""
    number = " ".join(invoice.split())
    if not number or len(number) > LONGEST_INVOICE:
        raise Refusal("invoice_number", limit=LONGEST_INVOICE)
    if amount.minor <= 0:
        raise Refusal("invoice_amount")
    lines = desk.sale.active_lines if desk.sale else ()
    if any(line.goods.invoice == number for line in lines):
        raise Refusal("invoice_twice", invoice=number)
    demand_unpaid(desk, number)
    line = draft_line(desk, _invoice_product(desk), ONE, wish=Wish(invoice=number))
    if line.tax_rate:
        raise Refusal("invoice_taxed", name=line.name)
    goods = replace(line.goods, invoice=number)
    return replace(line, unit_price=amount.decimal, price_source=INVOICE_PRICE, goods=goods)


def demand_unpaid(desk: Desk, invoice: str) -> None:
    """Refuse an invoice that was paid here before; a payment taken back frees it again."""
    if receipt := desk.store.invoice_paid(invoice):
        raise Refusal("invoice_paid", invoice=invoice, receipt=receipt)


def _invoice_product(desk: Desk) -> Product:
    product = desk.catalogue.product(desk.shop.invoice_product)
    if product is None or not product.active:
        raise Refusal("no_invoice_product")
    return product


def _bought_for(line: LineItem, price: Decimal, labels: Quantity) -> LineItem:
    """Goods by weight whose label tells no weight get what its price buys, for the stock."""
    if not line.weighed or not line.unit_price:
        return line
    bought = Quantity.of(price / line.shown_price).rounded(line.step)
    return replace(line, quantity=max(bought, Quantity(line.step)).times(labels))


def _at_label_price(line: LineItem, price: Decimal, labels: Quantity) -> LineItem:
    """The price on a label is what the customer pays for each, whatever one unit costs today.

    The unit price follows, fine enough that the line costs to the cent what stands on the labels.
    """
    unit_price = round(price * labels.decimal / line.quantity.decimal, 6)
    return replace(line, unit_price=unit_price, tax_included=True, price_source=LABEL_PRICE)


def price_here(desk: Desk, product: Product, price: Decimal, rate: int) -> Decimal:
    """A price of the back office as it is sold here: consumers pay it with its tax, to the cent."""
    if product.tax_included or is_b2b(desk):
        return price
    return round_to_places(with_tax(price, rate), desk.prices.book(desk.catalogue).decimals)


def deposit_draft(desk: Desk, line: LineItem) -> LineItem | None:
    """The deposit that goes with a line, before it has its number; None where none does."""
    product = desk.catalogue.product(line.product)
    bound = desk.catalogue.product(product.deposit) if product and product.deposit else None
    return None if bound is None else draft_line(desk, bound, line.pieces)


def draft_line(
    desk: Desk,
    product: Product,
    count: Quantity | None,
    packaging: Packaging | None = None,
    gtin: str = "",
    wish: Wish = NOTHING,
) -> LineItem:
    """A line for the product, with price and tax of today; its number is given by the sale.

    `count` counts packagings where there is one. Raises Refusal where a screen has to ask:
    "weight_needed" for goods sold by weight, "choose_variant" where a choice is open.
    """
    if product.number == desk.shop.invoice_product and not wish.invoice:
        raise Refusal("invoice_needed", product=product.number, name=product.name, invoice="")
    if product.weighed and count is None:
        raise Refusal("weight_needed", product=product.number, name=product.name)
    content = packaging.content if packaging else None
    quantity = (content or ONE).times(count or ONE)
    tax = desk.catalogue.tax_codes().get(product.tax_code)
    if tax is None:
        raise Refusal("tax_code_missing", name=product.name, code=product.tax_code)
    rate = tax.rate_on(desk.today()).basis_points
    line = LineItem(
        number=0,
        product=product.number,
        name=desk.catalogue.product_name(product.number, desk.texts.language) or product.name,
        quantity=quantity,
        unit=product.unit.name,
        unit_price=price_here(desk, product, product.price, rate),
        tax_code=product.tax_code,
        tax_rate=rate,
        tax_included=product.tax_included or not is_b2b(desk),
        gtin=gtin,
        packaging=packaging.name if packaging else "",
        content=content,
        weighed=product.weighed,
        picture=product.picture,
        step=product.unit.step,
    )
    if parts := desk.catalogue.kit(product.number, desk.texts.language):
        line = replace(line, goods=replace(line.goods, parts=parts))
    if product.fixed_price:
        line = replace(line, goods=replace(line.goods, fixed_price=True))
    line = measured(desk, with_choice(desk, line, wish), product, wish)
    return traced(desk, line, product, wish)
