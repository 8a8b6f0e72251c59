"""Snapshots: what a screen, a story or a customer display sees of the till. All frozen."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from pos.domain.money import Money
from pos.domain.operator import Operator
from pos.till.device_views import DeviceView
from pos.till.price_views import PriceChangeView, PriceListView
from pos.till.sale_views import LastSaleView, SaleView
from pos.till.voucher_views import CardView, ImportView, ProgrammeView, RunView, TaskView


class SessionView(Struct, frozen=True):
    """The open session."""

    number: int
    opened_at: datetime
    business_date: date
    opened_by: str
    opening_float: Money
    sales: int
    turnover: Money
    overdue: bool


class ParkedView(Struct, frozen=True):
    """A parked sale."""

    id: str
    label: str
    parked_at: datetime
    operator: str
    lines: int
    total: Money


class PrintJobView(Struct, frozen=True):
    """A print job that wants attention or waits. `fault` is a key under `device.`."""

    id: int
    title: str
    printer: str
    state: str
    fault: str
    created_at: datetime


class UnknownCodeView(Struct, frozen=True):
    """A scanned code the till can't sell: shown beside the sale, never in the way.

    `reason` is a refusal code ("unknown_code", "packaging_not_sold", "product_inactive", …, and
    "scan_in_checkout" for one that came while the customer paid), `text` what the cashier reads,
    and `scanned` the code as it came, to be tried again.
    """

    id: int
    code: str
    reason: str
    text: str
    at: datetime
    scanned: str


class DrawerView(Struct, frozen=True):
    """The cash drawer: when and why it was opened last. Reasons are keys under `drawer.`."""

    openings: int
    last_reason: str


class TenderMethodView(Struct, frozen=True):
    """A payment method this till offers. `key` is a text key under `tender.method.`."""

    key: str
    is_cash: bool


class TroubleView(Struct, frozen=True):
    """Something amiss with this till: `code` is a text key under `trouble.`, which may mention
    `wanted` and `used`.
    """

    code: str
    wanted: str = ""
    used: str = ""


class TillView(Struct, frozen=True):
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
