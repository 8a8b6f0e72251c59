"""Product categories: the tree of stock and books, beside the till's own (ETRON-1 to ETRON-8)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pos.domain.reservation import Reservation

DEEPEST = 20
"""Levels that are walked up; the importer refuses circles, so this only bounds a broken file."""


class Removal(StrEnum):
    """Which lot goes first (ETRON-2)."""

    FIFO = "fifo"
    LIFO = "lifo"
    NEAREST = "nearest"


class CostMethod(StrEnum):
    """How the cost that managers see came about (ETRON-6)."""

    STANDARD = "standard"
    FIFO = "fifo"
    AVERAGE = "average"


class Valuation(StrEnum):
    """Who posts the value of stock: a person, or the back office by itself (ETRON-7)."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class Accounts(Struct, frozen=True):
    """Where the books put a category's goods (ETRON-4, ETRON-7); empty where they say nothing."""

    income: str = ""
    expense: str = ""
    stock: str = ""
    journal: str = ""
    goods_in: str = ""
    goods_out: str = ""
    valuation: Valuation = Valuation.MANUAL


class StockCategory(Struct, frozen=True):
    """One product category.

    Attributes:
        active: an inactive one is not named anywhere; its goods are sold all the same.
        group_cost: of one unit of any of its goods, where they are valued together (ETRON-5).
        reservation: what orders of its goods set aside.
        put_away: number of the place its goods go back to, empty for that of the one above.
    """

    number: str
    name: str
    parent: str = ""
    active: bool = True
    picture: str = ""
    long_text: str = ""
    removal: Removal = Removal.FIFO
    cost_method: CostMethod = CostMethod.STANDARD
    group_cost: Decimal | None = None
    put_away: str = ""
    accounts: Accounts = Accounts()
    reservation: Reservation = Reservation.BROKEN


Categories = Mapping[str, StockCategory]


def ancestry(categories: Categories, number: str) -> tuple[StockCategory, ...]:
    """A category with all above it, from the top; nothing for a number nobody knows."""
    line: list[StockCategory] = []
    while number in categories and len(line) < DEEPEST:
        line.insert(0, categories[number])
        number = line[0].parent
    return tuple(line)


def path_of(categories: Categories, number: str) -> str:
    """What people read: "Bekleidung/Hosen" (ETRON-1); inactive ones are left out (SRT-19)."""
    return "/".join(each.name for each in ancestry(categories, number) if each.active)


def put_away_of(categories: Categories, number: str) -> str:
    """The place goods of a category go back to: its own rule, else the nearest one above."""
    rules = [each.put_away for each in ancestry(categories, number) if each.put_away]
    return rules[-1] if rules else ""
