"""Field texts to stored values, one function a kind. Each raises BadValue with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos.domain.colour import parse_colour
from pos.domain.gtin import check_digit, looks_like_gtin, normalise_code
from pos.domain.markup import clean_html
from pos.domain.money import parse_decimal
from pos.runtime.pins import is_pin_hash
from pos.storage.catalogue.fields import Field, Kind

_Day = TypeVar("_Day", date, datetime)
Stored = str | int | None
Parser = Callable[[str], Stored]

MAX_PLACES = 6
_YES = frozenset({"1", "yes", "true", "ja", "wahr", "y", "j"})
_NO = frozenset({"0", "no", "false", "nein", "falsch", "n"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_KEY = re.compile(r"[^\s\x00-\x1f\x7f|]+")
_PICTURE = re.compile(r"[\w.-]+\.(png|jpg|jpeg|webp)", re.IGNORECASE)
_DOCUMENT = re.compile(r"[\w.-]+\.(pdf|txt|png|jpg|jpeg|webp)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_PIN = re.compile(r"[0-9]{4,12}")


class BadValue(Exception):
    """A field the importer can't take. `reason` is a text key under `catalogue.problem`."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


def parser_of(field: Field) -> Parser:
    """The function that turns this field's text into what is stored."""
    match field.kind:
        case Kind.CHOICE:
            return _choice(frozenset(field.choices))
        case Kind.CHOICES:
            return _choices(frozenset(field.choices))
        case Kind.AMOUNT | Kind.QUANTITY if field.positive:
            return _positive(_PARSERS[field.kind])
        case _:
            return _PARSERS[field.kind]


def _text(text: str) -> str:
    if _CONTROL.search(text):
        raise BadValue("control_character")
    return text


def _lines(text: str) -> str:
    return "\n".join(_text(line.strip()) for line in text.split("|"))


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise BadValue("not_a_key", value=text)
    return text


def _keys(text: str) -> str:
    return " ".join(dict.fromkeys(_key(word) for word in text.split()))


def _code(text: str) -> str:
    if not looks_like_gtin(text):
        return _key(text)
    if check_digit(text[:-1]) != int(text[-1]):
        raise BadValue("check_digit", value=text)
    return normalise_code(text)


def _number(text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except ValueError:
        raise BadValue("not_a_number", value=text) from None


def _signed(text: str) -> str:
    number = _number(text)
    if number != round(number, MAX_PLACES):
        raise BadValue("too_fine", value=text, places=str(MAX_PLACES))
    return f"{number:f}"


def _amount(text: str) -> str:
    amount = _signed(text)
    if amount[0] == "-":
        raise BadValue("negative", value=text)
    return amount


def _quantity(text: str) -> int:
    return _scaled(text, 3)


def _rate(text: str) -> int:
    return _scaled(text, 2)


def _scaled(text: str, places: int) -> int:
    scaled = _number(text).scaleb(places)
    if scaled != scaled.to_integral_value():
        raise BadValue("too_fine", value=text, places=str(places))
    if scaled < 0:
        raise BadValue("negative", value=text)
    return int(scaled)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadValue("not_whole", value=text)
    return int(text)


def _flag(text: str) -> int:
    word = text.lower()
    if word not in _YES | _NO:
        raise BadValue("not_a_flag", value=text)
    return int(word in _YES)


def _day(text: str) -> str:
    try:
        return _in_reach(date.fromisoformat(text)).isoformat()
    except ValueError:
        raise BadValue("not_a_day", value=text) from None


def _instant(text: str) -> str:
    try:
        if len(text) <= 10:
            return _day(text)
        return _in_reach(datetime.fromisoformat(text)).isoformat()
    except ValueError:
        raise BadValue("not_a_day", value=text) from None


def _in_reach(at: _Day) -> _Day:
    """The day, a year away from the ends of the calendar: other systems write those for "always"
    and "never", and from there no clock of another zone could be told.
    """
    return at.replace(year=min(max(at.year, date.min.year + 1), date.max.year - 1))


def _picture(text: str) -> str:
    if not _PICTURE.fullmatch(text):
        raise BadValue("picture_name", value=text)
    return text


def _document(text: str) -> str:
    if not _DOCUMENT.fullmatch(text):
        raise BadValue("document_name", value=text)
    return text


def _colour(text: str) -> str:
    try:
        return parse_colour(text)
    except ValueError:
        raise BadValue("colour", value=text) from None


def _markup(text: str) -> str:
    return clean_html(_text(text))


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(_text(text)):
        raise BadValue("address", value=text)
    return text


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise BadValue("zone", value=text) from None


def _pin(text: str) -> str:
    if not _PIN.fullmatch(text):
        raise BadValue("pin")
    return text


def _pin_hash(text: str) -> str:
    if not is_pin_hash(text):
        raise BadValue("pin_hash")
    return text


def _choice(choices: frozenset[str]) -> Parser:
    def choice(text: str) -> str:
        if text not in choices:
            raise BadValue("not_a_choice", value=text, choices=", ".join(sorted(choices)))
        return text

    return choice


def _choices(choices: frozenset[str]) -> Parser:
    one = _choice(choices)

    def several(text: str) -> str:
        return " ".join(str(one(word)) for word in dict.fromkeys(text.split()))

    return several


def _positive(parse: Parser) -> Parser:
    def positive(text: str) -> Stored:
        value = parse(text)
        if not Decimal(value or 0):
            raise BadValue("not_positive", value=text)
        return value

    return positive


_PARSERS: dict[Kind, Parser] = {
    Kind.TEXT: _text,
    Kind.LINES: _lines,
    Kind.KEY: _key,
    Kind.KEYS: _keys,
    Kind.CODE: _code,
    Kind.AMOUNT: _amount,
    Kind.SIGNED: _signed,
    Kind.QUANTITY: _quantity,
    Kind.RATE: _rate,
    Kind.WHOLE: _whole,
    Kind.FLAG: _flag,
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
    Kind.PICTURE: _picture,
    Kind.DOCUMENT: _document,
    Kind.COLOUR: _colour,
    Kind.MARKUP: _markup,
    Kind.ADDRESS: _address,
    Kind.ZONE: _zone,
    Kind.PIN: _pin,
    Kind.PIN_HASH: _pin_hash,
}
