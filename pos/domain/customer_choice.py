"""Customers chosen by what is known of them: for whom cards are made (ETRON-41, T-127)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct


class CustomerChoice(Struct, frozen=True):
    """Which customers are meant; an empty field leaves it open.

    Attributes:
        tag: a word the back office has put on them.
        place: the city, or how the postcode begins.
        registered_from, registered_to: when they became customers, both days included. Whose day
            isn't known is left out.
    """

    tag: str = ""
    place: str = ""
    registered_from: date | None = None
    registered_to: date | None = None

    def record(self) -> dict[str, str]:
        """The choice as plain values."""
        return {
            "tag": self.tag,
            "place": self.place,
            "registered_from": self.registered_from.isoformat() if self.registered_from else "",
            "registered_to": self.registered_to.isoformat() if self.registered_to else "",
        }

    @classmethod
    def read(cls, record: Mapping[str, str]) -> CustomerChoice:
        """The choice a record holds."""
        return cls(
            record["tag"],
            record["place"],
            _day(record["registered_from"]),
            _day(record["registered_to"]),
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
