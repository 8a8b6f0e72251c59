"""The desk: what every use case works on — the ports, and the state of this till."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from pos.domain.code_rules import CodeRules, RuleSet
from pos.domain.errors import Refusal
from pos.domain.journal import Entry, Kind
from pos.domain.kept_customer import KeptCustomers
from pos.domain.keys import KeyTable
from pos.domain.money import Money
from pos.domain.operator import Operator, Right
from pos.domain.pricing import Pricer
from pos.domain.sale import LineItem, Sale
from pos.domain.session import Session
from pos.domain.stored_value.codes import CodeKey
from pos.domain.stored_value.drawing import DrawnCodes
from pos.domain.stored_value.guard import UNKNOWN_SCANS, GuessGuard
from pos.domain.stored_value.ledger import By
from pos.domain.till_profile import Shop
from pos.ports.catalogue import Catalogue
from pos.ports.clock import Clock
from pos.ports.document import Document
from pos.ports.equipment import Equipment
from pos.ports.fiscal import FiscalUnit
from pos.ports.live_prices import LivePrices
from pos.ports.mail import Message
from pos.ports.partners import PartnerBook, PartnerImport
from pos.ports.payment import TenderMethod
from pos.ports.sheets import Sheets
from pos.ports.store import PrintJob, Store, UnitOfWork
from pos.ports.stored_value import BalanceAuthority, CardRun
from pos.runtime.texts import Texts
from pos.till.balances import SharedBalances
from pos.till.card_ledger import follow
from pos.till.foreign_codes import VoucherImport
from pos.till.price_views import PriceChangeView
from pos.till.prices import Prices, pricer_for
from pos.till.undo import Undo
from pos.till.views import UnknownCodeView

BEGINNING = datetime.min.replace(tzinfo=UTC)

COUNTED_FROM = datetime(2000, 1, 1, tzinfo=UTC)
"""Any beginning will do; one that leaves room for spans before it."""

CLOCK_TOLERANCE = timedelta(minutes=2)
"""A clock further behind the newest record than this is told to the cashier."""


class Printing(Protocol):
    """Where jobs and drawer kicks go once they are durable."""

    def names(self) -> Sequence[str]:
        """The printers of this till; receipts go to the first unless its profile says else."""

    def send(self, job: PrintJob) -> None:
        """Print a job, now or soon; its outcome comes back as a command to the till."""

    def kick(self, printer: str) -> None:
        """Open the drawer at that printer, before any paper that waits; without one nothing."""


class Post(Protocol):
    """Where letters go once they are marked as being on their way."""

    @property
    def takes_letters(self) -> bool:
        """Whether there is anybody to take one just now."""

    def send(self, letter: int, message: Message) -> None:
        """Send a letter, now or soon; its outcome comes back as a command to the till."""


class NoPost:
    """Nobody sends messages for this till: they wait until somebody does."""

    takes_letters = False

    def send(self, letter: int, message: Message) -> None:
        """Never called: nothing is handed over to it."""


class Heard(Struct, frozen=True):
    """What was heard of a device last: its fault or warning, and since when that holds."""

    fault: str
    since: datetime


class Preview(Struct, frozen=True):
    """The sale as it would be on other terms, and what would change."""

    sale: Sale
    change: PriceChangeView


class Desk(Struct):
    """Ports and state of one till. Only the till's lane touches it.

    Attributes:
        reached: told the name of each point of the closing path; tests end the process there.
        texts: of the screen, in the operator's language.
        paper_texts: of receipts and reports, in the till's language.
        session_closed: told when a session is closed and durable (the backup is made then).
        more_to_do: told when something waits that nobody stands at the counter for; whoever
            listens sends `work_on` when the lane has nothing more urgent.
        sale: the sale on the screen, as it is in the store.
        last_sale: closed last; shown until the next one begins.
        finished_late: id of the sale that start-up finished; empty for none.
        undos: what `undo` takes back in this sale, newest last.
        preview: the sale as it would be on other terms; any change of the sale drops it.
        price_change: what the newest command did to the prices of the sale, if it did.
        net_view: whether prices are wanted without tax; None as the till usually does.
        switches: settings of this till, as far as they were looked up.
        latest: time of the newest journal entry.
        sales, turnover: of the session, turnover in minor units.
        code_key: makes the codes of vouchers.
        kept_customers: made or changed here; the catalogue lays them over its own.
        authority: who confirms balances; None while the till's own ledger does.
        sheets: tables people edit in a spreadsheet.
        paper_folder: where receipts and reports go as PDF; picture_folder: holds their logo.
        partner_book: changes what this shop takes of its makers' prices.
        partner_import: what the newest import of partnerships did.
        live_prices: what a back office in reach would charge; None where none is connected.
        code_set, code_rules: whose rules for codes count here; None: those of the shop.
        guesses: wrong voucher codes of late.
        failed_pins: wrong PINs of late by operator, by the clock that nobody can set.
        scans: scans of late that nothing was known by.
        chosen_programmes: by product, as chosen in this sale (ETRON-36).
        keys: which key does what.
        equipment: what is plugged in, and how that is changed; None where it can't be.
        heard: what each device said of itself last.
        damaged: names of the databases that a check found damaged.
        unconfirmed_card: the card the authority couldn't be asked about last.
        prepared: the card up to which money was set aside for times without an answer.
        run: the generation of cards that was worked on last.
        drawn: codes for its next cards; a restart draws others.
        voucher_import: the foreign codes that are, or were, read in last.
        letters_waiting, letters_failed: messages that have not left.
        shown_card, shown_code: the card on the screen, and the card whose code may be seen.
        proved_card: the card on the screen, where its code was scanned or typed.
    """

    till: str
    store: Store
    catalogue: Catalogue
    clock: Clock
    fiscal: FiscalUnit
    methods: Mapping[str, TenderMethod]
    printing: Printing
    texts: Texts
    paper_texts: Texts
    prices: Prices
    code_key: CodeKey
    sheets: Sheets
    partner_book: PartnerBook
    kept_customers: KeptCustomers = field(default_factory=KeptCustomers)
    paper_folder: Path = Path("papers")
    picture_folder: Path | None = None
    reached: Callable[[str], None] = lambda _point: None
    session_closed: Callable[[], None] = lambda: None
    more_to_do: Callable[[], None] = lambda: None
    post: Post = field(default_factory=NoPost)
    operator: Operator | None = None
    locked: bool = False
    session: Session | None = None
    sale: Sale | None = None
    last_sale: Sale | None = None
    finished_late: str = ""
    unknown: list[UnknownCodeView] = field(default_factory=list)
    undos: list[Undo] = field(default_factory=list)
    preview: Preview | None = None
    price_change: PriceChangeView | None = None
    net_view: bool | None = None
    switches: dict[str, str] = field(default_factory=dict)
    drawer_openings: int = 0
    drawer_reason: str = ""
    version: int = 0
    latest: datetime = BEGINNING
    clock_behind: bool = False
    failed_pins: dict[str, list[timedelta]] = field(default_factory=dict)
    sales: int = 0
    turnover: int = 0
    authority: BalanceAuthority | None = None
    live_prices: LivePrices | None = None
    partner_import: PartnerImport | None = None
    code_set: RuleSet = RuleSet.SHOP
    code_rules: CodeRules | None = None
    guesses: GuessGuard = field(default_factory=GuessGuard)
    scans: GuessGuard = field(default_factory=lambda: GuessGuard(most=UNKNOWN_SCANS))
    chosen_programmes: dict[str, str] = field(default_factory=dict)
    unconfirmed_card: str = ""
    prepared: str = ""
    run: CardRun | None = None
    drawn: DrawnCodes | None = None
    voucher_import: VoucherImport | None = None
    letters_waiting: int = 0
    letters_failed: int = 0
    shown_card: str = ""
    shown_code: str = ""
    damaged: set[str] = field(default_factory=set)
    equipment: Equipment | None = None
    keys: KeyTable = field(default_factory=KeyTable)
    heard: dict[str, Heard] = field(default_factory=dict)
    proved_card: str = ""
    _stamped: datetime = BEGINNING

    @property
    def currency(self) -> str:
        """The shop's currency."""
        return self.shop.currency

    @property
    def shop(self) -> Shop:
        """The shop; raises Refusal "no_catalogue" before the first import."""
        shop = self.catalogue.shop()
        if shop is None:
            raise Refusal("no_catalogue")
        return shop

    @property
    def balances(self) -> BalanceAuthority:
        """Who decides what a card is worth."""
        if self.authority is None:
            return self.store.cards
        wallets = {each.number for each in self.catalogue.programmes() if each.is_wallet}
        is_wallet = wallets.__contains__
        return SharedBalances(self.store.cards, self.store.untold, self.authority, is_wallet)

    def money(self, minor: int = 0) -> Money:
        """An amount in the shop's currency."""
        return Money(minor, self.currency)

    def pricer(self, sale: Sale) -> Pricer:
        """Prices as of the sale's beginning, for its customer and by its list."""
        return pricer_for(
            self.catalogue,
            self.prices,
            self.till,
            sale.opened_at,
            sale.customer,
            sale.price_list,
        )

    def now(self) -> datetime:
        """The present, but never earlier than the newest record: a journal doesn't run back."""
        now = self.clock.now()
        self.clock_behind = now + CLOCK_TOLERANCE < self.latest
        return max(now, self.latest)

    def elapsed(self) -> datetime:
        """A time for spans only: it runs evenly, whatever is done to the clock."""
        return COUNTED_FROM + self.clock.passed()

    def today(self) -> date:
        """The calendar day in the shop's zone."""
        return self.now().astimezone(self.texts.zone).date()

    def who(self) -> Operator:
        """The operator at the till; raises Refusal "not_signed_in" or "locked"."""
        if self.operator is None:
            raise Refusal("not_signed_in")
        if self.locked:
            raise Refusal("locked")
        return self.operator

    def open_session(self) -> Session:
        """The session; raises Refusal "no_session"."""
        self.who()
        if self.session is None:
            raise Refusal("no_session")
        return self.session

    def open_sale(self) -> Sale:
        """The sale on the screen; raises Refusal "no_sale"."""
        self.open_session()
        if self.sale is None:
            raise Refusal("no_sale")
        return self.sale

    def demand(self, right: Right) -> None:
        """Raise Refusal "right_missing" unless the operator holds the right."""
        if not self.who().may(right):
            raise Refusal("right_missing", right=self.texts.get(f"right.{right}"))

    def record(
        self,
        work: UnitOfWork,
        kind: Kind,
        facts: Mapping[str, object] | None = None,
        *,
        sale: Sale | None = None,
        session: Session | None = None,
        operator: Operator | None = None,
    ) -> None:
        """Append a fact about here and now to the journal, by default of this session."""
        self._stamped = self.now()
        session = session or self.session
        operator = operator or self.operator
        entry = Entry(
            kind=kind,
            at=self._stamped,
            operator=operator.number if operator else "",
            session=sale.session if sale else session.number if session else 0,
            sale=sale.id if sale else "",
            data=facts or {},
        )
        work.append(entry)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """One transaction. What it writes is durable when the block ends without an error."""
        with self.store.begin() as work:
            yield work
        self.latest = max(self.latest, self._stamped)

    def keep(self, sale: Sale, kind: Kind, facts: Mapping[str, object]) -> None:
        """Make a change of the open sale durable, with its journal entry, then show it."""
        with self.writing() as work:
            self.save(work, sale)
            self.record(work, kind, facts, sale=sale)
        self.sale = sale
        self.preview = self.price_change = None
        self.reached(f"after_{kind}")

    def save(self, work: UnitOfWork, sale: Sale) -> None:
        """Write the open sale as it is now, and what its tenders promise of cards."""
        work.save_sale(sale, self.sale)
        follow(self.balances, self.sale, sale, self.by(sale))

    def by(self, sale: Sale | None = None, reason: str = "") -> By:
        """Here, now and who stands at the till, for the ledger of a card."""
        operator = self.operator.number if self.operator else sale.operator if sale else ""
        number = sale.receipt_number or 0 if sale else 0
        return By(self.now(), self.till, operator, sale.id if sale else "", reason, number)

    def put_card_away(self) -> None:
        """No card is on the screen, and none may pay without its code."""
        self.shown_card = self.shown_code = self.proved_card = ""

    @property
    def is_guarded(self) -> bool:
        """Whether codes are being guessed: cards made elsewhere aren't found by a scan then."""
        now = self.elapsed()
        return self.guesses.locked(now) or self.scans.locked(now)

    def forget_customer(self) -> None:
        """What this customer chose and showed counts for no other one (ETRON-36)."""
        self.chosen_programmes.clear()
        self.put_card_away()

    def count_opening(self, reason: str) -> None:
        """The drawer was told to open; reasons are keys under `drawer.`."""
        self.drawer_openings += 1
        self.drawer_reason = reason

    @property
    def receipt_printer(self) -> str:
        """The printer that the till's profile names, else the first; empty where there is none."""
        names = self.printing.names()
        wanted = self.wanted_printer
        return wanted if wanted in names else next(iter(names), "")

    @property
    def wanted_printer(self) -> str:
        """The printer the back office wants receipts on; empty where it leaves that open."""
        profile = self.catalogue.till(self.till)
        return profile.receipt_printer if profile else ""

    def kick(self) -> None:
        """Open the drawer: it hangs on the receipt printer."""
        self.printing.kick(self.receipt_printer)

    def queue(self, work: UnitOfWork, document: Document, printer: str = "") -> PrintJob | None:
        """Queue a paper, by default where receipts go; None where there is no printer."""
        name = printer or self.receipt_printer
        return work.add_print_job(name, document, self.now()) if name else None


def line_facts(line: LineItem, currency: str) -> dict[str, object]:
    """What the journal says of a line: minor units, thousandths, basis points."""
    more: dict[str, object] = {
        "public_price": line.public_price and format(line.public_price, "f"),
        "discount": line.discount and line.discount.record(),
        "share": line.share,
        "untaxed": line.untaxed,
        "without_tax": not line.tax_included,
        "goods": line.goods.record(),
        "returns": line.returns and line.returns.record(),
    }
    return {name: value for name, value in more.items() if value} | {
        "line": line.number,
        "product": line.product,
        "name": line.name,
        "gtin": line.gtin,
        "quantity": line.quantity.thousandths,
        "unit": line.unit,
        "packaging": line.packaging,
        "unit_price": format(line.unit_price, "f"),
        "amount": line.amount(currency).minor,
        "tax_code": line.tax_code,
        "tax_rate": line.tax_rate,
        "price_source": line.price_source,
        "price_note": line.price_note,
    }
