"""Snapshots of prices: what a change does to a sale, and why a line costs so much. All frozen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from pos.domain.base_price import BasePrice
from pos.domain.money import Money
from pos.domain.quantity import Quantity


class ReductionView(Struct, frozen=True):
    """Something taken off a price: `kind` is a text key under `discount.`, `amount` above zero.

    Attributes:
        percent: of a discount by percent, else 0.
    """

    kind: str
    amount: Money
    percent: Decimal = Decimal(0)
    reason: str = ""


class LineChangeView(Struct, frozen=True):
    """What another customer or list does to one line.

    Attributes:
        before, after: amounts of the line, tax included.
        source: where the later price comes from, a text key under `price.source.`.
        kept: the price was set by hand or stands on the goods; no list changes it.
    """

    number: int
    name: str
    quantity: Quantity
    unit: str
    unit_price_before: Decimal
    unit_price_after: Decimal
    before: Money
    after: Money
    source: str
    kept: bool


class PriceChangeView(Struct, frozen=True):
    """What another customer or list does to the sale, line by line.

    Attributes:
        customer, price_list: names, as they are afterwards; empty for nobody and no list.
        before, after: totals of the sale.
        changed: lines that cost something else afterwards.
        kept: lines whose price no list changes.
    """

    customer: str
    price_list: str
    lines: tuple[LineChangeView, ...]
    before: Money
    after: Money
    changed: int
    kept: int


class PriceStepView(Struct, frozen=True):
    """One step of a derivation: `kind` is a text key under `price.step.`.

    Attributes:
        amount: the unit price after it, exact.
        value: what it worked with: a percentage, a rounding step, a surcharge, a margin.
        price_list: name of the list whose rule it belongs to, empty for none.
    """

    kind: str
    amount: Decimal
    value: Decimal
    price_list: str


class PriceRuleView(Struct, frozen=True):
    """The rule that won: `scope` is a text key under `price.scope.`; instants UTC, inclusive."""

    number: str
    scope: str
    category: str
    minimum: Quantity
    start: datetime | None
    end: datetime | None


class PriceTierView(Struct, frozen=True):
    """From this quantity on, one unit costs this much."""

    quantity: Quantity
    unit_price: Decimal


class PriceExplanationView(Struct, frozen=True):
    """Why a line costs what it costs.

    Attributes:
        unit: what `unit_price` is for.
        source: text key under `price.source.`.
        price_list: name of the list that priced it, empty for none.
        steps: the derivation; the last one ends at `unit_price`.
        public_price: shown beside a lower list price, None where nothing is.
        base_price: what a kilogram or litre costs at `unit_price`; None where nothing is told.
        pieces: of these goods in the whole sale, as tiers count them.
        tiers: beginning with one; `next_tier` is the next better one.
        full, reductions, share, amount: of the line; the share is of the discount on the sale.
        priced_at: the instant whose prices count, UTC.
        cheapest_wins: the sources have no order; the lowest price counts.
    """

    line: int
    name: str
    unit: str
    source: str
    price_list: str
    rule: PriceRuleView | None
    steps: tuple[PriceStepView, ...]
    unit_price: Decimal
    public_price: Decimal | None
    pieces: Quantity
    tiers: tuple[PriceTierView, ...]
    next_tier: PriceTierView | None
    full: Money
    reductions: tuple[ReductionView, ...]
    share: Money
    amount: Money
    priced_at: datetime
    cheapest_wins: bool = False
    base_price: BasePrice | None = None


class PriceListView(Struct, frozen=True):
    """A list the cashier may choose; `number` is empty for the till's own."""

    number: str
    name: str
    chosen: bool
