"""What every screen is given: texts, look, pictures, and where keys are shown."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from pos.domain.money import Money
from pos.runtime.texts import Texts
from pos.ui.look import Look

SIGN_AND_SPACE = re.compile(r"([€$£]) (?=\d)")


class Face(Struct, frozen=True):
    """One language in one look. A change of either builds the screens anew.

    Attributes:
        pictures: the folder the catalogue's picture names point into.
        tiles: how large they are; side: where the sale stands.
        narrow: two columns don't fit beside each other at this text size.
        ribbons: whether tiles show the ribbons of goods (ETRON-24).
        compact: nor under each other: the goods and the sale take turns.
    """

    texts: Texts
    look: Look
    pictures: Path
    currency: str = "EUR"
    tiles: str = "medium"
    side: str = "right"
    narrow: bool = False
    compact: bool = False
    ribbons: bool = True

    def text(self, key: str, **values: object) -> str:
        """A text of the window, by its key under `ui.`."""
        return together(self.texts.get(f"ui.{key}", **values))

    def money(self, amount: Money) -> str:
        """An amount with its currency, in the shop's format."""
        return together(self.texts.money(amount))

    def off(self, amount: Money) -> str:
        """What comes off, with its sign and currency."""
        return together(self.texts.off(amount))

    def in_currency(self, figures: str) -> str:
        """Figures that are still being typed, with the currency where amounts have it."""
        shown = self.texts.money(self.zero())
        return together(shown.replace(self.texts.amount(self.zero()), figures))

    @property
    def decimal_sign(self) -> str:
        """What separates whole from parts, "," or "."."""
        return self.texts.decimal(Decimal(0), 1)[1]

    def zero(self) -> Money:
        """Nothing, in the till's currency."""
        return Money(0, self.currency)


@lru_cache(maxsize=5_000)
def together(text: str) -> str:
    """A sign of a currency never stands at the end of a line without its amount."""
    return SIGN_AND_SPACE.sub("\\1\u00a0", text)
