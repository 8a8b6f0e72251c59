"""Why a line costs what it costs, from the derivation that was kept with it (T-053, wish C1).

The kept derivation is what priced the line, so the two can't disagree, whatever list the back
office has changed since. Only the hint at the next tier asks the price book.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from pos.domain.balance import full_amount, reductions
from pos.domain.base_price import base_price
from pos.domain.pricing import PriceTier, StepKind
from pos.domain.quantity import Quantity
from pos.domain.sale import INVOICE_PRICE, LABEL_PRICE, MANUAL_PRICE, ORDER_PRICE, LineItem, Sale
from pos.till.desk import Desk
from pos.till.packages import package_of
from pos.till.price_views import (
    PriceExplanationView,
    PriceRuleView,
    PriceStepView,
    PriceTierView,
    ReductionView,
)
from pos.till.prices import pieces_by_product, priced

_ONLY_STEP = {
    MANUAL_PRICE: "manual",
    LABEL_PRICE: "label",
    INVOICE_PRICE: "invoice",
    ORDER_PRICE: "order",
}


def explain(desk: Desk, number: int) -> PriceExplanationView:
    """The derivation of a line's price; raises Refusal "no_sale" or "no_such_line"."""
    sale = desk.open_sale()
    line = sale.line(number)
    record = _record(line)
    tiers, following = _tiers(desk, sale, line)
    return PriceExplanationView(
        line=line.number,
        name=line.name,
        unit=line.goods.price_unit or line.unit,
        source=line.price_source,
        price_list=str(record.get("list", "")),
        rule=_rule(desk, record.get("rule")),
        steps=(*(_step(desk, step) for step in record["steps"]), *_tax_step(line)),
        unit_price=line.shown_price,
        base_price=base_price(line.shown_price, package_of(desk, line), sale.currency),
        public_price=line.public_price and line.with_tax(line.public_price),
        pieces=pieces_by_product(sale).get(line.product, line.pieces),
        tiers=tiers,
        next_tier=following,
        full=full_amount(line, sale.currency),
        reductions=tuple(
            ReductionView(each.kind.value, each.amount, each.percent, each.reason)
            for each in reductions(line, sale.currency)
        ),
        share=replace(line, share=0).amount(sale.currency) - line.amount(sale.currency),
        amount=line.amount(sale.currency),
        priced_at=sale.opened_at,
        cheapest_wins=desk.shop.cheapest_wins,
    )


def _record(line: LineItem) -> Mapping[str, Any]:
    """The kept derivation; one step where the price came with the goods or their deposit."""
    if line.price_note:
        record: Mapping[str, Any] = json.loads(line.price_note)
        return record
    price = format(line.unit_price, "f")
    kind = _ONLY_STEP.get(line.price_source, "sales_price")
    return {"steps": [{"kind": kind, "amount": price, "value": price, "list": ""}]}


def _tax_step(line: LineItem) -> tuple[PriceStepView, ...]:
    """The tax on top of a price that is sold without it, so that the steps end at what is paid."""
    if line.tax_included or not line.tax_rate:
        return ()
    rate = Decimal(line.tax_rate).scaleb(-2)
    return (PriceStepView(StepKind.TAX.value, line.shown_price, rate, ""),)


def _step(desk: Desk, step: Mapping[str, str]) -> PriceStepView:
    price_list = desk.prices.book(desk.catalogue).price_list(step["list"])
    return PriceStepView(
        kind=step["kind"],
        amount=Decimal(step["amount"]),
        value=Decimal(step["value"]),
        price_list=price_list.name if price_list else step["list"],
    )


def _rule(desk: Desk, rule: Mapping[str, str] | None) -> PriceRuleView | None:
    if rule is None:
        return None
    return PriceRuleView(
        number=rule["number"],
        scope=rule["scope"],
        category=desk.catalogue.stock_category(rule["category"]) or rule["category"],
        minimum=Quantity.parse(rule["min_quantity"]),
        start=datetime.fromisoformat(rule["start"]) if rule["start"] else None,
        end=datetime.fromisoformat(rule["end"]) if rule["end"] else None,
    )


def _tiers(
    desk: Desk, sale: Sale, line: LineItem
) -> tuple[tuple[PriceTierView, ...], PriceTierView | None]:
    """All tiers of the line's goods, and the next better one; none where no list counts."""
    product = desk.catalogue.product(line.product)
    if product is None or line.is_priced or not line.is_discountable:
        return (), None
    goods, pricer = priced(product, line.goods), desk.pricer(sale)
    count = pieces_by_product(sale).get(line.product, line.pieces)
    following = pricer.next_tier(goods, count)
    tiers = tuple(_tier(line, tier) for tier in pricer.tiers(goods))
    return tiers, following and _tier(line, following)


def _tier(line: LineItem, tier: PriceTier) -> PriceTierView:
    return PriceTierView(tier.quantity, line.with_tax(tier.answer.unit_price))
