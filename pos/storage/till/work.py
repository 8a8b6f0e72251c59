"""The writes of one command, inside one transaction of till.db."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos.documents.codec import document_to_json
from pos.domain.journal import GENESIS, Entry, chain
from pos.domain.sale import LineItem, Sale
from pos.domain.session import Session
from pos.ports.document import Document
from pos.ports.fiscal import Seal
from pos.ports.store import JobState, PrintJob
from pos.storage.till import rows, tables


class Work:
    """Implements `pos.ports.store.UnitOfWork` on the till's one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_sale(self, sale: Sale, before: Sale | None) -> None:
        """Write the head, and of the lines and tenders only those that changed.

        Content goes before the head: once the head says `sealing`, triggers refuse content.
        """
        if before is None:
            self._connection.execute(insert(tables.sale), rows.sale_row(sale))
        old_lines = set(before.lines) if before else set()
        self._save_lines(sale, [line for line in sale.lines if line not in old_lines])
        old_tenders = set(before.tenders) if before else set()
        for tender in sale.tenders:
            if tender not in old_tenders:
                self._put(tables.tender, rows.tender_row(sale.id, tender))
        gone = {old.number for old in old_tenders} - {tender.number for tender in sale.tenders}
        for number in gone:
            self._connection.execute(
                delete(tables.tender).where(
                    tables.tender.c.sale == sale.id, tables.tender.c.number == number
                )
            )
        if before is not None:
            self._connection.execute(
                update(tables.sale).where(tables.sale.c.id == sale.id), rows.sale_row(sale)
            )

    def _save_lines(self, sale: Sale, lines: list[LineItem]) -> None:
        for line in lines:
            self._put(tables.line_item, rows.line_row(sale.id, line))

    def save_session(self, session: Session) -> None:
        """Write the session."""
        self._put(tables.session, rows.session_row(session))

    def save_seal(self, sale: Sale, seal: Seal) -> None:
        """Keep the fiscal unit's answer for a receipt."""
        self._connection.execute(insert(tables.seal), rows.seal_row(sale, seal))

    def append(self, entry: Entry) -> None:
        """Add a fact to the journal's chain."""
        newest = (
            select(tables.journal.c.number, tables.journal.c.hash)
            .order_by(tables.journal.c.number.desc())
            .limit(1)
        )
        last = self._connection.execute(newest).first()
        number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
        content = entry.content()
        self._connection.execute(
            insert(tables.journal),
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
        job = {
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

    def set_setting(self, key: str, value: str) -> None:
        """Remember something about this till."""
        self._put(tables.setting, {"key": key, "value": value})

    def _put(self, table: Table, row: dict[str, object]) -> None:
        keys = [column.name for column in table.primary_key]
        changes = {name: value for name, value in row.items() if name not in keys}
        statement = upsert(table).on_conflict_do_update(index_elements=keys, set_=changes)
        self._connection.execute(statement, row)
