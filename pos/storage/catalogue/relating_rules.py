"""Checks of price rules by themselves: what can never apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pos.storage.catalogue.exchange_prices import PRICE_RULES
from pos.storage.catalogue.mapping import instant

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos.storage.catalogue.relating_goods import Drop

_ALL = Decimal(100)


class RuleRelations:
    """Removes rules that contradict themselves."""

    def __init__(self, connection: Connection, drop: Drop) -> None:
        self._connection, self._drop = connection, drop

    def check(self) -> None:
        """A rule begins before it ends, bounds don't cross, and nobody gets more than all off."""
        for number in self._backwards():
            self._out("end", "rule_backwards", number)
        for number, least, most in self._rows(
            "number, min_margin, max_margin",
            "compute = 'formula' AND min_margin <> '0' AND max_margin <> '0'",
        ):
            if Decimal(least) > Decimal(most) > 0:
                self._out("min_margin", "rule_margins", number)
        over = "compute <> 'fixed' AND discount GLOB '[0-9][0-9][0-9]*'"
        for number, discount in self._rows("number, discount", over):
            if Decimal(discount) > _ALL:
                self._out("discount", "rule_discount", number)

    def _backwards(self) -> Iterator[str]:
        """Numbers of the rules that end before they begin; days are those of the shop."""
        zone = ZoneInfo(self._zone())
        rows = self._rows('number, start, "end"', 'start IS NOT NULL AND "end" IS NOT NULL')
        for number, start, end in rows:
            begins, ends = instant(start, zone, time.min), instant(end, zone, time.max)
            if begins is not None and ends is not None and begins > ends:
                yield number

    def _zone(self) -> str:
        found = self._connection.exec_driver_sql("SELECT zone FROM shop").scalar()
        return str(found or "UTC")

    def _out(self, field: str, reason: str, number: str) -> None:
        self._drop(PRICE_RULES, field, reason, "number = ?", parameters=(number,))

    def _rows(self, fields: str, condition: str) -> list[tuple[Any, ...]]:
        found = self._connection.exec_driver_sql(
            f"SELECT {fields} FROM price_rules WHERE {condition} ORDER BY line"
        )
        return [tuple(row) for row in found]
