"""What may be shown where: typed prices by surface, and goods that go with others.

Nothing here sells. What a shown price is stands in `pos/domain/display_prices.py`, and no path
leads from there to a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pos.domain.display_prices import (
    Agreement,
    HiddenPrice,
    LivePrice,
    Surface,
    SurfaceSetting,
    shown_price,
)
from pos.domain.facts import Related
from pos.domain.operator import Right
from pos.domain.product import Product
from pos.ports.goods import PricesOnShow
from pos.till.desk import Desk
from pos.till.seen_prices import SeenPrices, seen_prices
from pos.till.surface_views import ShownPriceView, SuggestionView

LIVE_FOR = timedelta(minutes=15)
"""A live price older than this no longer stands for what the back office would say now."""

MOST_SUGGESTED = 6
ORDER = (Related.ACCESSORY, Related.UPSELL, Related.CROSS)


def shown(desk: Desk, product: str, surface: Surface, language: str = "") -> ShownPriceView:
    """The price a surface shows of an article, or nothing; managers are told why nothing."""
    on_show = desk.catalogue.prices_on_show(product, language or desk.texts.language)
    setting = on_show.surfaces.get(surface, SurfaceSetting(surface))
    live = _live(desk, product) if surface is Surface.CASHIER else None
    found = shown_price(
        setting, on_show.types, on_show.prices, _agreement(on_show, setting.type), live
    )
    if isinstance(found, HiddenPrice):
        told = desk.operator is not None and desk.operator.may(Right.SETTINGS)
        failed = tuple(condition.value for condition in found.failed) if told else ()
        return ShownPriceView(surface.value, product, failed=failed)
    title = found.type.title if found.type else ""
    return ShownPriceView(surface.value, product, title, found.price, found.at)


def _agreement(on_show: PricesOnShow, kind: str) -> Agreement | None:
    """What holds for a kind of price: None for own goods, nothing allowed where nobody agreed."""
    if on_show.agreements is None:
        return None
    return on_show.agreements.get(kind, Agreement())


def _live(desk: Desk, product: str) -> LivePrice | None:
    """What the back office would charge the customer of this sale, where it is in reach."""
    customer = desk.sale.customer if desk.sale else None
    if desk.live_prices is None or customer is None or customer.is_one_off:
        return None
    live = desk.live_prices.known(product, customer.number)
    return live if live is not None and desk.now() - live.at <= LIVE_FOR else None


def suggestions(desk: Desk, product: str) -> tuple[SuggestionView, ...]:
    """What goes with a product and isn't in the sale yet: accessories before better goods before
    what others also bought, which the back office works out (SRT-8, SRT-15, SRT-23).
    """
    related = desk.catalogue.related(product)
    if not related:
        return ()
    there = {line.product for line in desk.sale.active_lines} if desk.sale else set()
    prices = seen_prices(desk)
    fresh = [(kind, one) for kind, one in _in_order(related) if one.number not in there]
    return tuple(_suggestion(desk, kind, one, prices) for kind, one in fresh[:MOST_SUGGESTED])


def _in_order(
    related: tuple[tuple[Related, Product], ...],
) -> Iterator[tuple[Related, Product]]:
    """By kind, and what goes with something in two ways only once."""
    seen: set[str] = set()
    for wanted in ORDER:
        for kind, one in related:
            if kind is wanted and one.number not in seen:
                seen.add(one.number)
                yield kind, one


def _suggestion(desk: Desk, kind: Related, product: Product, prices: SeenPrices) -> SuggestionView:
    template = desk.catalogue.template(product.number)
    return SuggestionView(
        kind=kind.value,
        product=product.number,
        name=desk.catalogue.product_name(product.number, desk.texts.language) or product.name,
        price=prices.least(product, template) if template else prices.one(product),
        is_from=template is not None,
        picture=product.picture,
    )
