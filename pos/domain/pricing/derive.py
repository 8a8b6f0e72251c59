"""A price from its rules, as the steps that lead to it: the price is where the last step ends."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pos.domain.money import EXACT, round_to_step
from pos.domain.pricing.rules import Compute, PricedProduct, PriceRule

_HUNDRED = Decimal(100)
_PERCENT = Decimal("0.01")


class StepKind(StrEnum):
    """What a step did; the text key `price.step.<kind>` says it in words."""

    SALES_PRICE = "sales_price"
    VARIANT_EXTRA = "variant_extra"
    COST = "cost"
    FIXED = "fixed"
    DISCOUNT = "discount"
    ROUNDING = "rounding"
    SURCHARGE = "surcharge"
    MIN_MARGIN = "min_margin"
    MAX_MARGIN = "max_margin"
    OPTIONS = "options"
    FLOOR = "floor"
    TAX = "tax"
    MANUAL = "manual"
    CENTS = "cents"


class PriceStep(NamedTuple):
    """One step of a derivation.

    Attributes:
        amount: the price after it, exact.
        value: what the step worked with: a percentage, a rounding step, a surcharge, a margin.
        rule: the rule it belongs to, None for what comes from the product or the cashier.
    """

    kind: StepKind
    amount: Decimal
    value: Decimal
    rule: PriceRule | None = None


class Derivation(NamedTuple):
    """The steps to a price, and what each rule of the chain started from, the top rule first."""

    steps: list[PriceStep]
    bases: list[Decimal]


def derive(chain: Sequence[PriceRule], product: PricedProduct) -> Derivation:
    """Work out a chain of rules, of which each but the last starts from the one after it.

    An empty chain is the sales price with the variant's extra.
    """
    price, steps = _start(chain[-1] if chain else None, product)
    bases = []
    for rule in reversed(chain):
        bases.append(price)
        price = _apply(rule, price, steps)
    return Derivation(steps, bases[::-1])


def _start(rule: PriceRule | None, product: PricedProduct) -> tuple[Decimal, list[PriceStep]]:
    """What the undermost rule starts from; a fixed price needs no step to explain that."""
    if rule is not None and rule.needs_cost and product.cost is not None:
        return product.cost, [PriceStep(StepKind.COST, product.cost, product.cost)]
    price = product.sales_price
    steps = [PriceStep(StepKind.SALES_PRICE, price, price)]
    if product.extra:
        price = EXACT.add(price, product.extra)
        steps.append(PriceStep(StepKind.VARIANT_EXTRA, price, product.extra))
    return price, [] if rule is not None and rule.compute is Compute.FIXED else steps


def _apply(rule: PriceRule, base: Decimal, steps: list[PriceStep]) -> Decimal:
    """Add the rule's steps; discount, rounding, surcharge, margins, in this order (ETRON-52)."""
    if rule.compute is Compute.FIXED:
        steps.append(PriceStep(StepKind.FIXED, rule.price, rule.price, rule))
        return rule.price
    price = base
    if rule.discount:
        kept = EXACT.multiply(_HUNDRED - rule.discount, _PERCENT)
        price = EXACT.multiply(price, kept)
        steps.append(PriceStep(StepKind.DISCOUNT, price, rule.discount, rule))
    if rule.compute is Compute.FORMULA:
        price = _round_and_bound(rule, base, price, steps)
    return price


def _round_and_bound(
    rule: PriceRule, base: Decimal, price: Decimal, steps: list[PriceStep]
) -> Decimal:
    if rule.rounding:
        price = round_to_step(price, rule.rounding)
        steps.append(PriceStep(StepKind.ROUNDING, price, rule.rounding, rule))
    if rule.surcharge:
        price = EXACT.add(price, rule.surcharge)
        steps.append(PriceStep(StepKind.SURCHARGE, price, rule.surcharge, rule))
    if rule.min_margin and price < (least := EXACT.add(base, rule.min_margin)):
        price = least
        steps.append(PriceStep(StepKind.MIN_MARGIN, price, rule.min_margin, rule))
    if rule.max_margin and price > (most := EXACT.add(base, rule.max_margin)):
        price = most
        steps.append(PriceStep(StepKind.MAX_MARGIN, price, rule.max_margin, rule))
    return price
