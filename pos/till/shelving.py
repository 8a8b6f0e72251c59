"""What the till's shelves show: the same tiles a window shows, asked by a story."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.product import PosCategory, ProductTile
from pos.ports.goods import Filter
from pos.till.desk import Desk
from pos.till.shelves import PricedShelves

PAGE = 100


def tiles(desk: Desk, category: str, text: str, values: Sequence[str]) -> Sequence[ProductTile]:
    """The first page of a till category, or of what a text finds, in the operator's language."""
    shelves, language = _shelves(desk), desk.texts.language
    if text:
        found = shelves.search(text, 0, PAGE, language, values)
    else:
        found = shelves.products_in(category, 0, PAGE, language, values)
    return shelves.spread(found, language, values)


def filters(desk: Desk, category: str, text: str) -> Sequence[Filter]:
    """What such a page may be narrowed by."""
    numbers = [tile.product.number for tile in tiles(desk, category, text, ())]
    return _shelves(desk).filters_of(numbers, desk.texts.language)


def categories(desk: Desk, parent: str) -> Sequence[PosCategory]:
    """The till categories under one, in the order they are shown."""
    return _shelves(desk).pos_categories(parent, desk.texts.language)


def _shelves(desk: Desk) -> PricedShelves:
    return PricedShelves(desk.catalogue, desk.prices, desk.till, desk.clock)
