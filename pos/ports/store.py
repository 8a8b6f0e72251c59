"""The till's own records: what is durable when a command answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from pos.domain.journal import Entry, Kind
from pos.domain.kept_customer import KeptCustomer
from pos.domain.money import Money
from pos.domain.order import OrderRecord
from pos.domain.refunding import Refunded
from pos.domain.returns import GivenBack
from pos.domain.sale import Sale, SaleState
from pos.domain.session import Session
from pos.ports.document import Document
from pos.ports.fiscal import Seal
from pos.ports.mail import MailBook
from pos.ports.points import CouponBook, PointsBook
from pos.ports.stored_value import Cards, RunBook, UntoldBook


class JobState(StrEnum):
    """Where a print job stands. A job is never lost: it is printed or dropped with a reason."""

    QUEUED = "queued"
    PRINTED = "printed"
    FAILED = "failed"
    DROPPED = "dropped"


class PrintJob(Struct, frozen=True):
    """A finished document on its way to a printer. `fault` is a key under `device.`."""

    id: int
    printer: str
    document: Document
    state: JobState
    created_at: datetime
    fault: str = ""
    attempts: int = 0


class JobHead(Struct, frozen=True):
    """A print job without its document, which is long: what a list of jobs shows."""

    id: int
    title: str
    printer: str
    state: JobState
    fault: str
    created_at: datetime


class ReceiptQuery(Struct, frozen=True):
    """A search in the receipt history (T-100, T-101). Empty fields match everything.

    `text` matches the receipt number, or the name or code of a line; amounts are totals. `number`
    is one receipt, 0 for all.
    """

    text: str = ""
    minimum: Money | None = None
    maximum: Money | None = None
    operator: str = ""
    session: int = 0
    limit: int = 100
    number: int = 0


class ReceiptRow(Struct, frozen=True):
    """One hit of the history.

    Attributes:
        voids: number of the receipt it takes back as a whole, 0 for others.
        came_back: whether something of it has come back.
        voided: whether all of it was taken back by a void (T-115).
    """

    number: int
    closed_at: datetime
    operator: str
    total: Money
    lines: int
    methods: tuple[str, ...]
    session: int
    voids: int = 0
    came_back: bool = False
    voided: bool = False


class Chained(Struct, frozen=True):
    """A journal entry with its place in the chain. `hash` is hexadecimal SHA-256."""

    number: int
    content: str
    hash: str

    @property
    def entry(self) -> Entry:
        """The fact itself."""
        return Entry.read(self.content)


class Task(Struct, frozen=True):
    """Something a manager has to look at. `kind` is a text key under `task.`."""

    id: int
    kind: str
    at: datetime
    facts: Mapping[str, object]


class OrderBook(Protocol):
    """What this till knows of orders (T-075)."""

    def record(self, number: str) -> OrderRecord | None:
        """What is known of the order of that number."""

    def records(self, numbers: Collection[str]) -> Mapping[str, OrderRecord]:
        """What is known of these orders, by number."""

    def waiting(self) -> Sequence[OrderRecord]:
        """Orders made here that are open or in work, the newest first."""

    def of_sale(self, sale: str) -> Sequence[OrderRecord]:
        """The orders a sale has in work."""


class UnitOfWork(Protocol):
    """Writes of one command: all of them become durable together, or none."""

    def save_sale(self, sale: Sale, before: Sale | None) -> None:
        """Write what changed between `before` and `sale`."""

    def save_session(self, session: Session) -> None:
        """Write the session."""

    def save_seal(self, sale: Sale, seal: Seal) -> None:
        """Keep the fiscal unit's answer for a receipt."""

    def append(self, entry: Entry) -> None:
        """Add a fact to the journal's chain."""

    def next_number(self, sequence: str) -> int:
        """The next number of a gap-free sequence, starting at 1."""

    def add_print_job(self, printer: str, document: Document, at: datetime) -> PrintJob:
        """Queue a document for a printer."""

    def save_print_job(self, job: PrintJob) -> None:
        """Write a job's new state."""

    def add_parcel(self, kind: str, key: str, body: str, at: datetime) -> None:
        """Queue a record for the back office; `key` makes a repeat harmless."""

    def add_parcel_once(self, kind: str, key: str, body: str, at: datetime) -> None:
        """Queue a record for the back office, unless one with this key has been queued before."""

    def set_setting(self, key: str, value: str) -> None:
        """Remember something about this till."""

    def save_customer(self, kept: KeptCustomer) -> None:
        """Keep a customer made or changed here."""

    def drop_customer(self, number: str) -> None:
        """Keep a customer no longer: the back office has it."""

    def save_order(self, record: OrderRecord) -> None:
        """Write an order of this till, or what became of one of the back office."""

    def add_task(self, kind: str, facts: Mapping[str, object], at: datetime) -> None:
        """Note something a manager has to look at."""

    def finish_task(self, task: int, by: str, at: datetime) -> None:
        """A manager has looked at it; raises Refusal "no_such_task"."""


class Store(Protocol):
    """till.db, as its one writer sees it. Raises Refusal "disk_full" and the like."""

    @property
    def cards(self) -> Cards:
        """The cards and their ledgers."""

    @property
    def mails(self) -> MailBook:
        """The messages that wait, and those that left."""

    @property
    def runs(self) -> RunBook:
        """The generations of cards."""

    @property
    def points(self) -> PointsBook:
        """The points of customers."""

    @property
    def coupons(self) -> CouponBook:
        """The coupons that were used."""

    @property
    def orders(self) -> OrderBook:
        """The orders of this till, and what became of those of the back office."""

    @property
    def untold(self) -> UntoldBook:
        """What an authority elsewhere doesn't know yet of cards."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """Start a transaction; leaving the block commits, an exception rolls back."""

    def reading(self) -> AbstractContextManager[None]:
        """Answer all questions inside the block from one state of the records."""

    def sale(self, sale: str) -> Sale:
        """A sale with its lines and tenders; raises Refusal "no_such_sale"."""

    def sale_by_receipt(self, number: int) -> Sale:
        """The closed sale with that receipt number; raises Refusal "no_such_receipt"."""

    def sales_in(self, *states: SaleState) -> Sequence[Sale]:
        """All sales in those states, oldest first."""

    def seal_of(self, sale: str) -> Seal | None:
        """The seal of a receipt."""

    def last_closed_sale(self) -> Sale | None:
        """The sale with the highest receipt number that is closed."""

    def open_session(self) -> Session | None:
        """The session that is open."""

    def last_session(self) -> Session | None:
        """The session closed last."""

    def session(self, number: int) -> Session:
        """A session; raises Refusal "no_such_session"."""

    def journal(
        self, session: int | None = None, kinds: Collection[Kind] = ()
    ) -> Iterator[Chained]:
        """The journal in order: whole or of one session, all kinds or those named."""

    def newest(self, kinds: Collection[Kind], most: int) -> Sequence[Chained]:
        """The newest entries of these kinds, of any session or none, the newest first."""

    def takings(self, session: int) -> tuple[int, int]:
        """How many sales of a session are closed, and their sum in minor units."""

    def last_entry(self) -> Chained | None:
        """The newest journal entry."""

    def print_jobs(self, *states: JobState) -> Sequence[PrintJob]:
        """All jobs in those states, oldest first."""

    def job_heads(self, *states: JobState) -> Sequence[JobHead]:
        """The heads of all jobs in those states, oldest first."""

    def print_job(self, job: int) -> PrintJob:
        """One job; raises Refusal "no_such_job"."""

    def receipts(self, query: ReceiptQuery) -> Sequence[ReceiptRow]:
        """The history, newest first."""

    def copies_of(self, number: int) -> int:
        """How many copies of a receipt were printed so far."""

    def tasks(self) -> Sequence[Task]:
        """What a manager still has to look at, oldest first."""

    def is_sold(self, product: str, serial: str) -> bool:
        """Whether this piece left by a closed sale, and hasn't come back."""

    def invoice_paid(self, invoice: str) -> int:
        """Number of the receipt another system's invoice was paid on; 0 where it wasn't, or where
        that payment was taken back.
        """

    def given_back(self, sale: str) -> Mapping[int, GivenBack]:
        """What of each line of a sale has come back, on receipts that have their number."""

    def refunded(self, sale: str) -> Mapping[int, Refunded]:
        """What of each tender of a sale was given back, on receipts that have their number."""

    def kept_customers(self) -> Sequence[KeptCustomer]:
        """Customers made or changed here, by number."""

    def parcels_waiting(self) -> int:
        """How many records the back office doesn't have yet."""

    def setting(self, key: str) -> str | None:
        """What was remembered, or None."""
