"""Where and when something of the shop's counts: sales media, tills, currency, days."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pos.domain.stored_value.programme import Medium, Place


class Reach(Struct, frozen=True):
    """Where a points programme or a coupon counts.

    Attributes:
        media, tills: empty is everywhere.
        first_day, last_day: both included, in the shop's zone; None is unbounded.
    """

    currency: str = "EUR"
    media: frozenset[Medium] = frozenset()
    tills: frozenset[str] = frozenset()
    first_day: date | None = None
    last_day: date | None = None
    active: bool = True

    def why_not(self, place: Place, day: date) -> str:
        """Why it doesn't count there on that day, in a word; empty where it does."""
        if not self.active:
            return "inactive"
        if self.media and place.medium not in self.media:
            return "not_here"
        if self.tills and place.till not in self.tills:
            return "not_here"
        if self.currency != place.currency:
            return "currency"
        if self.first_day is not None and day < self.first_day:
            return "not_yet"
        return "expired" if self.last_day is not None and day > self.last_day else ""
