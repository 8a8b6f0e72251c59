"""Reading and writing till.db, for its one writer."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    func,
    literal_column,
    or_,
    select,
    text,
)

from pos.documents.codec import document_from_json
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.kept_customer import KeptCustomer
from pos.domain.money import Money
from pos.domain.refunding import Refunded
from pos.domain.returns import GivenBack
from pos.domain.sale import Sale, SaleState
from pos.domain.session import Session, SessionState
from pos.ports.fiscal import Seal
from pos.ports.store import (
    Chained,
    JobHead,
    JobState,
    PrintJob,
    ReceiptQuery,
    ReceiptRow,
    Task,
    UnitOfWork,
)
from pos.storage.engine import open_database, telling_refusals
from pos.storage.migrate import HEADS, bring_up_to_date, demand_known, stored_version
from pos.storage.till import rows
from pos.storage.till.card_audit import CardAudit
from pos.storage.till.card_runs import CardRuns
from pos.storage.till.card_tables import task
from pos.storage.till.cards import CardLedger
from pos.storage.till.known import Known, Subject
from pos.storage.till.mails import Mails
from pos.storage.till.orders import Orders
from pos.storage.till.points import CouponUses, PointsLedger
from pos.storage.till.tables import (
    customer,
    journal,
    line_item,
    outbox,
    print_job,
    sale,
    seal,
    sequence,
    session,
    setting,
    tender,
)
from pos.storage.till.untold import UntoldSteps
from pos.storage.till.work import Work

PAGE = 2_000
"""Journal entries read at a time."""

_SESSIONS = select(session).order_by(session.c.number)


def demand_records(path: Path, *, begun: bool) -> None:
    """Refuse a till.db that was lost: "records_missing" where there were records before.

    With `begun`, one that was never there is refused as well, as "records_none".
    """
    if path.exists() and (path.stat().st_size or not begun):
        return
    if path.with_suffix(".made").exists():
        raise Refusal("records_missing")
    if begun:
        raise Refusal("records_none")


class TillStore:
    """Implements `pos.ports.store.Store` on one connection, owned by the till's lane."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        made = path.with_suffix(".made")
        demand_records(path, begun=read_only)
        with telling_refusals():
            self._engine = open_database(path, durable=True, read_only=read_only)
            self._demand_ours(made.exists())
            if not read_only:
                bring_up_to_date(self._engine, "till", path.with_suffix(".before-upgrade.db"))
                made.touch()
            self._connection: Connection = self._engine.connect()
        self._known = Known()
        self.cards = CardLedger(self._connection)
        self.card_audit = CardAudit(self._connection)
        self.untold = UntoldSteps(self._connection)
        self.runs = CardRuns(self._connection)
        self.mails = Mails(self._connection)
        self.points = PointsLedger(self._connection)
        self.coupons = CouponUses(self._connection)
        self.orders = Orders(self._connection)

    def _demand_ours(self, made: bool) -> None:
        """Refuse a newer program's records; and to begin anew at receipt 1 where records were
        `made` before: their file was lost.
        """
        with self._engine.connect() as connection:
            version = demand_known(stored_version(connection), "till")
        if made and version is None:
            raise Refusal("records_missing")

    def pragma(self, text: str) -> int:
        """Ask or set something of SQLite's own, such as how large the file may grow."""
        with self._connection.begin():
            answer = self._connection.exec_driver_sql(f"PRAGMA {text}")
            return int(answer.scalar() or 0) if answer.returns_rows else 0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Start a transaction; leaving the block commits, an exception rolls back."""
        work = Work(self._connection, self._known)
        try:
            with telling_refusals(), self._connection.begin():
                yield work
        finally:
            work.forget_changed()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the records until the block ends, whatever the till writes meanwhile."""
        with telling_refusals(), self._connection.begin():
            yield

    def demand_present(self) -> None:
        """Refuse records that this program can't read as they are: "database_older"."""
        found = self.version()
        if found is None:
            raise Refusal("records_none")
        if found < HEADS["till"]:
            raise Refusal("database_older", found=found, known=HEADS["till"])

    def version(self) -> str | None:
        """The version of the tables; None before the first was made."""
        with telling_refusals():
            return stored_version(self._connection)

    def triggers(self) -> Sequence[str]:
        """The triggers that are there, as they were written."""
        statement = text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        with telling_refusals():
            return [str(row.sql) for row in self._connection.execute(statement)]

    def sale(self, sale_id: str) -> Sale:
        """A sale with its lines and tenders; raises Refusal "no_such_sale"."""
        found = self._sales(select(sale).where(sale.c.id == sale_id))
        if not found:
            raise Refusal("no_such_sale")
        return found[0]

    def sale_by_receipt(self, number: int) -> Sale:
        """The closed sale with that receipt number; raises Refusal "no_such_receipt"."""
        found = self._sales(
            select(sale).where(
                sale.c.receipt_number == number, sale.c.state == SaleState.CLOSED.value
            )
        )
        if not found:
            raise Refusal("no_such_receipt", number=number)
        return found[0]

    def sales_in(self, *states: SaleState) -> Sequence[Sale]:
        """All sales in those states, oldest first."""
        if states == (SaleState.SUSPENDED,):
            return self._known.answer(Subject.PARKED, states, lambda: self._sales_in(states))
        return self._sales_in(states)

    def _sales_in(self, states: Sequence[SaleState]) -> Sequence[Sale]:
        wanted = [state.value for state in states]
        return self._sales(select(sale).where(sale.c.state.in_(wanted)).order_by(sale.c.opened_at))

    def last_closed_sale(self) -> Sale | None:
        """The sale with the highest receipt number that is closed."""
        found = self._sales(
            select(sale)
            .where(sale.c.state == SaleState.CLOSED.value)
            .order_by(sale.c.receipt_number.desc())
            .limit(1)
        )
        return found[0] if found else None

    def sales_of(self, session_number: int) -> Sequence[Sale]:
        """The closed sales of a session, in order of their receipt numbers."""
        return self._sales(
            select(sale)
            .where(sale.c.session == session_number, sale.c.state == SaleState.CLOSED.value)
            .order_by(sale.c.receipt_number)
        )

    def receipt_numbers(self) -> Sequence[int]:
        """Every receipt number that was given, lowest first."""
        column = sale.c.receipt_number
        return [
            row[0] for row in self._rows(select(column).where(column.isnot(None)).order_by(column))
        ]

    def stored_total(self, sale_id: str) -> int:
        """The total beside a sale's head, which searches use; minor units."""
        row = self._row(select(sale.c.total).where(sale.c.id == sale_id))
        return 0 if row is None else int(row.total)

    def last_number(self, name: str) -> int:
        """The newest number of a sequence; 0 before the first."""
        row = self._row(select(sequence.c.value).where(sequence.c.name == name))
        return 0 if row is None else int(row.value)

    def _sales(self, heads: Select[Any]) -> list[Sale]:
        """The sales of these heads, in their order, with three questions however many they are."""
        found = self._rows(heads)
        if not found:
            return []
        ids = heads.with_only_columns(sale.c.id)
        lines, tenders = self._parts(line_item, ids), self._parts(tender, ids)
        return [rows.read_sale(head, lines[head.id], tenders[head.id]) for head in found]

    def _parts(self, table: Table, ids: Select[Any]) -> Mapping[str, Sequence[Row[Any]]]:
        parts: defaultdict[str, list[Row[Any]]] = defaultdict(list)
        statement = (
            select(table).where(table.c.sale.in_(ids)).order_by(table.c.sale, table.c.number)
        )
        for row in self._rows(statement):
            parts[row.sale].append(row)
        return parts

    def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with telling_refusals():
            if self._connection.in_transaction():
                return self._connection.execute(statement).all()
            with self._connection.begin():
                return self._connection.execute(statement).all()

    def _row(self, statement: Select[Any]) -> Row[Any] | None:
        found = self._rows(statement)
        return found[0] if found else None

    def seal_of(self, sale_id: str) -> Seal | None:
        """The seal of a receipt."""
        row = self._row(select(seal).where(seal.c.sale == sale_id))
        return None if row is None else rows.read_seal(row)

    def open_session(self) -> Session | None:
        """The session that is open."""
        row = self._row(select(session).where(session.c.state == SessionState.OPEN.value))
        return None if row is None else rows.read_session(row)

    def last_session(self) -> Session | None:
        """The session closed last."""
        row = self._row(
            select(session)
            .where(session.c.state == SessionState.CLOSED.value)
            .order_by(session.c.number.desc())
            .limit(1)
        )
        return None if row is None else rows.read_session(row)

    def session(self, number: int) -> Session:
        """A session; raises Refusal "no_such_session"."""
        row = self._row(select(session).where(session.c.number == number))
        if row is None:
            raise Refusal("no_such_session", number=number)
        return rows.read_session(row)

    def sessions(self) -> Sequence[Session]:
        """All sessions, oldest first; the last may be open."""
        return [rows.read_session(row) for row in self._rows(_SESSIONS)]

    def journal(
        self, session_number: int | None = None, kinds: Collection[Kind] = ()
    ) -> Iterator[Chained]:
        """The journal in order, whole or in part; read in pages, as it is long."""
        statement = select(journal.c.number, journal.c.content, journal.c.hash)
        if session_number is not None:
            statement = statement.where(journal.c.session == session_number)
        if kinds:
            statement = statement.where(journal.c.kind.in_([kind.value for kind in kinds]))
        last = 0
        while page := self._rows(
            statement.where(journal.c.number > last).order_by(journal.c.number).limit(PAGE)
        ):
            for row in page:
                yield Chained(row.number, row.content, row.hash)
            last = page[-1].number

    def takings(self, session_number: int) -> tuple[int, int]:
        """How many sales of a session are closed, and their sum in minor units."""
        closed = (sale.c.session == session_number) & (sale.c.state == SaleState.CLOSED.value)
        totals = [row.total for row in self._rows(select(sale.c.total).where(closed))]
        return len(totals), sum(totals)

    def last_entry(self) -> Chained | None:
        """The newest journal entry."""
        row = self._row(select(journal).order_by(journal.c.number.desc()).limit(1))
        return None if row is None else Chained(row.number, row.content, row.hash)

    def entry(self, number: int) -> Chained | None:
        """The journal entry of that number."""
        row = self._row(select(journal).where(journal.c.number == number))
        return None if row is None else Chained(row.number, row.content, row.hash)

    def print_jobs(self, *states: JobState) -> Sequence[PrintJob]:
        """All jobs in those states, oldest first."""
        wanted = [state.value for state in states]
        statement = select(print_job).where(print_job.c.state.in_(wanted)).order_by(print_job.c.id)
        return [_read_job(row) for row in self._rows(statement)]

    def job_heads(self, *states: JobState) -> Sequence[JobHead]:
        """The heads of all jobs in those states, oldest first."""
        return self._known.answer(Subject.JOBS, states, lambda: self._job_heads(states))

    def _job_heads(self, states: Sequence[JobState]) -> Sequence[JobHead]:
        wanted = [state.value for state in states]
        statement = _JOB_HEADS.where(print_job.c.state.in_(wanted)).order_by(print_job.c.id)
        return [_read_job_head(row) for row in self._rows(statement)]

    def print_job(self, job: int) -> PrintJob:
        """One job; raises Refusal "no_such_job"."""
        row = self._row(select(print_job).where(print_job.c.id == job))
        if row is None:
            raise Refusal("no_such_job", job=job)
        return _read_job(row)

    def receipts(self, query: ReceiptQuery) -> Sequence[ReceiptRow]:
        """The history, newest first."""
        return [self._receipt_row(head) for head in self._rows(_history(query))]

    def _receipt_row(self, head: Row[Any]) -> ReceiptRow:
        lines = select(func.count()).where(
            line_item.c.sale == head.id, line_item.c.removed.is_(False)
        )
        methods = select(tender.c.method).where(
            tender.c.sale == head.id, tender.c.state == "authorised"
        )
        count = self._row(select(lines.scalar_subquery()))
        return ReceiptRow(
            number=head.receipt_number,
            closed_at=head.closed_at,
            operator=head.operator,
            total=Money(head.total, head.currency),
            lines=0 if count is None else count[0],
            methods=tuple(row.method for row in self._rows(methods)),
            session=head.session,
            voids=head.voids or 0,
            came_back=bool(self.given_back(head.id)),
        )

    def copies_of(self, number: int) -> int:
        """How many copies of a receipt were printed so far."""
        statement = select(journal.c.content).where(
            journal.c.kind == Kind.RECEIPT_COPIED.value,
            func.json_extract(journal.c.content, "$.data.number") == number,
        )
        return len(self._rows(statement))

    def tasks(self) -> Sequence[Task]:
        """What a manager still has to look at, oldest first."""
        return self._known.answer(Subject.TASKS, None, self._tasks)

    def _tasks(self) -> Sequence[Task]:
        statement = select(task).where(task.c.done_at.is_(None)).order_by(task.c.id)
        return [
            Task(row.id, row.kind, row.at, json.loads(row.facts)) for row in self._rows(statement)
        ]

    def is_sold(self, product: str, serial: str) -> bool:
        """Whether this piece left by a closed sale, and hasn't come back."""
        statement = (
            select(func.sum(line_item.c.quantity).label("left"))
            .join(sale, sale.c.id == line_item.c.sale)
            .where(
                line_item.c.product == product,
                line_item.c.removed == 0,
                func.json_extract(line_item.c.goods, "$.serial") == serial,
                sale.c.state == SaleState.CLOSED.value,
            )
        )
        row = self._row(statement)
        return row is not None and row.left is not None and row.left.thousandths > 0

    def invoice_paid(self, invoice: str) -> int:
        """Number of the receipt an invoice was paid on, 0 where none stands."""
        paid = _done(line_item, _INVOICE, invoice).where(line_item.c.removed.is_(False))
        rows = self._rows(paid.add_columns(sale.c.receipt_number))
        if sum(row.quantity.thousandths for row in rows) <= 0:
            return 0
        return max(int(row.receipt_number) for row in rows if row.quantity.thousandths > 0)

    def given_back(self, sale_id: str) -> Mapping[int, GivenBack]:
        """What of each line of a sale has come back, with the signs it was sold with."""
        wanted = line_item.c.removed.is_(False), line_item.c.returns.isnot(None)
        back: defaultdict[int, GivenBack] = defaultdict(GivenBack)
        for row in self._rows(_done(line_item, _RETURNED, sale_id).where(*wanted)):
            net, tax = row.returns.used_up
            back[row.returns.line] += GivenBack(-row.quantity, -net, -tax)
        return back

    def refunded(self, sale_id: str) -> Mapping[int, Refunded]:
        """What of each tender of a sale was given back."""
        wanted = tender.c.state == "authorised", tender.c.refunds.isnot(None)
        back: defaultdict[int, Refunded] = defaultdict(Refunded)
        for row in self._rows(_done(tender, _REFUNDED, sale_id).where(*wanted)):
            back[row.refunds.tender] += Refunded(-row.amount, row.refunds.tax)
        return back

    def kept_customers(self) -> Sequence[KeptCustomer]:
        """Customers made or changed here that are still kept, by number."""
        return [
            KeptCustomer(row.customer, row.bases, row.is_new, row.at, row.by)
            for row in self._rows(select(customer).order_by(customer.c.number))
        ]

    def parcels_waiting(self) -> int:
        """How many records the back office doesn't have yet."""
        row = self._row(select(func.count()).where(outbox.c.state == "waiting"))
        return 0 if row is None else int(row[0])

    def setting(self, key: str) -> str | None:
        """What was remembered, or None."""
        row = self._row(select(setting).where(setting.c.key == key))
        return None if row is None else str(row.value)


_JOB_HEADS = select(
    print_job.c.id,
    print_job.c.title,
    print_job.c.printer,
    print_job.c.state,
    print_job.c.fault,
    print_job.c.created_at,
)


def _read_job_head(row: Row[Any]) -> JobHead:
    return JobHead(row.id, row.title, row.printer, JobState(row.state), row.fault, row.created_at)


def _read_job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        id=row.id,
        printer=row.printer,
        document=document_from_json(row.document),
        state=JobState(row.state),
        created_at=row.created_at,
        fault=row.fault,
        attempts=row.attempts,
    )


# As the indexes have them, word for word: with a bound path SQLite wouldn't know them again.
_RETURNED: ColumnElement[str] = literal_column("json_extract(line_item.returns, '$.sale')")
_INVOICE: ColumnElement[str] = literal_column("json_extract(line_item.goods, '$.invoice')")
_REFUNDED: ColumnElement[str] = literal_column("json_extract(tender.refunds, '$.sale')")


def _done(part: Table, link: ColumnElement[str], named: str) -> Select[Any]:
    """Lines or tenders of sales that have their number, and that name this sale or invoice."""
    final = [SaleState.SEALING.value, SaleState.CLOSED.value]
    return (
        select(part)
        .join(sale, sale.c.id == part.c.sale)
        .where(link == named, sale.c.state.in_(final))
    )


def _history(query: ReceiptQuery) -> Select[Any]:
    statement = select(sale).where(sale.c.state == SaleState.CLOSED.value)
    if query.text.strip():
        pattern = f"%{query.text.strip()}%"
        by_line = select(line_item.c.sale).where(
            or_(line_item.c.name.ilike(pattern), line_item.c.gtin.ilike(pattern))
        )
        by_number = sale.c.receipt_number == (
            int(query.text) if query.text.strip().isdecimal() and len(query.text) < 15 else -1
        )
        statement = statement.where(or_(sale.c.id.in_(by_line), by_number))
    if query.minimum is not None:
        statement = statement.where(sale.c.total >= query.minimum.minor)
    if query.maximum is not None:
        statement = statement.where(sale.c.total <= query.maximum.minor)
    if query.operator:
        statement = statement.where(sale.c.operator == query.operator)
    if query.number:
        statement = statement.where(sale.c.receipt_number == query.number)
    if query.session:
        statement = statement.where(sale.c.session == query.session)
    return statement.order_by(sale.c.receipt_number.desc()).limit(query.limit)
