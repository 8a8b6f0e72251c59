"""Questions about goods that change nothing: the part of the till's facade for information."""

from __future__ import annotations

from pos.till import informing
from pos.till.commands import query
from pos.till.facade import Facade
from pos.till.info_views import ProductInfo


class InfoCommands(Facade):
    """What the product information page asks."""

    @query
    def product_info(self, product: str, variant: str = "") -> ProductInfo:
        """Everything about a product, or about one variant of it."""
        return informing.product_info(self._desk, product, variant)

    @query
    def code_info(self, code: str) -> ProductInfo | None:
        """Everything about the goods a code stands for; None where it stands for none."""
        return informing.code_info(self._desk, code)
