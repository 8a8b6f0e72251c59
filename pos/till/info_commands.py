"""Questions about goods that change nothing: the part of the till's facade for information."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.product import PosCategory, ProductTile
from pos.domain.quantity import Quantity
from pos.ports.goods import Filter
from pos.till import bookkeeping, comparing, document_mail, informing, shelving
from pos.till.bookkeeping import AccountsView
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.info_views import ComparisonView, ProductInfo, ReserveView
from pos.till.views import TillView


class InfoCommands(Facade):
    """What the product information page asks."""

    @query
    def product_info(self, product: str, variant: str = "") -> ProductInfo:
        """Everything about a product, or about one variant of it."""
        return informing.product_info(self._desk, product, variant)

    @query
    def compare(self, product: str, other: str) -> ComparisonView:
        """Two products side by side (COMARCH-13)."""
        return comparing.compare(self._desk, product, other)

    @query
    def reserve_hint(self, product: str, ordered: Quantity, packaging: str = "") -> ReserveView:
        """What an order of so many packagings, or units, would set aside (ETRON-3)."""
        return informing.reserve_hint(self._desk, product, ordered, packaging)

    @query
    def accounts(self, session: int | None = None) -> AccountsView:
        """What each category sold in a session, with its accounts (ETRON-7)."""
        return bookkeeping.accounts(self._desk, session)

    @query
    def tiles(
        self, category: str = "", text: str = "", values: Sequence[str] = ()
    ) -> Sequence[ProductTile]:
        """The first page of what a till category shows, or a text finds, narrowed to values."""
        return shelving.tiles(self._desk, category, text, values)

    @query
    def filters(self, category: str = "", text: str = "") -> Sequence[Filter]:
        """What such a page may be narrowed by (ETRON-21)."""
        return shelving.filters(self._desk, category, text)

    @query
    def till_categories(self, parent: str = "") -> Sequence[PosCategory]:
        """The till categories under one, in the order they are shown (ETRON-12)."""
        return shelving.categories(self._desk, parent)

    @command
    def mail_document(self, product: str, file: str, address: str = "") -> TillView:
        """Mail a document of a product; without an address to the customer of the sale."""
        document_mail.mail_document(self._desk, product, file, address)
        return self._changed()

    @query
    def code_info(self, code: str) -> ProductInfo | None:
        """Everything about the goods a code stands for; None where it stands for none."""
        return informing.code_info(self._desk, code)
