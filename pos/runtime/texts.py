"""Texts by key, and numbers, money and times as the locale writes them (babel)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.runtime.resources import resource

LANGUAGES = ("de_AT", "en")
_BABEL_LOCALE = {"de_AT": "de_AT", "en": "en_GB"}


MINUS = "\N{MINUS SIGN}"


class MissingText(KeyError):
    """A key that no language file holds: a mistake in the program, caught by a test."""


class Texts:
    """One language: texts by dotted key, and values in its format.

    Args:
        language: one of LANGUAGES; adding one is adding a folder under resources/texts.
        zone: the shop's time zone; every instant is shown in it.
    """

    def __init__(self, language: str = "de_AT", zone: str = "Europe/Vienna") -> None:
        self.language = language
        self.zone = ZoneInfo(zone)
        self._locale = Locale.parse(_BABEL_LOCALE[language])
        self._texts = load_texts(language)

    def get(self, key: str, /, **values: object) -> str:
        """The text; with `count` among the values the plural form is chosen. Raises MissingText."""
        text = self._texts.get(key)
        if text is None and isinstance(count := values.get("count"), int):
            text = self._texts.get(f"{key}.{_plural(count, _BABEL_LOCALE[self.language])}")
        if text is None:
            raise MissingText(f"{key} ({self.language})")
        return text.format_map({name: self.show(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether the key holds a text."""
        return key in self._texts

    def refusal(self, refusal: Refusal) -> str:
        """What the cashier reads: what happened, what is safe, what to do."""
        return self.get(f"refusal.{refusal.code}", **refusal.values)

    def show(self, value: object) -> str:
        """A value inside a text, in the locale's format where it has one."""
        match value:
            case Money():
                return self.money(value)
            case Quantity():
                return self.quantity(value)
            case Decimal():
                return self._number(value, "#,##0.######")
            case datetime():
                return self.moment(value)
            case date():
                return self.date(value)
            case int():
                return str(value).replace("-", MINUS)
            case _:
                return str(value)

    def money(self, amount: Money) -> str:
        """ "€ 1.234,50"."""
        return _money(amount, _BABEL_LOCALE[self.language])

    def off(self, amount: Money) -> str:
        """What comes off, "−€ 1,00"; a negative amount is added again, "+€ 1,00"."""
        return f"{MINUS}{self.money(amount)}" if amount.minor >= 0 else f"+{self.money(-amount)}"

    def signed(self, count: int) -> str:
        """ "+25" or "−25": what a count went up or down by."""
        return f"{count:+d}".replace("-", MINUS)

    def exact_money(self, amount: Decimal, currency: str) -> str:
        """ "€ 0,024": the price of one unit, with all its places."""
        return _exact_money(amount, currency, _BABEL_LOCALE[self.language])

    def amount(self, amount: Money) -> str:
        """ "1.234,50", where the currency stands at the head of the column."""
        return self.decimal(amount.decimal, -amount.decimal.as_tuple().exponent)  # type: ignore[operator]

    def quantity(self, quantity: Quantity) -> str:
        """ "3" or "0,25"."""
        return self._number(quantity.decimal, "#,##0.###")

    def decimal(self, value: Decimal, places: int = 2) -> str:
        """ "1.234,50"."""
        pattern = "#,##0." + "0" * places if places else "#,##0"
        return self._number(value, pattern)

    def _number(self, value: Decimal, pattern: str) -> str:
        return _number(value, pattern, _BABEL_LOCALE[self.language])

    def percent(self, basis_points: int) -> str:
        """ "20 %" or "4,9 %"."""
        share = Decimal(basis_points).scaleb(-4)
        return plain_spaces(format_percent(share, "#,##0.## %", locale=self._locale))

    def date(self, day: date) -> str:
        """ "22.11.2026"."""
        return f"{day:%d.%m.%Y}" if self.language == "de_AT" else f"{day:%d/%m/%Y}"

    def time(self, at: datetime) -> str:
        """ "14:05" in the shop's zone."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def moment(self, at: datetime) -> str:
        """ "22.11.2026 14:05" in the shop's zone."""
        local = at.astimezone(self.zone)
        return f"{self.date(local.date())} {local:%H:%M}"


@lru_cache
def load_texts(language: str) -> Mapping[str, str]:
    """All texts of a language, by dotted key, out of every file in its folder."""
    texts: dict[str, str] = {}
    for path in sorted(resource("texts", language).glob("*.toml")):
        for key, text in _flatten(tomllib.loads(path.read_text(encoding="utf-8"))):
            if key in texts:
                raise ValueError(f"{key} stands twice in the {language} texts")
            texts[key] = text
    return texts


def _flatten(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


@lru_cache(maxsize=5_000)
def _money(amount: Money, locale: str) -> str:
    """A window shows the same amounts again and again, and babel takes its time over each."""
    return plain_spaces(format_currency(amount.decimal, amount.currency, locale=locale))


@lru_cache(maxsize=1_000)
def _exact_money(amount: Decimal, currency: str, locale: str) -> str:
    shown = format_currency(amount, currency, locale=locale, decimal_quantization=False)
    return plain_spaces(shown)


@lru_cache(maxsize=5_000)
def _number(value: Decimal, pattern: str, locale: str) -> str:
    return plain_spaces(format_decimal(value, pattern, locale=locale))


@lru_cache(maxsize=5_000)
def _plural(count: int, locale: str) -> str:
    return str(Locale.parse(locale).plural_form(count))


def plain_spaces(text: str) -> str:
    """Fold the locale's narrow and no-break spaces, which printers and screens draw unevenly, and
    write the minus as the sign it is; where a code page lacks it the printer puts a hyphen.
    """
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("-", MINUS)
