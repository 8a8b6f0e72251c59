"""What can be told of goods: facts of ten types, and goods that go with others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from pos.domain.money import parse_decimal


class FactKind(StrEnum):
    """What the value of a fact holds (ETRON-13)."""

    TOGGLE = "toggle"
    TEXT = "text"
    HTML = "html"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    FILE = "file"
    REFERENCE = "reference"


class GoodsKind(StrEnum):
    """What sort of article it is (SRT-20)."""

    GOODS = "goods"
    CONSUMABLE = "consumable"
    SERVICE = "service"


class Related(StrEnum):
    """How goods go with others: they fit, they are better, others bought them too."""

    ACCESSORY = "accessory"
    UPSELL = "upsell"
    CROSS = "cross"


REFERENCES = ("product", "variant", "customer")


class Fact(Struct, frozen=True):
    """One fact of a product. `value` is as the exchange format writes its kind."""

    number: str
    name: str
    kind: FactKind
    value: str
    unit: str = ""


def is_fact(kind: FactKind, value: str, choices: Sequence[str]) -> bool:
    """Whether a value is what its kind says."""
    match kind:
        case FactKind.TOGGLE:
            return value in ("0", "1")
        case FactKind.CHOICE:
            return value in choices
        case FactKind.CHOICES:
            return all(word in choices for word in split_choices(value))
        case FactKind.REFERENCE:
            target, colon, number = value.partition(":")
            return bool(colon) and target in REFERENCES and bool(number)
        case FactKind.DATE:
            return _reads(date.fromisoformat, value)
        case FactKind.MOMENT:
            return _reads(_moment, value)
        case FactKind.NUMBER:
            return _reads(parse_decimal, value)
        case FactKind.TEXT | FactKind.HTML | FactKind.FILE:
            return True


def split_choices(value: str) -> tuple[str, ...]:
    """The single words of a value of several choices."""
    return tuple(word.strip() for word in value.split("|"))


def _moment(value: str) -> None:
    """Raises ValueError also for one no clock of another zone could tell."""
    if not date.min.year < datetime.fromisoformat(value).year < date.max.year:
        raise ValueError(f"{value} is at the end of the calendar")


def _reads(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
