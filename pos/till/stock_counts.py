"""Stock beside the lines of a sale (T-034): as the back office counted it, not what is left of it.

Only tills that are told to show it ask for it; the others pay nothing.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.quantity import Quantity
from pos.till.desk import Desk
from pos.till.sale_views import LineView, StockCount

NOTHING = Quantity(0)


def with_stock(desk: Desk, lines: tuple[LineView, ...]) -> tuple[LineView, ...]:
    """The lines with the stock of their variant, or of their product."""
    profile = desk.catalogue.till(desk.till)
    if profile is None or not profile.show_stock or not lines:
        return lines
    counts = desk.catalogue.stock_counts({_article(line) for line in lines})
    return tuple(_with_count(line, counts[_article(line)], profile.place) for line in lines)


def _with_count(line: LineView, places: dict[str, Quantity], here: str) -> LineView:
    if not places:
        return line
    total = sum(places.values(), NOTHING)
    return replace(line, stock=StockCount(places.get(here, NOTHING), total))


def _article(line: LineView) -> str:
    return line.goods.variant or line.product
