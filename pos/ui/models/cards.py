"""The cards a filter lets through, as a list model."""

from __future__ import annotations

from pos.till.voucher_views import CardRowView
from pos.ui.models.card_text import card_detail
from pos.ui.models.rows import RowsModel


class CardsModel(RowsModel[CardRowView]):
    """Rows of cards, fetched page by page as the list is scrolled."""

    def spoken(self, row: CardRowView) -> str:
        """Programme, code and owner, and what is on it."""
        return f"{row.programme}, {card_detail(self.face, row)}, {self.face.money(row.available)}"
