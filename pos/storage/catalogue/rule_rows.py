"""Price rules out of the catalogue: a hundred thousand may be read while a till starts.

Rows come as SQLite has them, and each amount, quantity and day is made once: they repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from pos.domain.pricing.rules import Base, Compute, PriceRule, Scope
from pos.domain.quantity import Quantity
from pos.storage.catalogue.mapping import instant

_FIELDS = ", ".join(f'"{name}"' for name in PriceRule.__struct_fields__)
"""Columns are named as the fields are, and read in their order."""


class RuleRow(NamedTuple):
    """A rule and the line of its row in the file; `customer` is whose own price it is, or empty."""

    line: int
    customer: str
    rule: PriceRule


def read_rules(connection: Connection, zone: ZoneInfo, where: str = "TRUE") -> Iterator[RuleRow]:
    """The rules a condition holds for, in the order they are given in. Their instants are in UTC;
    days begin and end in the shop's zone.
    """
    converters = tuple(_converters(zone).values())
    statement = f"SELECT line, customer, {_FIELDS} FROM price_rules WHERE {where} ORDER BY line"
    for line, customer, *values in connection.exec_driver_sql(statement):
        fields = [convert(value) for convert, value in zip(converters, values, strict=True)]
        yield RuleRow(line, customer or "", PriceRule(*fields))


def _converters(zone: ZoneInfo) -> dict[str, Callable[[Any], Any]]:
    """How each column becomes its field, in the order of the fields."""
    seldom_alike = dict.fromkeys(PriceRule.__struct_fields__, _text)
    exact = cache(_exact)
    return seldom_alike | {
        "scope": {each.value: each for each in Scope}.__getitem__,
        "compute": {each.value: each for each in Compute}.__getitem__,
        "base": {each.value: each for each in Base}.__getitem__,
        "min_quantity": cache(Quantity),
        "start": cache(lambda text: _in_utc(instant(text, zone, time.min))),
        "end": cache(lambda text: _in_utc(instant(text, zone, time.max))),
        **dict.fromkeys(
            ("price", "discount", "rounding", "surcharge", "min_margin", "max_margin"), exact
        ),
    }


def _text(value: str | None) -> str:
    return value or ""


def _exact(value: str | None) -> Decimal:
    return Decimal(value or 0)


def _in_utc(at: datetime | None) -> datetime | None:
    return at and at.astimezone(UTC)
