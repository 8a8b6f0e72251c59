"""Reading and writing till.db, for its one writer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Row, case, false, func, or_, select, text

from pos.documents.codec import document_from_json
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.kept_customer import KeptCustomer
from pos.domain.session import Session, SessionState
from pos.ports.store import Chained, JobHead, JobState, PrintJob, Task, UnitOfWork
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
from pos.storage.till.sales import Sales
from pos.storage.till.tables import customer, journal, outbox, print_job, sequence, session, setting
from pos.storage.till.untold import UntoldSteps
from pos.storage.till.work import Work

PAGE = 2_000
"""Journal entries read at a time."""

_FILED = ("session", "kind", "sale")
"""What of an entry stands beside its content, to find it by."""

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


class TillStore(Sales):
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
            super().__init__(self._engine.connect(), Known())
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

    def last_number(self, name: str) -> int:
        """The newest number of a sequence; 0 before the first."""
        row = self._first(select(sequence.c.value).where(sequence.c.name == name))
        return 0 if row is None else int(row.value)

    def open_session(self) -> Session | None:
        """The session that is open."""
        row = self._first(select(session).where(session.c.state == SessionState.OPEN.value))
        return None if row is None else rows.read_session(row)

    def last_session(self) -> Session | None:
        """The session closed last."""
        row = self._first(
            select(session)
            .where(session.c.state == SessionState.CLOSED.value)
            .order_by(session.c.number.desc())
            .limit(1)
        )
        return None if row is None else rows.read_session(row)

    def session(self, number: int) -> Session:
        """A session; raises Refusal "no_such_session"."""
        row = self._first(select(session).where(session.c.number == number))
        if row is None:
            raise Refusal("no_such_session", number=number)
        return rows.read_session(row)

    def sessions(self) -> Sequence[Session]:
        """All sessions, oldest first; the last may be open."""
        return [rows.read_session(row) for row in self._all(_SESSIONS)]

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
        while page := self._all(
            statement.where(journal.c.number > last).order_by(journal.c.number).limit(PAGE)
        ):
            for row in page:
                yield Chained(row.number, row.content, row.hash)
            last = page[-1].number

    def misfiled(self) -> int:
        """The first entry that is kept under another session, kind or sale than it tells: a report
        would not find it. 0 where there is none; what can't be read is nothing to compare with.
        """
        told = {name: func.json_extract(journal.c.content, f"$.{name}") for name in _FILED}
        differs = or_(*(journal.c[name] != value for name, value in told.items()))
        astray = case((func.json_valid(journal.c.content) == 1, differs), else_=false())
        row = self._first(
            select(journal.c.number).where(astray).order_by(journal.c.number).limit(1)
        )
        return 0 if row is None else int(row.number)

    def newest(self, kinds: Collection[Kind], most: int) -> Sequence[Chained]:
        """The newest entries of these kinds, the newest first; read from the end."""
        statement = (
            select(journal.c.number, journal.c.content, journal.c.hash)
            .where(journal.c.kind.in_([kind.value for kind in kinds]))
            .order_by(journal.c.number.desc())
            .limit(most)
        )
        return [Chained(row.number, row.content, row.hash) for row in self._all(statement)]

    def last_entry(self) -> Chained | None:
        """The newest journal entry."""
        row = self._first(select(journal).order_by(journal.c.number.desc()).limit(1))
        return None if row is None else Chained(row.number, row.content, row.hash)

    def entry(self, number: int) -> Chained | None:
        """The journal entry of that number."""
        row = self._first(select(journal).where(journal.c.number == number))
        return None if row is None else Chained(row.number, row.content, row.hash)

    def print_jobs(self, *states: JobState) -> Sequence[PrintJob]:
        """All jobs in those states, oldest first."""
        wanted = [state.value for state in states]
        statement = select(print_job).where(print_job.c.state.in_(wanted)).order_by(print_job.c.id)
        return [_read_job(row) for row in self._all(statement)]

    def job_heads(self, *states: JobState) -> Sequence[JobHead]:
        """The heads of all jobs in those states, oldest first."""
        return self._known.answer(Subject.JOBS, states, lambda: self._job_heads(states))

    def _job_heads(self, states: Sequence[JobState]) -> Sequence[JobHead]:
        wanted = [state.value for state in states]
        statement = _JOB_HEADS.where(print_job.c.state.in_(wanted)).order_by(print_job.c.id)
        return [_read_job_head(row) for row in self._all(statement)]

    def print_job(self, job: int) -> PrintJob:
        """One job; raises Refusal "no_such_job"."""
        row = self._first(select(print_job).where(print_job.c.id == job))
        if row is None:
            raise Refusal("no_such_job", job=job)
        return _read_job(row)

    def copies_of(self, number: int) -> int:
        """How many copies of a receipt were printed so far."""
        statement = select(journal.c.content).where(
            journal.c.kind == Kind.RECEIPT_COPIED.value,
            func.json_extract(journal.c.content, "$.data.number") == number,
        )
        return len(self._all(statement))

    def tasks(self) -> Sequence[Task]:
        """What a manager still has to look at, oldest first."""
        return self._known.answer(Subject.TASKS, None, self._tasks)

    def _tasks(self) -> Sequence[Task]:
        statement = select(task).where(task.c.done_at.is_(None)).order_by(task.c.id)
        return [
            Task(row.id, row.kind, row.at, json.loads(row.facts)) for row in self._all(statement)
        ]

    def kept_customers(self) -> Sequence[KeptCustomer]:
        """Customers made or changed here that are still kept, by number."""
        return [
            KeptCustomer(row.customer, row.bases, row.is_new, row.at, row.by)
            for row in self._all(select(customer).order_by(customer.c.number))
        ]

    def parcels_waiting(self) -> int:
        """How many records the back office doesn't have yet."""
        row = self._first(select(func.count()).where(outbox.c.state == "waiting"))
        return 0 if row is None else int(row[0])

    def setting(self, key: str) -> str | None:
        """What was remembered, or None."""
        row = self._first(select(setting).where(setting.c.key == key))
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
