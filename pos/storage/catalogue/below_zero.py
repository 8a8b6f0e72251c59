"""Price rules that would pay the customer for some goods are told when they are imported.

The till holds such prices at zero. A surcharge below zero is looked through to what it starts from:
the sales price, the cost, or another list's price.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import select

from pos.domain.pricing import Base, PriceBook, PricedProduct, PriceRule, Scope, rule_chain
from pos.domain.pricing.derive import derive
from pos.domain.quantity import ONE
from pos.storage.catalogue.exchange_prices import PRICE_RULES
from pos.storage.catalogue.mapping import to_price_list
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.rule_rows import read_rules
from pos.storage.catalogue.tables import line_in_file, price_lists

if TYPE_CHECKING:
    from sqlalchemy import Connection

_GOODS = "p.number, coalesce(p.category, ''), p.price, p.cost"
_NAMED = f"SELECT {_GOODS} FROM products p WHERE p.number = ?"
_CHEAPEST = (
    "SELECT {goods}, min(CAST(p.{by} AS REAL)) FROM products p"
    " WHERE p.active = 1 AND p.{by} IS NOT NULL AND p.{by} <> '0' GROUP BY p.category"
)
_FIXED = (
    "SELECT {goods}, min(CAST(r.price AS REAL)) FROM price_rules r"
    " JOIN products p ON p.number = r.product"
    " WHERE r.compute = 'fixed' AND p.active = 1 GROUP BY r.list, p.category"
)
"""Of each category one: however many rules there are, few goods are looked at. The numbers are read
digit by digit; as floats they only stand in their order.
"""


class _Goods(Struct, frozen=True):
    number: str
    category: str
    price: Decimal
    cost: Decimal | None

    def priced(self, variant: str) -> PricedProduct:
        return PricedProduct(self.number, self.price, self.cost, self.category, variant)


class BelowZero:
    """Looks for rules whose surcharge takes off more than there is, as of one instant."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now.astimezone(UTC)
        self._cheapest = cache(self._find_cheapest)

    def tell(self, report: ImportReport) -> None:
        """Note each such rule, with the goods that it would take furthest below zero."""
        for line, rule in self._rules("compute = 'formula' AND surcharge < '0'"):
            found = ((self._price(rule, each), each.number) for each in self._reached(rule))
            price, product = min(found, default=(Decimal(0), ""))
            if price < 0:
                told, place = {"product": product, "price": f"{price:f}"}, line_in_file(line)
                file = PRICE_RULES.file
                report.add(Problem(file, place, "surcharge", "rule_below_zero", told, kept=True))

    def _price(self, rule: PriceRule, goods: _Goods) -> Decimal:
        """The price by a rule; zero, which is told to nobody, where it hangs on an unknown cost."""
        product = goods.priced(rule.variant)
        quantity = max(rule.min_quantity, ONE).thousandths
        chain = rule_chain(self._book, rule, product, quantity, self._within(rule))
        return derive(chain, product).steps[-1].amount if chain else Decimal(0)

    def _within(self, rule: PriceRule) -> datetime:
        """Now, or the instant nearest to it at which the rule counts."""
        begun = max(self._now, rule.start.astimezone(UTC)) if rule.start else self._now
        return min(begun, rule.end.astimezone(UTC)) if rule.end else begun

    def _reached(self, rule: PriceRule) -> Iterator[_Goods]:
        if rule.scope in (Scope.PRODUCT, Scope.VARIANT):
            found = self._goods(_NAMED, rule.product)
        else:
            found = self._cheapest(rule.base)
        wanted = {each for each in (rule.category, rule.extra_category) if each}
        return (each for each in found if wanted <= set(self._ancestry(each.category)))

    def _find_cheapest(self, base: Base) -> tuple[_Goods, ...]:
        """What costs least of each category, by what rules of this base start from."""
        by = {Base.SALES_PRICE: ("price",), Base.COST: ("cost",), Base.LIST: ("price", "cost")}
        asked = [_CHEAPEST.format(goods=_GOODS, by=field) for field in by[base]]
        if base is Base.LIST:
            asked.append(_FIXED.format(goods=_GOODS))
        return tuple(dict.fromkeys(each for one in asked for each in self._goods(one)))

    def _goods(self, statement: str, *parameters: str) -> tuple[_Goods, ...]:
        rows = self._connection.exec_driver_sql(statement, parameters).all()
        return tuple(
            _Goods(row[0], row[1], Decimal(row[2]), None if row[3] is None else Decimal(row[3]))
            for row in rows
        )

    @cached_property
    def _book(self) -> PriceBook:
        """The lists that others start from; all else prices nothing beneath a rule."""
        base = "SELECT base_list FROM price_rules WHERE base = 'list' AND compute <> 'fixed'"
        lists = self._connection.execute(select(price_lists)).all()
        rules = (rule for _, rule in self._rules(f"list IN ({base})"))
        return PriceBook([to_price_list(row._mapping) for row in lists], rules, self._parents)

    @cached_property
    def _parents(self) -> dict[str, str]:
        rows = self._connection.exec_driver_sql("SELECT number, parent FROM categories").all()
        return {number: parent or "" for number, parent in rows}

    def _ancestry(self, category: str) -> Iterator[str]:
        """A category and all above it; the tree was freed of its circles before."""
        while category:
            yield category
            category = self._parents.get(category, "")

    def _rules(self, condition: str) -> Iterator[tuple[int, PriceRule]]:
        zone = ZoneInfo(
            str(self._connection.exec_driver_sql("SELECT zone FROM shop").scalar() or "UTC")
        )
        # All of them before the first is looked at: what is looked up meanwhile must not end this.
        for row in list(read_rules(self._connection, zone, condition)):
            yield row.line, row.rule
