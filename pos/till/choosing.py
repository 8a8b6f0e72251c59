"""Variants and options at the till: from a wish to a line, and what a picker shows (T-030)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.errors import Refusal
from pos.domain.goods import LineGoods
from pos.domain.journal import Kind
from pos.domain.panel import Feature
from pos.domain.product import Product
from pos.domain.quantity import ONE
from pos.domain.sale import LineItem
from pos.domain.variants import Attribute, AttributeValue, LineOption, Template, Variant
from pos.till.choice_views import AttributeView, ChoiceView, ValueView
from pos.till.deducting import balanced
from pos.till.desk import Desk, line_facts
from pos.till.offering import offers
from pos.till.prices import priced, reprice
from pos.till.seen_prices import SeenPrices, seen_prices
from pos.till.wish import NOTHING, Wish


def with_choice(desk: Desk, line: LineItem, wish: Wish) -> LineItem:
    """The line as the customer wants it; raises Refusal "choose_variant" so that a screen asks."""
    template = desk.catalogue.template(line.product, desk.texts.language)
    if template is None:
        if wish.options or wish.texts:
            raise Refusal("nothing_to_choose", name=line.name)
        return line
    if not (wish.options or wish.variant or offers(desk, Feature.VARIANTS)):
        return line
    given = _given(template, wish)
    if missing := template.missing(given):
        names = ", ".join(attribute.name for attribute in missing)
        raise Refusal("choose_variant", product=line.product, names=names, variant=wish.variant)
    chosen = template.choose(given, wish.texts)
    goods = replace(
        line.goods,
        variant=chosen.variant,
        made_here=chosen.made_here,
        options=chosen.options,
    )
    return replace(line, goods=goods, picture=chosen.picture or line.picture)


def _given(template: Template, wish: Wish) -> dict[str, str]:
    return template.given_by(wish.variant) | dict(wish.options)


def set_options(desk: Desk, number: int, wish: Wish) -> None:
    """Choose anew for a line that is there already (T-030)."""
    sale = desk.open_sale()
    sale.demand_open()
    line = sale.line(number)
    if line.removed:
        raise Refusal("line_removed", line=number)
    if line.returns is not None:
        raise Refusal("return_not_this", name=line.name)
    product = desk.catalogue.product(line.product)
    if product is None:
        raise Refusal("product_inactive", name=line.name)
    changed = with_choice(desk, replace(line, picture=product.picture), wish)
    sale, changed = sales.change_line(sale, changed)
    sale = reprice(sale, product, desk.pricer(sale))
    before = line.goods.record()
    facts = line_facts(sale.line(number), sale.currency) | {"before": before}
    desk.keep(balanced(desk, sale), Kind.OPTIONS_CHANGED, facts)


class _Asked(Struct, frozen=True):
    """A product, what there is to choose of it, what is chosen, and what prices go by."""

    product: Product
    template: Template
    given: Mapping[str, str]
    texts: Mapping[str, str]
    prices: SeenPrices

    def price(self, given: Mapping[str, str]) -> Decimal:
        """Of one unit with so much chosen; what is still open counts with its least."""
        options = self.template.options_of(given)
        variant = self.variant(options)
        missing = sum(
            (_least(each) for each in self.template.missing(given)),
            Decimal(0),
        )
        goods = LineGoods(variant=variant.number if variant else "", options=options)
        wanted = priced(self.product, goods)
        answer = self.prices.pricer.price(replace(wanted, extra=wanted.extra + missing), ONE)
        return self.prices.seen(self.product, answer.unit_price)

    def variant(self, options: tuple[LineOption, ...]) -> Variant | None:
        """The variant these options make, if the catalogue knows it."""
        return self.template.variant_of(
            frozenset(option.value for option in options if option.varies)
        )


def choices(desk: Desk, number: str, wish: Wish = NOTHING, line: int | None = None) -> ChoiceView:
    """What a picker shows of a product, with so much chosen already.

    Where nothing is given, it begins with what was chosen for this product last in this sale: ask
    once, remember (C22). `line` begins with that line's choice. Raises Refusal "nothing_to_choose".
    """
    desk.open_session()
    product = desk.catalogue.product(number)
    template = desk.catalogue.template(number, desk.texts.language)
    if product is None or template is None or not offers(desk, Feature.VARIANTS):
        raise Refusal("nothing_to_choose", name=product.name if product else number)
    begun = wish if wish.options or wish.variant else _remembered(desk, number, line)
    given = template.with_defaults(_known(template, _given(template, begun)))
    asked = _Asked(product, template, given, begun.texts, seen_prices(desk))
    return _view(desk, asked)


def _known(template: Template, given: Mapping[str, str]) -> dict[str, str]:
    """What the catalogue still offers of a choice made earlier."""
    return {
        attribute.number: given[attribute.number]
        for attribute in template.attributes
        if given.get(attribute.number) in {value.number for value in attribute.values}
    }


def _remembered(desk: Desk, product: str, number: int | None) -> Wish:
    lines = desk.sale.active_lines if desk.sale else ()
    mine = [
        line
        for line in lines
        if line.product == product and number in (None, line.number) and line.goods.options
    ]
    if not mine:
        return NOTHING
    options = mine[-1].goods.options
    texts = {each.attribute: each.text for each in options if each.text and number is not None}
    return Wish({each.attribute: each.value for each in options}, texts)


def _view(desk: Desk, asked: _Asked) -> ChoiceView:
    product, template = asked.product, asked.template
    options = template.options_of(asked.given)
    variant = asked.variant(options)
    missing = template.missing(asked.given)
    pictures = [value.picture for value in _chosen_values(asked) if value.picture]
    own = variant.picture if variant else ""
    return ChoiceView(
        product=product.number,
        name=desk.catalogue.product_name(product.number, desk.texts.language) or product.name,
        picture=own or next(iter(pictures), product.picture),
        price=asked.price(asked.given) if options else asked.prices.least(product, template),
        is_from=bool(missing),
        variant=variant.number if variant else "",
        missing=tuple(attribute.name for attribute in missing),
        attributes=tuple(_attribute(asked, attribute) for attribute in template.attributes),
    )


def _chosen_values(asked: _Asked) -> Iterator[AttributeValue]:
    for attribute in asked.template.attributes:
        if chosen := asked.given.get(attribute.number):
            yield attribute.value(chosen)


def _attribute(asked: _Asked, attribute: Attribute) -> AttributeView:
    return AttributeView(
        number=attribute.number,
        name=attribute.name,
        display=attribute.display.value,
        required=attribute.required or attribute.makes_variants,
        chosen=asked.given.get(attribute.number, ""),
        text=asked.texts.get(attribute.number, ""),
        values=tuple(_value(asked, attribute, value) for value in attribute.values),
    )


def _value(asked: _Asked, attribute: Attribute, value: AttributeValue) -> ValueView:
    given = {**asked.given, attribute.number: value.number}
    return ValueView(
        number=value.number,
        name=value.name,
        price=asked.price(given),
        surcharge=value.surcharge,
        colour=value.colour,
        picture=value.picture,
        text_limit=value.text_limit,
        is_there=asked.template.is_there(attribute, value.number, asked.given),
    )


def _least(attribute: Attribute) -> Decimal:
    return min((value.surcharge for value in attribute.values), default=Decimal(0))
