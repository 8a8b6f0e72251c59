"""Checks of price rules by themselves: what can never apply, and what would sell below zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from pos.domain.pricing import Compute, PricedProduct, PriceRule
from pos.domain.pricing.derive import derive
from pos.storage.catalogue.exchange_prices import PRICE_RULES
from pos.storage.catalogue.mapping import instant
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import line_in_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pos.storage.catalogue.relating_goods import Drop

_ALL = Decimal(100)
_AMOUNTS = ("discount", "rounding", "surcharge", "min_margin", "max_margin")


class _Cheapest(Struct, frozen=True):
    """The active product that costs least, of those that cost something."""

    number: str
    category: str
    price: Decimal


class RuleRelations:
    """Removes rules that contradict themselves, and tells of those that go below zero."""

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

    def note_below_zero(self, report: ImportReport) -> None:
        """Tell of each rule on the sales price that would pay the customer for some goods.

        Such a price is held at zero when it is sold. Rules on cost or another list aren't looked
        through: what they start from changes without them.
        """
        rules = self._rows(
            f"line, scope, product, category, extra_category, {', '.join(_AMOUNTS)}",
            "compute = 'formula' AND base = 'sales_price' AND surcharge < '0'",
        )
        below = self._trees() if rules else {}
        cheapest = self._cheapest() if rules else []
        for line, scope, product, category, extra, *amounts in rules:
            rule = _formula(*map(Decimal, amounts))
            goods = self._goods(product) if scope in ("product", "variant") else cheapest
            within = [below.get(each, frozenset()) for each in (category, extra) if each]
            reached = [each for each in goods if all(each.category in one for one in within)]
            self._note(report, int(line), rule, reached)

    def _note(
        self, report: ImportReport, line: int, rule: PriceRule, goods: Iterable[_Cheapest]
    ) -> None:
        least = min(goods, key=lambda one: one.price, default=None)
        if least is None:
            return
        price = derive([rule], PricedProduct(least.number, least.price)).steps[-1].amount
        if price < 0:
            told, place = {"product": least.number, "price": f"{price:f}"}, line_in_file(line)
            file = PRICE_RULES.file
            report.add(Problem(file, place, "surcharge", "rule_below_zero", told, kept=True))

    def _goods(self, product: str) -> list[_Cheapest]:
        return self._products("number = ?", (product,))

    def _cheapest(self) -> list[_Cheapest]:
        """Of each category, and of goods without one: one pass, however many rules there are."""
        return self._products("active = 1 AND price <> '0' GROUP BY category", ())

    def _products(self, condition: str, parameters: tuple[str, ...]) -> list[_Cheapest]:
        # Only for the order of size; the price itself is read digit for digit.
        rows = self._connection.exec_driver_sql(
            "SELECT number, coalesce(category, ''), price, min(CAST(price AS REAL))"
            f" FROM products WHERE {condition}",
            parameters,
        ).all()
        return [_Cheapest(row[0], row[1], Decimal(row[2])) for row in rows if row[0] is not None]

    def _trees(self) -> Mapping[str, frozenset[str]]:
        """Each category with all below it."""
        rows = self._connection.exec_driver_sql("SELECT number, parent FROM categories").all()
        above: dict[str, str | None] = {row[0]: row[1] for row in rows}
        trees: dict[str, set[str]] = {number: {number} for number in above}
        for number in above:
            parent = above[number]
            while parent is not None and parent in trees:
                trees[parent].add(number)
                parent = above[parent]
        return {number: frozenset(tree) for number, tree in trees.items()}


def _formula(
    discount: Decimal,
    rounding: Decimal,
    surcharge: Decimal,
    min_margin: Decimal,
    max_margin: Decimal,
) -> PriceRule:
    return PriceRule(
        "",
        "",
        compute=Compute.FORMULA,
        discount=discount,
        rounding=rounding,
        surcharge=surcharge,
        min_margin=min_margin,
        max_margin=max_margin,
    )
