"""The list of cards: programme and balance, then code, owner and day."""

from __future__ import annotations

from pos.till.voucher_views import CardRowView
from pos.ui.face import Face
from pos.ui.models.card_text import card_detail
from pos.ui.widgets.two_rows import TwoRowList, TwoRows


class CardList(TwoRowList):
    """What is reserved is said under what is left."""

    def __init__(self, face: Face) -> None:
        def say(card: CardRowView) -> TwoRows:
            held = card.balance - card.available
            return TwoRows(
                card.programme,
                face.money(card.balance),
                card_detail(face, card),
                aside=face.text("card.held", amount=held) if held else "",
                faint=not card.balance,
            )

        super().__init__(face, face.text("cards.title"), say)
