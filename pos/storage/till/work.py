"""The writes of one command, inside one transaction of till.db."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos.documents.codec import document_to_json
from pos.domain.errors import Refusal
from pos.domain.journal import GENESIS, Entry, chain
from pos.domain.kept_customer import KeptCustomer
from pos.domain.order import OrderRecord
from pos.domain.sale import LineItem, Sale, SaleState
from pos.domain.session import Session
from pos.domain.tender import Tender
from pos.ports.document import Document
from pos.ports.fiscal import Seal
from pos.ports.store import JobState, PrintJob
from pos.storage.till import rows, tables
from pos.storage.till.card_tables import task
from pos.storage.till.known import Known, Subject
from pos.storage.till.putting import put

Part = TypeVar("Part", LineItem, Tender)


# Built once: SQLAlchemy takes longer to put such a statement together than SQLite to run it.
_PUT = {
    table: put(table)
    for table in (
        tables.line_item,
        tables.tender,
        tables.session,
        tables.setting,
        tables.customer,
        tables.customer_order,
    )
}
_NEW_SALE = insert(tables.sale)
_CHANGE_SALE = update(tables.sale).where(tables.sale.c.id == bindparam("key"))
_NEW_ENTRY = insert(tables.journal)
_NEWEST_ENTRY = (
    select(tables.journal.c.number, tables.journal.c.hash)
    .order_by(tables.journal.c.number.desc())
    .limit(1)
)


class Work:
    """Implements `pos.ports.store.UnitOfWork` on the till's one connection."""

    def __init__(self, connection: Connection, known: Known) -> None:
        self._connection = connection
        self._known = known
        self._changed: set[Subject] = set()

    def forget_changed(self) -> None:
        """What this transaction has changed is asked anew, whether it came to be or not."""
        for subject in self._changed:
            self._known.forget(subject)

    def _change(self, subject: Subject) -> None:
        self._changed.add(subject)
        self._known.forget(subject)

    def save_sale(self, sale: Sale, before: Sale | None) -> None:
        """Write the head, and of the lines and tenders only those that changed.

        Content goes before the head: once the head says `sealing`, triggers refuse content.
        """
        if SaleState.SUSPENDED in (sale.state, before.state if before else None):
            self._change(Subject.PARKED)
        if before is None:
            self._connection.execute(_NEW_SALE, rows.sale_row(sale))
        lines = _changed(sale.lines, before.lines if before else ())
        if changed := [rows.line_row(sale.id, line) for line in lines]:
            self._connection.execute(_PUT[tables.line_item], changed)
        for tender in _changed(sale.tenders, before.tenders if before else ()):
            self._put(tables.tender, rows.tender_row(sale.id, tender))
        if before is not None:
            self._connection.execute(_CHANGE_SALE, {"key": sale.id} | rows.sale_row(sale))

    def save_session(self, session: Session) -> None:
        """Write the session."""
        self._put(tables.session, rows.session_row(session))

    def save_seal(self, sale: Sale, seal: Seal) -> None:
        """Keep the fiscal unit's answer for a receipt."""
        self._connection.execute(insert(tables.seal), rows.seal_row(sale, seal))

    def append(self, entry: Entry) -> None:
        """Add a fact to the journal's chain."""
        last = self._connection.execute(_NEWEST_ENTRY).first()
        number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
        content = entry.content()
        self._connection.execute(
            _NEW_ENTRY,
            {
                "number": number,
                "session": entry.session,
                "kind": entry.kind.value,
                "sale": entry.sale,
                "content": content,
                "hash": chain(previous, number, content),
            },
        )

    def next_number(self, sequence: str) -> int:
        """The next number; a rolled back transaction gives it back, so there is no gap."""
        statement = (
            upsert(tables.sequence)
            .values(name=sequence, value=1)
            .on_conflict_do_update(
                index_elements=["name"], set_={"value": tables.sequence.c.value + 1}
            )
            .returning(tables.sequence.c.value)
        )
        return int(self._connection.execute(statement).scalar_one())

    def add_print_job(self, printer: str, document: Document, at: datetime) -> PrintJob:
        """Queue a document for a printer."""
        self._change(Subject.JOBS)
        job = {
            "title": document.title,
            "printer": printer,
            "document": document_to_json(document),
            "state": JobState.QUEUED.value,
            "attempts": 0,
            "created_at": at,
        }
        key = self._connection.execute(insert(tables.print_job), job).inserted_primary_key
        assert key is not None
        return PrintJob(key[0], printer, document, JobState.QUEUED, at)

    def save_print_job(self, job: PrintJob) -> None:
        """Write a job's new state."""
        self._change(Subject.JOBS)
        self._connection.execute(
            update(tables.print_job).where(tables.print_job.c.id == job.id),
            {
                "printer": job.printer,
                "state": job.state.value,
                "fault": job.fault,
                "attempts": job.attempts,
            },
        )

    def add_parcel(self, kind: str, key: str, body: str, at: datetime) -> None:
        """Queue a record for the back office."""
        self._connection.execute(
            insert(tables.outbox),
            {"kind": kind, "key": key, "body": body, "state": "waiting", "created_at": at},
        )

    def add_parcel_once(self, kind: str, key: str, body: str, at: datetime) -> None:
        """Queue a record for the back office, unless one with this key has been queued before."""
        parcel = {"kind": kind, "key": key, "body": body, "state": "waiting", "created_at": at}
        self._connection.execute(upsert(tables.outbox).on_conflict_do_nothing(), parcel)

    def save_customer(self, kept: KeptCustomer) -> None:
        """Write a customer made or changed here."""
        row = {
            "number": kept.customer.number,
            "customer": kept.customer,
            "bases": kept.bases,
            "is_new": kept.is_new,
            "at": kept.at,
            "by": kept.by,
        }
        self._put(tables.customer, row)

    def drop_customer(self, number: str) -> None:
        """The back office has this customer now."""
        self._connection.execute(delete(tables.customer).where(tables.customer.c.number == number))

    def save_order(self, record: OrderRecord) -> None:
        """Write an order of this till, or what became of one of the back office."""
        row: dict[str, object] = {
            "number": record.number,
            "state": record.state.value,
            "made_at": record.made_at,
            "made_by": record.made_by,
            "cart": record.cart,
            "sale": record.sale or None,
        }
        self._put(tables.customer_order, row)

    def add_task(self, kind: str, facts: Mapping[str, object], at: datetime) -> None:
        """Note something a manager has to look at."""
        self._change(Subject.TASKS)
        body = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        self._connection.execute(insert(task), {"kind": kind, "at": at, "facts": body})

    def finish_task(self, number: int, by: str, at: datetime) -> None:
        """A manager has looked at it."""
        self._change(Subject.TASKS)
        waiting = update(task).where(task.c.id == number, task.c.done_at.is_(None))
        if not self._connection.execute(waiting, {"done_at": at, "done_by": by}).rowcount:
            raise Refusal("no_such_task")

    def set_setting(self, key: str, value: str) -> None:
        """Remember something about this till."""
        self._put(tables.setting, {"key": key, "value": value})

    def _put(self, table: Table, row: dict[str, object]) -> None:
        self._connection.execute(_PUT[table], row)


def _changed(now: Sequence[Part], before: Sequence[Part]) -> Iterator[Part]:
    """The lines or tenders that are new or not what they were."""
    old = {part.number: part for part in before}
    for part in now:
        known = old.get(part.number)
        if known is not part and known != part:
            yield part
