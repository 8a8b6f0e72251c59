"""The answer to "what does it cost, and why": a price with its source and derivation."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pos.domain.pricing.derive import PriceStep
from pos.domain.pricing.rules import PriceList, PriceRule
from pos.domain.quantity import Quantity


class PriceSource(StrEnum):
    """Where a price comes from. This order is the precedence: the first that has a price wins."""

    MANUAL = "manual"
    OWN = "own"
    CUSTOMER_LIST = "customer_list"
    PROMOTION = "promotion"
    TILL_LIST = "till_list"
    BASE = "base"


class PriceAnswer(NamedTuple):
    """The price of one unit.

    Attributes:
        unit_price: what is charged, in major currency units, rounded to the price's decimals.
        exact: the same before that rounding.
        list: the list that priced it, None for manual and base prices.
        rule: the rule of that list that won.
        steps: the derivation; the last step's amount is `unit_price`.
        public_price: shown beside the price where the list shows discounts, else `unit_price`.
        discount_percent: from the public price, to two places; 0 where none is shown.
    """

    unit_price: Decimal
    exact: Decimal
    source: PriceSource
    list: PriceList | None
    rule: PriceRule | None
    steps: tuple[PriceStep, ...]
    public_price: Decimal
    discount_percent: Decimal

    def record(self) -> dict[str, object]:
        """The whole answer as plain values for the journal; amounts are strings."""
        return {
            "unit_price": f"{self.unit_price:f}",
            "source": self.source.value,
            "list": self.list.name if self.list else "",
            "rule": _rule_record(self.rule) if self.rule else None,
            "steps": [
                {
                    "kind": step.kind.value,
                    "amount": f"{step.amount:f}",
                    "value": f"{step.value:f}",
                    "list": step.rule.list if step.rule else "",
                }
                for step in self.steps
            ],
        }


class PriceTier(NamedTuple):
    """From this quantity on, one unit costs this much."""

    quantity: Quantity
    answer: PriceAnswer


def _rule_record(rule: PriceRule) -> dict[str, str]:
    return {
        "number": rule.number,
        "scope": rule.scope.value,
        "product": rule.product,
        "variant": rule.variant,
        "category": rule.category or rule.extra_category,
        "min_quantity": str(rule.min_quantity),
        "start": rule.start.isoformat() if rule.start else "",
        "end": rule.end.isoformat() if rule.end else "",
    }
