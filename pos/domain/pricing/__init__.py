"""Prices and why: lists, rules and customers' own prices, asked through a `PriceBook`.

`Pricer(book, context).price(product, quantity)` answers with the price, its source, the rule that
won and every step to it. The rules are those of ETRON-45 to ETRON-57, SRT-11, SRT-12 and SRT-22;
recorded cases are replayed by `python -m tests.vectors pricelists`.
"""

from pos.domain.pricing.answer import PriceAnswer, PriceSource, PriceTier
from pos.domain.pricing.book import OwnPrice, PriceBook
from pos.domain.pricing.derive import PriceStep, StepKind
from pos.domain.pricing.pricer import PriceContext, Pricer, manual_answer, rule_chain
from pos.domain.pricing.rules import (
    Base,
    Compute,
    PricedProduct,
    PriceList,
    PriceListLoop,
    PriceListNameTaken,
    PriceListUnknown,
    PriceRule,
    Scope,
)

__all__ = [
    "Base",
    "Compute",
    "OwnPrice",
    "PriceAnswer",
    "PriceBook",
    "PriceContext",
    "PriceList",
    "PriceListLoop",
    "PriceListNameTaken",
    "PriceListUnknown",
    "PriceRule",
    "PriceSource",
    "PriceStep",
    "PriceTier",
    "PricedProduct",
    "Pricer",
    "Scope",
    "StepKind",
    "manual_answer",
    "rule_chain",
]
