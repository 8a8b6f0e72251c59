"""Which receipt a code means: the till that gave its number, and the number.

Each till counts its receipts by itself, so only both together name one receipt of the shop.
"""

from __future__ import annotations

from msgspec import Struct

MOST_DIGITS = 15
FEWEST_DIGITS = 6
"""So many are printed: a keyboard scanner's code is told from typing by its length, too."""


class ReceiptKey(Struct, frozen=True):
    """A receipt of the shop, as its code says it: "1-000017" is number 17 of till 1."""

    till: str
    number: int

    def __str__(self) -> str:
        return f"{self.till}-{self.number:0{FEWEST_DIGITS}}"

    @classmethod
    def read(cls, key: str) -> ReceiptKey:
        """The receipt of a code's key. Raises ValueError where it names none."""
        till, dash, number = key.rpartition("-")
        plain = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
        if not (till and dash and plain and int(number)):
            raise ValueError(f"no receipt: {key!r}")
        return cls(till, int(number))
