"""The commands of the till that are about what is shown beside the sale, and never sold by."""

from __future__ import annotations

from pos.domain.display_prices import Surface
from pos.domain.errors import Refusal
from pos.till import surfaces
from pos.till.commands import query
from pos.till.facade import Facade
from pos.till.surface_views import ShownPriceView, SuggestionView


class SurfaceCommands(Facade):
    """Shown prices, and goods that go with others."""

    @query
    def shown_price(
        self, product: str, surface: str = "cashier", language: str = ""
    ) -> ShownPriceView:
        """The price a surface shows of an article: "cashier", "display" or "print"."""
        if surface not in list(Surface):
            raise Refusal("no_such_surface", surface=surface)
        return surfaces.shown(self._desk, product, Surface(surface), language)

    @query
    def suggestions(self, product: str) -> tuple[SuggestionView, ...]:
        """What goes with a product and isn't in the sale yet."""
        return surfaces.suggestions(self._desk, product)
