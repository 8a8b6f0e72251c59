"""Do the till's records and what its cashier saw agree?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pos.domain.sale import Sale, SaleState
from pos.ports.store import JobState
from pos.storage.till.store import TillStore
from pos.storage.verify import verify
from tests.soak.child import CLOSING
from tests.soak.ledger import ANSWERED, ASKED, FOUND, STARTED, Facts, Ledger, Note


class Broken(Exception):
    """The books are wrong; the text says where."""


def _claim_nothing_answered(ledger: Ledger) -> None:
    answered = any(note.kind == ANSWERED for note in ledger.notes())
    _claim(not answered, "the tables are gone")


def look(data: Path, ledger: Ledger) -> None:
    """Compare after a death, or at the end of the day; raises Broken."""
    if not (data / "till.db").exists():
        return
    for finding in verify(data):
        _claim(finding.ok, f"verify: {finding.name}: {finding.wrong} {finding.values}")
    if not (data / "till.db").stat().st_size:
        _claim_nothing_answered(ledger)  # it died while it made the file, and that is undone
        return
    store = TillStore(data / "till.db", read_only=True)
    try:
        if store.version() is None:
            _claim_nothing_answered(ledger)
            return
        _Books(store, ledger).look()
    finally:
        store.close()


def _claim(true: bool, text: str) -> None:
    if not true:
        raise Broken(text)


class _Books:
    def __init__(self, store: TillStore, ledger: Ledger) -> None:
        self._store, self._ledger = store, ledger
        notes = ledger.notes()
        self._seen = next((note.facts for note in reversed(notes) if "journal" in note.facts), {})
        self._asked = self._in_flight(notes)

    @staticmethod
    def _in_flight(notes: list[Note]) -> Facts:
        """The command that was not answered, "start" for a start; empty for none."""
        last = next(note for note in reversed(notes) if note.kind != FOUND)
        if last.kind == STARTED:
            return {"do": "start"}
        return last.facts if "do" in last.facts else {}

    def look(self) -> None:
        closed = self._store.sales_in(SaleState.CLOSED)
        self._receipts([*closed, *self._store.sales_in(SaleState.SEALING)])
        self._followers(closed)
        self._nothing_shown_is_lost()

    def _receipts(self, sales: list[Sale]) -> None:
        """Every receipt the cashier saw is there once, and at most one more for each death."""
        there = {sale.receipt_number or 0: sale.total.minor for sale in sales}
        _claim(len(there) == len(sales), "two sales share a receipt number")
        known = dict(
            note.facts["receipt"]
            for note in self._ledger.notes()
            if note.kind != ASKED and "receipt" in note.facts
        )
        for number, total in known.items():
            _claim(there.get(number) == total, f"receipt {number} over {total} is lost or altered")
        more = sorted(set(there) - set(known))
        if more:
            _claim(len(more) == 1, f"receipts nobody asked for: {more}")
            asked = str(self._asked.get("do", ""))
            _claim(asked in CLOSING, f"receipt {more[0]} came unasked")
            voided = self._asked.get("receipt", 0)
            total = -there[voided] if asked == "void_receipt" else self._seen["sale"][1]
            _claim(there[more[0]] == total, f"receipt {more[0]} is not over {total}")
            self._ledger.note(FOUND, {"receipt": [more[0], total]})

    def _followers(self, closed: Sequence[Sale]) -> None:
        """What goes with a receipt: one parcel for the back office, one paper; and one parcel with
        each closed session.
        """
        last = self._store.last_session()
        sessions = last.number if last else 0
        parcels = self._store.parcels_waiting()
        told = f"{parcels} parcels for {len(closed)} receipts and {sessions} sessions"
        _claim(parcels == len(closed) + sessions, told)
        jobs = self._store.print_jobs(*JobState)
        papers = sum(job.document.kind == "receipt" and not job.document.copy for job in jobs)
        _claim(papers == len(closed), f"{papers} papers for {len(closed)} receipts")

    def _nothing_shown_is_lost(self) -> None:
        last = self._store.last_entry()
        head = last.number if last else 0
        shown = self._seen.get("journal", 0)
        _claim(head >= shown, f"the journal ends at {head}, but {shown} was shown")
        if head == shown:
            self._same_as_shown()
        else:
            _claim(bool(self._asked), f"{head - shown} journal entries nobody asked for")

    def _same_as_shown(self) -> None:
        if not self._seen:
            return
        open_sales = self._store.sales_in(SaleState.OPEN, SaleState.TENDERING)
        sales = [[sale.id, sale.total.minor, len(sale.lines)] for sale in open_sales]
        wanted = [self._seen["sale"]] if self._seen["sale"] else []
        _claim(sales == wanted, f"the open sale is {sales}, but {wanted} was shown")
        parked = sorted(sale.id for sale in self._store.sales_in(SaleState.SUSPENDED))
        _claim(parked == self._seen["parked"], "parked sales are not those that were shown")
        session = self._store.open_session()
        number = session.number if session else None
        _claim(number == self._seen["session"], f"session {number} is open")
