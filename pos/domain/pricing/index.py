"""Finding the rules for a product without looking at the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from operator import itemgetter

from pos.domain.pricing.ladder import Ladder, Placed, build_ladder
from pos.domain.pricing.rules import ALWAYS, PricedProduct, PriceRule, Scope

Ancestry = Callable[[str], Sequence[str]]


class CategoryTree:
    """The product categories; answers which categories a product of one belongs to."""

    def __init__(self, parents: Mapping[str, str]) -> None:
        self._parents = parents
        self._known: dict[str, tuple[str, ...]] = {}

    def ancestry(self, category: str) -> tuple[str, ...]:
        """The category, its parent and so on up; a loop in the tree ends where it closes."""
        known = self._known.get(category)
        if known is None:
            line = [category]
            while (parent := self._parents.get(line[-1], "")) and parent not in line:
                line.append(parent)
            known = self._known[category] = tuple(line)
        return known


class RuleIndex:
    """The rules of one list, by what they apply to.

    Precedence (ETRON-48): variant, product, category, all; then the higher minimum quantity; then
    the deeper category; then the rule given later. Ladders are kept until a date edge is passed,
    so that a warm price costs two look-ups whatever the number of rules.
    """

    def __init__(self, rules: Iterable[PriceRule], ancestry: Ancestry) -> None:
        self._ancestry = ancestry
        self._by_variant: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        self._by_product: dict[str, list[Placed]] = defaultdict(list)
        self._by_category: dict[str, list[Placed]] = defaultdict(list)
        self._for_all: dict[str, list[Placed]] = defaultdict(list)
        for position, rule in enumerate(rules):
            self._bucket(rule).append((-rule.min_quantity.thousandths, -position, rule))
        self._with_own = {product for product, _ in self._by_variant} | self._by_product.keys()
        self._own: dict[tuple[str, str, str], Ladder] = {}
        self._shared: dict[str, Ladder] = {}
        self._unconditional = Ladder(until=ALWAYS)

    def ladder(self, product: PricedProduct, at: datetime) -> Ladder:
        """The tiers of a product at an instant in UTC."""
        if product.number not in self._with_own:
            return self._shared_ladder(product.category, at)
        key = (product.number, product.variant, product.category)
        ladder = self._own.get(key)
        if ladder is None or not ladder.holds_at(at):
            ladder = self._own[key] = self._build_own(product, at)
        return ladder

    def _bucket(self, rule: PriceRule) -> list[Placed]:
        if rule.scope is Scope.PRODUCT:
            return self._by_product[rule.product]
        if rule.scope is Scope.VARIANT:
            return self._by_variant[rule.product, rule.variant]
        if rule.scope is Scope.CATEGORY:
            return self._by_category[rule.category]
        return self._for_all[rule.extra_category]

    def _shared_ladder(self, category: str, at: datetime) -> Ladder:
        """The tiers of every product of a category that has no rules to itself."""
        ladder = self._shared.get(category)
        if ladder is None or not ladder.holds_at(at):
            ladder = self._shared[category] = self._build_shared(category, at)
        return ladder

    def _build_own(self, product: PricedProduct, at: datetime) -> Ladder:
        line = self._ancestry(product.category)
        below = self._shared_ladder(product.category, at)
        rules = sorted(self._by_product.get(product.number, ()))
        if product.variant:
            rules = sorted(self._by_variant.get((product.number, product.variant), ())) + rules
        return build_ladder(rules, line, at, below)

    def _build_shared(self, category: str, at: datetime) -> Ladder:
        line = self._ancestry(category)
        by_depth = [sorted(self._by_category.get(each, ())) for each in line]
        # The sort is stable, so the deeper category stays first where minimums are equal.
        rules = sorted(chain.from_iterable(by_depth), key=itemgetter(0))
        return build_ladder(rules, line, at, self._ladder_for_all(line, at))

    def _ladder_for_all(self, line: Sequence[str], at: datetime) -> Ladder:
        """The tiers of the rules for all products; without conditions one ladder serves all."""
        conditional = [entry for each in line if each for entry in self._for_all.get(each, ())]
        plain = self._for_all.get("", ())
        if conditional:
            return build_ladder(sorted([*plain, *conditional]), line, at)
        if not self._unconditional.holds_at(at):
            self._unconditional = build_ladder(sorted(plain), line, at)
        return self._unconditional
