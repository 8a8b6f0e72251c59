"""Each variant as a tile of its own, for tills whose cashiers don't want to be asked (T-030)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from pos.domain.goods import LineGoods, option_words
from pos.domain.product import ProductTile
from pos.domain.variants import Template, Variant
from pos.till.seen_prices import SeenPrices


def tiles_of(
    tile: ProductTile, template: Template, prices: SeenPrices, values: Collection[str] = ()
) -> Iterator[ProductTile]:
    """A tile for each variant the catalogue knows and sells; the product's own where there is none.
    With values that were filtered by, only variants that have those of their attributes.

    What the till makes at a first sale, and what is chosen besides, is asked for all the same.
    """
    known = [variant for variant in template.variants if variant.active]
    if not known:
        yield tile
    varying = (each for each in template.attributes if each.makes_variants)
    wanted = {value.number for each in varying for value in each.values} & set(values)
    for variant in known:
        if wanted <= variant.values:
            yield _tile(tile, template, variant, prices)


def _tile(
    tile: ProductTile, template: Template, variant: Variant, prices: SeenPrices
) -> ProductTile:
    options = template.options_of(template.given_by(variant.number))
    own = tuple(option for option in options if option.varies)
    goods = LineGoods(variant=variant.number, options=options)
    product = replace(tile.product, picture=variant.picture or tile.product.picture)
    return replace(
        tile,
        product=product,
        price=prices.one(tile.product, goods),
        chosen=False,
        variant=variant.number,
        variant_name=option_words(own),
    )
