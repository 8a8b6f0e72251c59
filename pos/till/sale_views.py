"""Snapshots of a sale: its lines and tenders, who buys, and the sale before it. All frozen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from pos.domain.base_price import BasePrice, Content, base_price
from pos.domain.goods import PLAIN, LineGoods
from pos.domain.money import EXACT, Money
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.domain.tender import TenderState
from pos.till.points_views import DeductionView, PointsView
from pos.till.price_views import ReductionView


class LineView(Struct, frozen=True):
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
        amount: what the line costs by itself; the discount on the sale comes off the sum of all.
        public_price: what a lower list price is shown beside, or None.
        full: the amount before anything was taken off it.
        reductions: what was taken off the line; the share of the sale's discount isn't among them.
        net: without tax, and with the share of the sale's discount: all of them add up to it.
        goods: variant, options, other unit, lot, serial, parts of a kit.
        card: of a line that loads a card, its programme and masked code.
        comes_back: the customer gives it back; `receipt` is the one it was sold on, 0 without,
            and `reason` what was told.
        kept: what was paid for it and isn't given back; `kept_reason` says why.
        package: what is in one unit, where its base price is told; None where nothing is.
        stock: None where this till doesn't show it, or nobody counted.
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
    public_price: Decimal | None = None
    full: Money = Money(0)
    reductions: tuple[ReductionView, ...] = ()
    net: Money = Money(0)
    goods: LineGoods = PLAIN
    card: str = ""
    comes_back: bool = False
    receipt: int = 0
    reason: str = ""
    kept: Money = Money(0)
    kept_reason: str = ""
    package: Content | None = None
    stock: StockCount | None = None

    @property
    def net_price(self) -> Decimal:
        """Of one unit of the product without tax, all discounts taken off: for looking at."""
        units = EXACT.multiply(self.quantity.decimal, self.goods.factor)
        return round(self.net.decimal / units, 4)

    @property
    def base_price(self) -> BasePrice | None:
        """What a kilogram or litre of it costs, as the unit price is looked at (T-206)."""
        return base_price(self.unit_price, self.package, self.amount.currency)


class StockCount(Struct, frozen=True):
    """How much of an article is at this till's place, and everywhere together (T-034)."""

    here: Quantity
    total: Quantity


class CustomerView(Struct, frozen=True):
    """Who buys. `number` is empty for a one-off customer.

    Attributes:
        price_list: name of the customer's own list, empty if there is none.
        tax_status: text key under `tax.status.`.
    """

    number: str
    name: str
    kind: str
    address: tuple[str, ...]
    vat_id: str
    price_list: str
    tax_status: str


class TenderView(Struct, frozen=True):
    """One tender of a sale: what was given by which method.

    Attributes:
        confirmed: False for a card that was taken while nobody could confirm its balance.
        card: of a voucher or wallet, its masked code.
        rest: what is left on that card once the sale is closed; None for other tenders.
    """

    number: int
    method: str
    amount: Money
    state: TenderState
    confirmed: bool = True
    card: str = ""
    rest: Money | None = None


class SaleView(Struct, frozen=True):
    """The sale on the screen. `lines` holds removed lines too, in order of entry.

    `lines_count` counts the lines that count, `pieces` the whole pieces among them.

    Attributes:
        price_list: name of the list chosen for this sale, empty where the till's own counts.
        subtotal: before all that comes off the sale as a whole.
        discount: by hand on the sale; None without one.
        deductions: coupons and points that come off besides, in order.
        points: of the customer; None without an account, or where no programme counts.
        tax_free: text key under `tax.note.` of why no tax is charged, empty where it is.
        net, tax: what `total` is made of.
        voids: number of the receipt this sale takes back as a whole, 0 for others.
        refunds: how what is owed goes back, as proposed; nothing while the customer has to pay.
        net_view: whether amounts are to be shown without tax; `net_allowed` whether they may be.
        order: number of the order it settles, empty for none.
        paper: text key under `paper.` of what the customer gets; `papers` is what they may choose.
    """

    id: str
    state: SaleState
    lines: tuple[LineView, ...]
    total: Money
    lines_count: int
    pieces: int
    tenders: tuple[TenderView, ...] = ()
    paid: Money = Money(0)
    due: Money = Money(0)
    label: str = ""
    order: str = ""
    note: str = ""
    customer: CustomerView | None = None
    price_list: str = ""
    subtotal: Money = Money(0)
    discount: ReductionView | None = None
    tax_free: str = ""
    net: Money = Money(0)
    tax: Money = Money(0)
    net_view: bool = False
    net_allowed: bool = False
    paper: str = "receipt"
    papers: tuple[str, ...] = ("receipt",)
    voids: int = 0
    refunds: tuple[RefundView, ...] = ()
    deductions: tuple[DeductionView, ...] = ()
    points: PointsView | None = None


class RefundView(Struct, frozen=True):
    """One way money goes back: `method` is a text key under `tender.method.`, `amount` above zero.

    Attributes:
        card: what may be shown of the card it goes back to, with its programme; empty for others.
        receipt: whose tender it gives back; 0 for cash that follows from none.
        by_right: it wants somebody with the right, because it wasn't paid in cash.
    """

    method: str
    is_cash: bool
    amount: Money
    card: str = ""
    receipt: int = 0
    by_right: bool = False


class LastSaleView(Struct, frozen=True):
    """The sale closed last: its change is shown large until the next one begins.

    Attributes:
        finished_late: it was paid when the till stopped, and start-up finished it.
    """

    number: int
    total: Money
    given: Money
    change: Money
    lines: int
    tenders: tuple[TenderView, ...]
    closed_at: datetime
    copies: int = 0
    voids: int = 0
    finished_late: bool = False
