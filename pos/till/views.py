"""Snapshots: what a screen, a story or a customer display sees of the till. All frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from pos.domain.money import Money
from pos.domain.operator import Operator
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.domain.tender import TenderState


@dataclass(frozen=True, slots=True)
class LineView:
    """A line item as shown.

    Attributes:
        number: counts from 1 in the order of entry and never changes; commands name it.
        quantity: in the product's unit; for a packaging its whole content.
        packs: how many packagings; None on a line sold by the unit.
        content: units in one packaging.
        unit_price: of one unit, in major currency units, up to 6 decimals.
        tax_rate: basis points.
        removed: struck out, can be brought back until the sale is closed.
        deposit_of: number of the line this deposit belongs to.
        price_source: text key under `price.source.` ("base", "list", "manual").
    """

    number: int
    product: str
    name: str
    quantity: Quantity
    unit: str
    unit_price: Decimal
    amount: Money
    tax_rate: int
    packaging: str = ""
    packs: Quantity | None = None
    content: Quantity | None = None
    weighed: bool = False
    removed: bool = False
    deposit_of: int | None = None
    price_source: str = "base"
    picture: str = ""


@dataclass(frozen=True, slots=True)
class TenderView:
    """One tender of a sale: what was given by which method."""

    number: int
    method: str
    amount: Money
    state: TenderState


@dataclass(frozen=True, slots=True)
class SaleView:
    """The sale on the screen. `lines` holds removed lines too, in order of entry.

    `lines_count` counts the lines that count, `pieces` the whole pieces among them.
    """

    id: str
    state: SaleState
    lines: tuple[LineView, ...]
    total: Money
    lines_count: int
    pieces: int
    tenders: tuple[TenderView, ...] = ()
    paid: Money = field(default=Money(0))
    due: Money = field(default=Money(0))
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LastSaleView:
    """The sale closed last: its change is shown large until the next one begins."""

    number: int
    total: Money
    given: Money
    change: Money
    lines: int
    tenders: tuple[TenderView, ...]
    closed_at: datetime
    copies: int = 0


@dataclass(frozen=True, slots=True)
class SessionView:
    """The open session."""

    number: int
    opened_at: datetime
    business_date: date
    opened_by: str
    opening_float: Money
    sales: int
    turnover: Money
    overdue: bool


@dataclass(frozen=True, slots=True)
class ParkedView:
    """A parked sale."""

    id: str
    label: str
    parked_at: datetime
    operator: str
    lines: int
    total: Money


@dataclass(frozen=True, slots=True)
class PrintJobView:
    """A print job that wants attention or waits. `fault` is a key under `device.`."""

    id: int
    title: str
    printer: str
    state: str
    fault: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UnknownCodeView:
    """A scanned code the till can't sell: shown beside the sale, never in the way.

    `reason` is a refusal code ("unknown_code", "packaging_not_sold", "product_inactive", …) and
    `text` what the cashier reads.
    """

    id: int
    code: str
    reason: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawerView:
    """The cash drawer: when and why it was opened last. Reasons are keys under `drawer.`."""

    openings: int
    last_reason: str


@dataclass(frozen=True, slots=True)
class TenderMethodView:
    """A payment method this till offers. `key` is a text key under `tender.method.`."""

    key: str
    is_cash: bool


@dataclass(frozen=True, slots=True)
class TillView:
    """All a screen needs, as of one command. `version` counts up with every command."""

    version: int
    till: str
    till_name: str
    shop: str
    currency: str
    price_list: str
    now: datetime
    operator: Operator | None
    locked: bool
    session: SessionView | None
    proposed_float: Money
    sale: SaleView | None
    last_sale: LastSaleView | None
    parked: tuple[ParkedView, ...]
    unknown: tuple[UnknownCodeView, ...]
    print_jobs: tuple[PrintJobView, ...]
    drawer: DrawerView
    methods: tuple[TenderMethodView, ...]
    catalogue_at: datetime | None
    language: str
    clock_behind: bool = False
