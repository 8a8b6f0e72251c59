"""What rows and keys say of a card."""

from __future__ import annotations

from pos.till.voucher_views import CardEntryView, CardRowView
from pos.ui.face import Face


def card_detail(face: Face, card: CardRowView, *, owner: bool = True) -> str:
    """ "****7F3K · Johanna Pichler · gültig bis 23.11.2027"."""
    parts = [card.code, card.customer_name if owner else "", valid_words(face, card)]
    return " · ".join(filter(None, parts))


def valid_words(face: Face, card: CardRowView) -> str:
    """ "gültig bis 23.11.2027", or nothing for a card that counts for ever."""
    return face.text("card.until", day=card.expires) if card.expires is not None else ""


def entry_detail(face: Face, entry: CardEntryView) -> str:
    """ "22.11.2026 14:05 · Anna · Kassa 1 · Beleg 17 · Kulanz"."""
    parts = [face.texts.moment(entry.at), entry.operator]
    if entry.till:
        parts.append(face.text("card.till", till=entry.till))
    if entry.receipt:
        parts.append(face.text("history.receipt", number=entry.receipt))
    parts.append(entry.reason)
    return " · ".join(filter(None, parts))
