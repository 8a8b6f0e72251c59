"""A card: one code of a programme, with its owner and its last day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from pos.domain.errors import Refusal


class Origin(StrEnum):
    """How a card came about."""

    SOLD = "sold"
    GENERATED = "generated"
    IMPORTED = "imported"


class Card(Struct, frozen=True):
    """What is known of a card beside its ledger.

    Attributes:
        id: random; journal, sale and ledger name the card by it, never by its code.
        digest: what the card is found by (`codes.digest`).
        masked: what may be shown of the code.
        salt, key: what the code is derived from, and with which key; empty for a foreign code,
            which is known by its digest only.
        tax_code, tax_rate: of a single-purpose card, as it was taxed when sold; basis points.
        expires: the last day it counts, in the shop's zone; None for ever.
    """

    id: str
    programme: str
    currency: str
    digest: str
    masked: str
    made_at: datetime
    salt: str = ""
    key: str = ""
    customer: str = ""
    expires: date | None = None
    tax_code: str = ""
    tax_rate: int | None = None
    origin: Origin = Origin.SOLD

    def check_day(self, day: date) -> None:
        """Refuse an expired card; its last day counts to its end (ETRON-41)."""
        if self.expires is not None and day > self.expires:
            raise Refusal("voucher_expired", day=self.expires)
