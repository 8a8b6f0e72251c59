"""Price notes: what an article costs today, on paper. They are the surface "print" (OXOMI-3)."""

from __future__ import annotations

from pos.documents.price_note import PriceNote, price_note_document
from pos.domain.base_price import BasePrice, base_price
from pos.domain.display_prices import Surface
from pos.domain.errors import Refusal
from pos.domain.goods import PLAIN, LineGoods, option_words
from pos.domain.money import Money
from pos.domain.variants import Template
from pos.ports.document import Document
from pos.till import surfaces
from pos.till.desk import Desk
from pos.till.seen_prices import gross_prices


def price_note(desk: Desk, number: str, variant: str = "") -> Document:
    """The note of a product, or of one of its variants, at the till's own price of today.

    A customer's price and the sale on the screen play no part: the note is for everybody, with
    the tax that consumers pay. Raises Refusal "no_such_product" and "product_inactive".
    """
    desk.who()
    texts = desk.paper_texts
    product = desk.catalogue.product(number)
    if product is None:
        raise Refusal("no_such_product", product=number)
    if not product.active:
        raise Refusal("product_inactive", name=product.name)
    template = desk.catalogue.template(number, texts.language)
    goods = _goods(template, variant)
    prices = gross_prices(desk)
    least = template is not None and not goods.variant
    if template is not None and least:
        price = prices.least(product, template)
    else:
        price = prices.one(product, goods)
    amount = texts.money(Money.of(price, desk.currency))
    codes = desk.catalogue.details(number, texts.language, goods.variant).codes
    note = PriceNote(
        shop=desk.shop.name,
        name=desk.catalogue.product_name(number, texts.language) or product.name,
        choice=option_words(goods.options),
        price=texts.get("slip.from", price=amount) if least else amount,
        unit=product.unit.name,
        base=_base(desk, base_price(price, product.content, desk.currency)),
        compared=_compared(desk, number),
        code=codes[0] if codes else "",
        number=goods.variant or number,
        at=desk.today(),
    )
    return price_note_document(note, texts)


def _goods(template: Template | None, variant: str) -> LineGoods:
    """A known variant as a line would hold it; else the product as such."""
    if template is None or template.variant(variant) is None:
        return PLAIN
    options = template.options_of(template.given_by(variant))
    return LineGoods(variant=variant, options=tuple(each for each in options if each.varies))


def _base(desk: Desk, base: BasePrice | None) -> str:
    """ "400 g · € 4,98/kg"."""
    if base is None:
        return ""
    texts = desk.paper_texts
    return texts.get(
        "slip.base_price",
        content=f"{texts.quantity(base.content)} {base.unit}",
        price=base.price,
        per=base.per,
    )


def _compared(desk: Desk, number: str) -> tuple[str, str] | None:
    """The price to look at, as the surface "print" shows it: always at the end customer's level."""
    shown = surfaces.shown(desk, number, Surface.PRINT, desk.paper_texts.language)
    if shown.price is None:
        return None
    return shown.title, desk.paper_texts.money(Money.of(shown.price, desk.currency))
