"""Asking the price book: the one place where the sources of a price are put in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import Struct

from pos.domain.money import EXACT, round_to_places, rounded_quotient
from pos.domain.pricing.answer import PriceAnswer, PriceSource, PriceTier
from pos.domain.pricing.book import TILL, PriceBook
from pos.domain.pricing.derive import PriceStep, StepKind, derive
from pos.domain.pricing.index import RuleIndex
from pos.domain.pricing.rules import PricedProduct, PriceRule
from pos.domain.quantity import ONE, Quantity
from pos.domain.tax import with_tax

_NOTHING = Decimal(0)
_PER_TEN_THOUSAND = Decimal(10_000)


class PriceContext(Struct, frozen=True):
    """Who buys where and when.

    Attributes:
        at: when the sale began; its prices stay those of that instant.
        till_list: number of the till's list, or of the one chosen or switched to by code.
        customer: number, for own prices.
        customer_list: number of the list the customer belongs to.
        country: the customer's, or the shop's if no customer is known (ETRON-55).
        floor: no price is below it, whatever rules make of it: who buys is never paid for it. None
            tells what the rules alone come to.
        rate_of: the rate of a tax by its code, in basis points, where all prices are to hold their
            tax as consumers' prices do; None leaves each as the product has it.
    """

    at: datetime
    till_list: str = ""
    customer: str = ""
    customer_list: str = ""
    country: str = ""
    floor: Decimal | None = None
    rate_of: Callable[[str], int] | None = None


def manual_answer(price: Decimal) -> PriceAnswer:
    """The answer of a price set by hand."""
    step = PriceStep(StepKind.MANUAL, price, price)
    return PriceAnswer(price, price, PriceSource.MANUAL, None, None, (step,), price, _NOTHING)


def rule_chain(
    book: PriceBook, rule: PriceRule, product: PricedProduct, quantity: int, at: datetime
) -> list[PriceRule]:
    """A rule, and beneath it the rules of the lists it starts from, for so many thousandths.

    Empty if the price hangs on a cost that isn't known: a source without a price makes way for the
    next one.
    """
    chain = [rule]
    while chain[-1].starts_from_list:
        below = book.rules_of(chain[-1].base_list).ladder(product, at).rule_for(quantity)
        if below is None:
            break
        chain.append(below)
    return [] if product.cost is None and chain[-1].needs_cost else chain


class Pricer:
    """Prices for one sale as it stands. Asking again with another context gives a preview."""

    def __init__(self, book: PriceBook, context: PriceContext) -> None:
        self._book, self._floor = book, context.floor
        self._rate_of = context.rate_of
        self._at = context.at.astimezone(UTC)
        candidates = [
            (PriceSource.OWN, book.rules_for_customer(context.customer)),
            (PriceSource.CUSTOMER_LIST, self._serving(context.customer_list, context.country)),
            (PriceSource.PROMOTION, book.running_promotions(context.country)),
            (PriceSource.TILL_LIST, self._serving(context.till_list, context.country)),
        ]
        self._sources = [(source, index) for source, index in candidates if index is not None]

    @property
    def adds_tax(self) -> bool:
        """Whether all its prices hold their tax, those of goods priced without it too."""
        return self._rate_of is not None

    def price(
        self, product: PricedProduct, quantity: Quantity, manual: Decimal | None = None
    ) -> PriceAnswer:
        """The price of one unit when this many are bought; a manual price stays as it is."""
        if manual is not None:
            return manual_answer(manual)
        found: list[PriceAnswer] = []
        for source, index in self._sources:
            chain = self._chain(index, product, quantity.thousandths)
            if chain:
                found.append(self._answer(source, chain, product))
                if not self._book.cheapest_wins:
                    return found[0]
        found.append(self._answer(PriceSource.BASE, [], product))
        return min(found, key=lambda answer: answer.exact)

    def tiers(self, product: PricedProduct) -> tuple[PriceTier, ...]:
        """What one unit costs from which quantity on, beginning with one (SRT-22)."""
        quantities = [ONE, *(each for each in self._thresholds(product) if each > ONE)]
        tiers = [PriceTier(each, self.price(product, each)) for each in quantities]
        return tuple(
            tier
            for before, tier in zip([None, *tiers], tiers, strict=False)
            if before is None or tier.answer.unit_price != before.answer.unit_price
        )

    def next_tier(self, product: PricedProduct, quantity: Quantity) -> PriceTier | None:
        """The smallest larger quantity at which one unit costs less, if there is any."""
        now = self.price(product, quantity).unit_price
        for threshold in self._thresholds(product):
            if threshold > quantity:
                answer = self.price(product, threshold)
                if answer.unit_price < now:
                    return PriceTier(threshold, answer)
        return None

    def _serving(self, number: str, country: str) -> RuleIndex | None:
        chosen = self._book.price_list(number)
        return self._book.rules_of(number) if chosen and chosen.serves(TILL, country) else None

    def _chain(self, index: RuleIndex, product: PricedProduct, quantity: int) -> list[PriceRule]:
        """The rule that wins, and those it starts from; empty if no rule applies."""
        rule = index.ladder(product, self._at).rule_for(quantity)
        return [] if rule is None else rule_chain(self._book, rule, product, quantity, self._at)

    def _answer(
        self, source: PriceSource, chain: list[PriceRule], product: PricedProduct
    ) -> PriceAnswer:
        steps, bases = derive(chain, product)
        if product.options:
            amount = EXACT.add(steps[-1].amount, product.options)
            steps.append(PriceStep(StepKind.OPTIONS, amount, product.options))
        if self._floor is not None and steps[-1].amount < self._floor:
            steps.append(PriceStep(StepKind.FLOOR, self._floor, self._floor))
        rate = self._rate_of(product.lacks_tax) if product.lacks_tax and self._rate_of else 0
        if rate:
            amount = with_tax(steps[-1].amount, rate)
            steps.append(PriceStep(StepKind.TAX, amount, Decimal(rate).scaleb(-2)))
        exact = steps[-1].amount
        unit_price = round_to_places(exact, self._book.decimals)
        if unit_price != exact:
            steps.append(PriceStep(StepKind.CENTS, unit_price, EXACT.subtract(unit_price, exact)))
        public_price, discount = unit_price, _NOTHING
        top = self._book.price_list(chain[0].list) if chain else None
        if top is not None and top.show_discount:
            public = with_tax(EXACT.add(self._public(chain, bases), product.options), rate)
            public_price = round_to_places(max(public, exact), self._book.decimals)
            discount = _discount(public, exact)
        return PriceAnswer(
            unit_price,
            exact,
            source,
            top,
            chain[0] if chain else None,
            tuple(steps),
            public_price,
            discount,
        )

    def _public(self, chain: list[PriceRule], bases: list[Decimal]) -> Decimal:
        """What the lowest rule started from down to which every list shows its discount."""
        depth = 0
        for rule in chain[1:]:
            below = self._book.price_list(rule.list)
            if below is None or not below.show_discount:
                break
            depth += 1
        return bases[depth]

    def _thresholds(self, product: PricedProduct) -> list[Quantity]:
        """Every quantity at which any rule that could price the product begins to apply."""
        found: set[int] = set()
        waiting = [index for _, index in self._sources]
        seen: set[str] = set()
        while waiting:
            ladder = waiting.pop().ladder(product, self._at)
            found.update(ladder.thresholds)
            for rule in ladder.rules:
                if rule.starts_from_list and rule.base_list not in seen:
                    seen.add(rule.base_list)
                    waiting.append(self._book.rules_of(rule.base_list))
        return [Quantity(each) for each in sorted(found) if each > 0]


def _discount(public: Decimal, price: Decimal) -> Decimal:
    """Percent off the public price, to two places; a price above it has no discount to show."""
    saved = EXACT.subtract(public, price)
    if not public or saved <= 0:
        return _NOTHING
    return Decimal(rounded_quotient(saved * _PER_TEN_THOUSAND, public)).scaleb(-2)
