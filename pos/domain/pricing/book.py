"""The price book: every list and rule, built once, asked for each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from graphlib import CycleError, TopologicalSorter

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.pricing.index import CategoryTree, RuleIndex
from pos.domain.pricing.rules import (
    PriceList,
    PriceListLoop,
    PriceListNameTaken,
    PriceListUnknown,
    PriceRule,
)

TILL = "till"
"""The sales medium of every till (ETRON-46)."""


class OwnPrice(Struct, frozen=True):
    """A price agreed with one customer (SRT-11). The rule's list is left empty."""

    customer: str
    rule: PriceRule


class PriceBook:
    """All lists, rules and own prices. It doesn't change; a new catalogue makes a new book.

    Raises PriceListLoop, PriceListUnknown or PriceListNameTaken on lists that can't be worked
    with, and ValueError on a rule whose dates lack their zone.

    Attributes:
        decimals: places a unit price is rounded to.
        cheapest_wins: take the lowest price of all sources instead of the first (SRT-11).
    """

    def __init__(
        self,
        lists: Iterable[PriceList],
        rules: Iterable[PriceRule],
        categories: Mapping[str, str],
        own_prices: Iterable[OwnPrice] = (),
        decimals: int = 2,
        cheapest_wins: bool = False,
    ) -> None:
        self.decimals = decimals
        self.cheapest_wins = cheapest_wins
        self._lists = {each.number: each for each in lists}
        self._ancestry = CategoryTree(categories).ancestry
        by_list: dict[str, list[PriceRule]] = {number: [] for number in self._lists}
        for rule in rules:
            if rule.list not in by_list:
                raise PriceListUnknown(rule.number, rule.list)
            by_list[rule.list].append(_in_utc(rule))
        _check_names(self._lists.values())
        _check_bases(by_list)
        self._indexes = {number: RuleIndex(own, self._ancestry) for number, own in by_list.items()}
        self._promotions = [
            (each, by_list[each.number]) for each in self._lists.values() if each.promotion
        ]
        self._running: dict[str, RuleIndex] = {}
        self._own: dict[str, RuleIndex] = self._index_own(own_prices)

    def price_list(self, number: str) -> PriceList | None:
        """The list of this number, if there is one."""
        return self._lists.get(number)

    def selectable(self, country: str) -> list[PriceList]:
        """The lists a cashier may choose from for a customer of this country, by name."""
        fitting = [
            each
            for each in self._lists.values()
            if not each.promotion and not each.code and each.serves(TILL, country)
        ]
        return sorted(fitting, key=lambda each: each.name)

    def list_for_code(self, code: str, country: str) -> PriceList:
        """The list a code switches to; raises Refusal on an unknown code or another medium's."""
        for each in self._lists.values():
            if each.code and each.code == code:
                if not each.serves(TILL, country):
                    raise Refusal("price_code_not_here", code=code, list=each.name)
                return each
        raise Refusal("price_code_unknown", code=code)

    def has_code(self, code: str) -> bool:
        """Whether any list has this code, wherever it is valid."""
        return bool(code) and any(each.code == code for each in self._lists.values())

    def rules_of(self, number: str) -> RuleIndex:
        """The rules of a list; KeyError where `price_list` knows none."""
        return self._indexes[number]

    def rules_for_customer(self, customer: str) -> RuleIndex | None:
        """A customer's own prices, if there are any."""
        return self._own.get(customer)

    def running_promotions(self, country: str) -> RuleIndex | None:
        """The rules of all promotions for customers of a country, as if they were one list."""
        if not self._promotions:
            return None
        running = self._running.get(country)
        if running is None:
            rules = [
                rule
                for promotion, own in self._promotions
                if promotion.serves(TILL, country)
                for rule in own
            ]
            running = self._running[country] = RuleIndex(rules, self._ancestry)
        return running

    def _index_own(self, own_prices: Iterable[OwnPrice]) -> dict[str, RuleIndex]:
        by_customer: dict[str, list[PriceRule]] = defaultdict(list)
        for own in own_prices:
            by_customer[own.customer].append(_in_utc(own.rule))
        return {
            customer: RuleIndex(rules, self._ancestry) for customer, rules in by_customer.items()
        }


def _in_utc(rule: PriceRule) -> PriceRule:
    """Instants of one zone compare several times faster than those of two."""
    if {at.tzinfo for at in (rule.start, rule.end) if at} <= {UTC}:
        return rule
    return replace(rule, start=_instant(rule.start), end=_instant(rule.end))


def _instant(at: datetime | None) -> datetime | None:
    if at is not None and at.tzinfo is None:
        raise ValueError(f"{at} lacks its zone")
    return at and at.astimezone(UTC)


def _check_names(lists: Iterable[PriceList]) -> None:
    """Exchange names and codes are unique, each for itself."""
    taken: dict[tuple[str, str], PriceList] = {}
    for each in lists:
        for kind, name in (("export", each.export_name), ("code", each.code)):
            first = taken.setdefault((kind, name), each)
            if name and first is not each:
                raise PriceListNameTaken(name, first.name, each.name)


def _check_bases(by_list: Mapping[str, list[PriceRule]]) -> None:
    """Every list a rule starts from exists, and none comes back to itself (ETRON-50)."""
    starts_from: dict[str, set[str]] = {number: set() for number in by_list}
    for number, rules in by_list.items():
        for rule in rules:
            if rule.starts_from_list:
                if rule.base_list not in by_list:
                    raise PriceListUnknown(rule.number, rule.base_list)
                starts_from[number].add(rule.base_list)
    try:
        TopologicalSorter(starts_from).prepare()
    except CycleError as error:
        raise PriceListLoop(list(reversed(error.args[1]))) from error
