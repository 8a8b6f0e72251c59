"""Reading codes: what a scanner or a keyboard delivered, and what it stands for.

`read_code` never raises: whatever cannot be read is an `Unreadable`. The order of the readings is

1. the shop's own rules (labels, cards, vouchers),
2. GS1 data, where the scanner's AIM identifier says so,
3. a GTIN of 8, 12, 13 or 14 digits whose check digit is right,
4. GS1 data that announces itself: a leading 01 or 02 with a right GTIN, a group separator,
   brackets, a Digital Link,
5. a code of the shop's own, to be looked up as it stands.

The AIM identifier goes before the looks of a code, because 4006381333931 is also a well-formed
GS1 message with AI 400. GS1 data itself is read by biip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from pos.domain.code_rules import AUSTRIAN_RULES, MEASURED, CodeMatch, CodeRules, Meaning
from pos.domain.gtin import is_gtin, looks_like_gtin, normalise_code
from pos.domain.quantity import Quantity

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

MAX_LENGTH = 512
"""A GS1 DataMatrix of a till's goods stays below this; what is longer is noise on the line."""


class GoodsReading(Struct, frozen=True):
    """Goods by their GTIN, with what a GS1 code says besides.

    Attributes:
        text: as delivered, to show and to keep.
        gtin: in 14 digits; empty where a code holds a lot or serial only.
        also: the other GTIN that eight digits may mean (EAN-8 or UPC-E).
        weight: net weight in kilograms.
        count: pieces.
        price: to pay for this package, in major units of `currency` (empty: the till's own).
        expiry: best before (AI 15) or use by (AI 17), whichever is given; `use_by` says which.
    """

    text: str
    gtin: str = ""
    also: str = ""
    lot: str = ""
    serial: str = ""
    expiry: date | None = None
    use_by: bool = False
    weight: Quantity | None = None
    count: Quantity | None = None
    price: Decimal | None = None
    currency: str = ""


class LabelReading(Struct, frozen=True):
    """A label printed in the shop: digits of the article, and one of weight, count and price.

    The price on a label is what the customer pays for this package, whatever the unit price says.
    """

    text: str
    rule: str
    article: str
    weight: Quantity | None = None
    count: Quantity | None = None
    price: Decimal | None = None


class MarkReading(Struct, frozen=True):
    """A code of the shop's own that isn't goods: a customer's card, a parked sale, a voucher."""

    text: str
    rule: str
    meaning: Meaning
    key: str


class OwnCode(Struct, frozen=True):
    """A code that says nothing by itself: an article number, or unknown."""

    text: str


class Unreadable(Struct, frozen=True):
    """Not a code. `reason` is a text key under `code.unreadable.`, one of UNREADABLE.

    `text` is safe to show: its beginning, without control characters.
    """

    text: str
    reason: str


CodeReading = GoodsReading | LabelReading | MarkReading | OwnCode | Unreadable

_SHOWN = 40
UNREADABLE = ("empty", "too_long", "noise", "check_digit", "gs1", "contradiction", "currency")

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_CARRIERS = frozenset({"]C1", "]e0", "]d2", "]Q3", "]J1"})
_EAN_CARRIERS = frozenset({"]E0", "]E3", "]E4"})
_EAN_WITH_ADD_ON = "]E3"
_LEADING_GTIN = re.compile(r"0[12][0-9]{14}")
_SEPARATOR = "\x1d"
_CURRENCIES = {"978": "EUR", "756": "CHF", "840": "USD", "826": "GBP", "203": "CZK", "348": "HUF"}
"""ISO 4217 numbers of the currencies money is known in here."""


def read_code(text: str, symbology: str = "", rules: CodeRules = AUSTRIAN_RULES) -> CodeReading:
    """What a code stands for. An AIM identifier may stand at its head or come by itself."""
    if len(text) > MAX_LENGTH:
        return _unreadable(text, "too_long")
    code = text.strip(" \t\r\n\0")
    if not symbology and _AIM.match(code):
        symbology, code = code[:3], code[3:]
    code = code.removeprefix(_SEPARATOR)
    if not code:
        return Unreadable("", "empty")
    if not code.replace(_SEPARATOR, "").isprintable():
        return _unreadable(code, "noise")
    if symbology in _GS1_CARRIERS:
        return _read_gs1(code) or _unreadable(code, "gs1")
    match = rules.match(code)
    return _read_own(code, match) if match else _read_plain(code, symbology)


def _unreadable(text: str, reason: str) -> Unreadable:
    """The beginning of the text, each control character shown as a question mark."""
    shown = (char if char.isprintable() else "?" for char in text[:_SHOWN])
    return Unreadable("".join(shown), reason)


def _read_own(code: str, match: CodeMatch) -> CodeReading:
    """A code by a rule of the shop's table."""
    rule, fields = match.rule, match.fields
    if rule.meaning not in MEASURED:
        return MarkReading(code, rule.name, rule.meaning, fields["key"])
    value = Decimal(fields["value"]).scaleb(-rule.decimals)
    return LabelReading(
        code,
        rule.name,
        fields["article"],
        weight=Quantity.of(value) if rule.meaning is Meaning.WEIGHT else None,
        count=Quantity.of(value) if rule.meaning is Meaning.COUNT else None,
        price=value if rule.meaning is Meaning.PRICE else None,
    )


def _read_plain(code: str, symbology: str) -> CodeReading:
    """A code that no rule and no AIM identifier explains."""
    if symbology == _EAN_WITH_ADD_ON:
        code = code[:13]
    if looks_like_gtin(code):
        goods = _read_gtin(code)
        misread = _unreadable(code, "check_digit") if symbology in _EAN_CARRIERS else None
        return goods or misread or OwnCode(code)
    if _SEPARATOR in code or (_LEADING_GTIN.match(code) and is_gtin(code[2:16])):
        return _read_gs1(code) or _unreadable(code, "gs1")
    if code.startswith(("(", "http://", "https://")):
        return _read_gs1(code) or OwnCode(code)
    return OwnCode(code)


def _read_gtin(code: str) -> GoodsReading | None:
    """A GTIN as it stands; eight digits may be a shortened UPC as well, or only that."""
    upc = _expand_upc_e(code)
    if is_gtin(code):
        return GoodsReading(code, normalise_code(code), upc)
    return GoodsReading(code, upc, normalise_code(code)) if upc else None


def _expand_upc_e(code: str) -> str:
    """The UPC-A that eight digits shorten, in 14 digits; empty if they don't (GS1, 5.2.2.4.2)."""
    if len(code) != 8 or code[0] not in "01":
        return ""
    digits, last = code[1:7], code[6]
    if last in "012":
        body = f"{digits[:2]}{last}0000{digits[2:5]}"
    elif last == "3":
        body = f"{digits[:3]}00000{digits[3:5]}"
    elif last == "4":
        body = f"{digits[:4]}00000{digits[4]}"
    else:
        body = f"{digits[:5]}0000{last}"
    upc = f"{code[0]}{body}{code[7]}"
    return normalise_code(upc) if is_gtin(upc) else ""


def _read_gs1(code: str) -> CodeReading | None:
    """GS1 data as goods; None if it isn't well formed or names neither goods nor lot nor serial."""
    elements = _parse_gs1(code)
    if _contradicts(elements):
        return _unreadable(code, "contradiction")
    texts = {element.ai.ai: element.value for element in elements}
    gtin = texts.get("01") or texts.get("02", "")
    if gtin and not is_gtin(gtin):
        return _unreadable(code, "check_digit")
    if not gtin and not texts.keys() & {"10", "21"}:
        return None
    price, currency = _price(elements)
    if currency is None:
        return _unreadable(code, "currency")
    expiry = {element.ai.ai: element.date for element in elements if element.date}
    weight = next((each.decimal for each in elements if each.ai.ai.startswith("310")), None)
    count = texts.get("30") or texts.get("37")
    return GoodsReading(
        code,
        gtin,
        lot=texts.get("10", ""),
        serial=texts.get("21", ""),
        expiry=expiry.get("17") or expiry.get("15"),
        use_by="17" in expiry,
        weight=None if weight is None else Quantity.of(weight),
        count=None if count is None else Quantity.of(int(count)),
        price=price,
        currency=currency,
    )


_SAME = {"02": "01", "37": "30", "393": "392"}
"""Identifiers that tell one thing in two ways: goods, pieces, the amount to pay."""
_WITH_PLACES = ("310", "392", "393")
"""The last digit of these counts decimals."""


def _contradicts(elements: Sequence[GS1ElementString]) -> bool:
    """Whether the same is told twice and differently: no one would know what to sell, at which
    price (GS1 General Specifications: all occurrences of an identifier have the same value).
    """
    told: dict[str, object] = {}
    for element in elements:
        name = element.ai.ai
        name = name[:3] if name.startswith(_WITH_PLACES) else name
        subject = _SAME.get(name, name)
        value: object = element.value if element.decimal is None else element.decimal
        if subject == "30":
            value = int(element.value)
        if told.setdefault(subject, value) != value:
            return True
    return False


def _price(elements: Sequence[GS1ElementString]) -> tuple[Decimal | None, str | None]:
    """The amount to pay (AI 392x, 393x); the currency is None where a till here has no such."""
    for element in elements:
        if element.ai.ai.startswith("392"):
            return element.decimal, ""
        if element.ai.ai.startswith("393"):
            return element.decimal, _CURRENCIES.get(element.pattern_groups[0])
    return None, ""


def _parse_gs1(code: str) -> Sequence[GS1ElementString]:
    """The elements of a message, of bracketed text or of a Digital Link; none if ill formed."""
    # Loading the library takes an eighth of a second, too long for a start and for plain goods.
    from biip import ParseConfig, ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI
    from biip.gs1_messages import GS1Message

    # Some makers print a date of zeros; that is no reason not to sell.
    config = ParseConfig(gs1_element_strings_verify_date=False)
    try:
        if code.startswith("("):
            return GS1Message.parse_hri(code, config=config).element_strings
        if code.startswith("http"):
            return GS1DigitalLinkURI.parse(code, config=config).element_strings
        return GS1Message.parse(code, config=config).element_strings
    except (ParseError, ValueError):
        return ()
