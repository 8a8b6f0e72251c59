"""The catalogue as the window asks it: on the search lane, newest question first served."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from pos.domain.customer import Customer
from pos.domain.product import PosCategory, ProductTile
from pos.ports.catalogue import Shelves
from pos.ports.goods import Filter
from pos.ui.bridge import Bridge, Reply, WorkLane

PAGE = 60
MOST_AT_THE_TOP = 40

Tile = PosCategory | ProductTile


class Page(Struct, frozen=True):
    """One answer of the catalogue.

    Attributes:
        question: number of the question it answers; an older one is thrown away.
        path: the opened category with all above it.
        filters: what the page may be narrowed by; those of a narrowed page are none (ETRON-21).
        more: whether another page may follow.
        products: how many products of the catalogue the tiles stand for.
    """

    question: int
    tiles: tuple[Tile, ...]
    offset: int
    more: bool
    path: tuple[PosCategory, ...] = ()
    filters: tuple[Filter, ...] = ()
    products: int = 0


class FoundCustomers(Struct, frozen=True):
    """The customers a text finds; `question` as in `Page`."""

    question: int
    customers: tuple[Customer, ...]


class Shelf:
    """Asks the catalogue of the search lane; a question that a newer one overtook is not asked.

    Args:
        catalogue: opens the lane's own catalogue; called on that lane only.
    """

    def __init__(self, bridge: Bridge, lane: WorkLane, catalogue: Callable[[], Shelves]) -> None:
        self._bridge, self._lane, self._catalogue = bridge, lane, catalogue
        self._newest = 0

    @property
    def asked(self) -> int:
        """How many questions there have been: whoever sees it change knows that somebody looks."""
        return self._newest

    def open(
        self,
        category: str,
        language: str,
        offset: int,
        on_reply: Reply,
        values: tuple[str, ...] = (),
    ) -> int:
        """Ask for a category's tiles: its sub-categories first, then its products; narrowed to
        goods that offer these values.
        """

        def look(question: int) -> Page:
            catalogue = self._catalogue()
            first = offset == 0
            children = _categories(catalogue, category, language) if first else ()
            products = (
                catalogue.products_in(category, offset, PAGE, language, values) if category else ()
            )
            path = catalogue.category_path(category, language) if category else ()
            filters = () if values else _filters(catalogue, products, language)
            more = len(products) == PAGE
            shown: tuple[Tile, ...] = (*children, *catalogue.spread(products, language, values))
            return Page(question, shown, offset, more, path, filters, len(products))

        return self._ask(look, on_reply)

    def search(
        self,
        text: str,
        language: str,
        offset: int,
        on_reply: Reply,
        values: tuple[str, ...] = (),
    ) -> int:
        """Ask for the products a text finds, narrowed to goods that offer these values."""

        def look(question: int) -> Page:
            catalogue = self._catalogue()
            found = catalogue.search(text, offset, PAGE, language, values)
            filters = () if values else _filters(catalogue, found, language)
            shown, count = catalogue.spread(found, language, values), len(found)
            return Page(question, shown, offset, count == PAGE, filters=filters, products=count)

        return self._ask(look, on_reply)

    def customers(self, text: str, limit: int, on_reply: Reply, *, archived: bool = False) -> int:
        """Ask for the customers a text finds, or for archived ones."""

        def look(question: int) -> FoundCustomers:
            found = self._catalogue().customers(text, 0, limit, archived=archived)
            return FoundCustomers(question, found)

        return self._ask(look, on_reply)

    def _ask(self, look: Callable[[int], Page | FoundCustomers], on_reply: Reply) -> int:
        self._newest += 1
        question = self._newest

        def job() -> Page | FoundCustomers | None:
            return look(question) if question == self._newest else None

        self._bridge.run(self._lane, job, on_reply)
        return question


def _filters(
    catalogue: Shelves, products: tuple[ProductTile, ...], language: str
) -> tuple[Filter, ...]:
    return catalogue.filters_of([tile.product.number for tile in products], language)


def _categories(catalogue: Shelves, parent: str, language: str) -> tuple[PosCategory, ...]:
    """The categories under a parent; at the top with their children behind each, where they
    are few: then every shelf is one touch away."""
    own = catalogue.pos_categories(parent, language)
    if parent:
        return own
    both = tuple(
        one for top in own for one in (top, *catalogue.pos_categories(top.number, language))
    )
    return both if len(both) <= MOST_AT_THE_TOP else own
