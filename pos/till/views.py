"""Snapshots: what a screen, a story or a customer display sees of the till. All frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from pos.domain.goods import PLAIN, LineGoods
from pos.domain.money import Money
from pos.domain.operator import Operator
from pos.domain.quantity import Quantity
from pos.domain.sale import SaleState
from pos.domain.tender import TenderState
from pos.till.device_views import DeviceView
from pos.till.points_views import DeductionView, PointsView
from pos.till.voucher_views import CardView, ImportView, ProgrammeView, RunView, TaskView


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
    full: Money = field(default=Money(0))
    reductions: tuple[ReductionView, ...] = ()
    net: Money = field(default=Money(0))
    goods: LineGoods = PLAIN
    card: str = ""
    comes_back: bool = False
    receipt: int = 0
    reason: str = ""
    kept: Money = field(default=Money(0))
    kept_reason: str = ""
    stock: StockCount | None = None


@dataclass(frozen=True, slots=True)
class StockCount:
    """How much of an article is at this till's place, and everywhere together (T-034)."""

    here: Quantity
    total: Quantity


@dataclass(frozen=True, slots=True)
class ReductionView:
    """Something taken off a price: `kind` is a text key under `discount.`, `amount` above zero.

    Attributes:
        percent: of a discount by percent, else 0.
    """

    kind: str
    amount: Money
    percent: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CustomerView:
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


@dataclass(frozen=True, slots=True)
class LineChangeView:
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


@dataclass(frozen=True, slots=True)
class PriceChangeView:
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


@dataclass(frozen=True, slots=True)
class PriceStepView:
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


@dataclass(frozen=True, slots=True)
class PriceRuleView:
    """The rule that won: `scope` is a text key under `price.scope.`; instants UTC, inclusive."""

    number: str
    scope: str
    category: str
    minimum: Quantity
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class PriceTierView:
    """From this quantity on, one unit costs this much."""

    quantity: Quantity
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class PriceExplanationView:
    """Why a line costs what it costs.

    Attributes:
        unit: what `unit_price` is for.
        source: text key under `price.source.`.
        price_list: name of the list that priced it, empty for none.
        steps: the derivation; the last one ends at `unit_price`.
        public_price: shown beside a lower list price, None where nothing is.
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


@dataclass(frozen=True, slots=True)
class PriceListView:
    """A list the cashier may choose; `number` is empty for the till's own."""

    number: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TenderView:
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


@dataclass(frozen=True, slots=True)
class SaleView:
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
    paid: Money = field(default=Money(0))
    due: Money = field(default=Money(0))
    label: str = ""
    order: str = ""
    note: str = ""
    customer: CustomerView | None = None
    price_list: str = ""
    subtotal: Money = field(default=Money(0))
    discount: ReductionView | None = None
    tax_free: str = ""
    net: Money = field(default=Money(0))
    tax: Money = field(default=Money(0))
    net_view: bool = False
    net_allowed: bool = False
    paper: str = "receipt"
    papers: tuple[str, ...] = ("receipt",)
    voids: int = 0
    refunds: tuple[RefundView, ...] = ()
    deductions: tuple[DeductionView, ...] = ()
    points: PointsView | None = None


@dataclass(frozen=True, slots=True)
class RefundView:
    """One way money goes back: `method` is a text key under `tender.method.`, `amount` above zero.

    Attributes:
        card: what may be shown of the card it goes back to, with its programme; empty for others.
        receipt: whose tender it gives back; 0 for cash that follows from none.
    """

    method: str
    is_cash: bool
    amount: Money
    card: str = ""
    receipt: int = 0


@dataclass(frozen=True, slots=True)
class LastSaleView:
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
class TroubleView:
    """Something amiss with this till: `code` is a text key under `trouble.`, which may mention
    `wanted` and `used`.
    """

    code: str
    wanted: str = ""
    used: str = ""


@dataclass(frozen=True, slots=True)
class TillView:
    """All a screen needs, as of one command. `version` counts up with every command.

    Attributes:
        panel: names of the keys beside the sale, in their order (T-037).
        merges: whether equal goods share a line (T-049).
        without: what this shop doesn't offer (T-207).
        start_category: where the catalogue opens, and returns to after each sale (T-021).
        price_list: name of the list this sale, or the next one, goes by.
        price_lists: what the cashier may choose from, the till's own first.
        preview: what the asked customer or list would do; nothing of it has happened.
        price_change: what the newest command did to the prices of the sale.
        prices_of: which import the prices are of; they may follow a catalogue by seconds.
        net_view: whether prices are shown without tax, in tiles too.
        usual_customer: the kind of customer a form begins with (COMARCH-1).
        prices_shown: whether prices may be seen by whoever stands before the till (COMARCH-6).
        discount_reasons: the usual ones; `discount_reason` says whether one is wanted.
        return_reasons: the same for goods that come back.
        voucher: the card on the screen.
        programmes: what vouchers and wallets this till sells; none: nothing to show (T-132).
        credit_notes: what may be given in place of money that is owed (T-117).
        tasks: what a manager has to look at.
        troubles: what is amiss with the till itself.
        generation: the generation of cards that was worked on last.
        voucher_import: the foreign codes that are, or were, read in last.
        letters_waiting, letters_failed: messages that have not left.
        cards_waiting: steps and redemptions of cards that the authority elsewhere has to learn of.
        keys: what can be done by a key of the keyboard, and that key.
        equipment: the devices that are set up, with their states.
    """

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
    start_category: str
    language: str
    clock_behind: bool = False
    panel: tuple[str, ...] = ()
    merges: bool = True
    without: tuple[str, ...] = ()
    price_lists: tuple[PriceListView, ...] = ()
    preview: PriceChangeView | None = None
    price_change: PriceChangeView | None = None
    prices_shown: bool = True
    prices_of: int = -1
    net_view: bool = False
    usual_customer: str = "person"
    discount_reason: bool = False
    discount_reasons: tuple[str, ...] = ()
    return_reason: bool = False
    return_reasons: tuple[str, ...] = ()
    voucher: CardView | None = None
    programmes: tuple[ProgrammeView, ...] = ()
    credit_notes: tuple[ProgrammeView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    troubles: tuple[TroubleView, ...] = ()
    cards_waiting: int = 0
    keys: tuple[tuple[str, str], ...] = ()
    equipment: tuple[DeviceView, ...] = ()
    generation: RunView | None = None
    voucher_import: ImportView | None = None
    letters_waiting: int = 0
    letters_failed: int = 0
