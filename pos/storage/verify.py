"""An auditor's look at the records: is everything there, in order, and does it add up?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pos.domain.journal import GENESIS, Kind, chain
from pos.domain.money import Money
from pos.domain.report import session_figures
from pos.domain.sale import SaleState
from pos.storage.engine import open_database, telling_refusals
from pos.storage.till.store import TillStore


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `name` is a text key under `verify.`, `detail` says what was found wrong."""

    name: str
    ok: bool
    count: int = 0
    detail: str = ""


def verify(data: Path) -> Iterator[Finding]:
    """Every check in turn; reads only, and may run beside the till."""
    for name in ("till", "catalogue"):
        path = data / f"{name}.db"
        if path.exists():
            yield _integrity(path, name)
    if not (data / "till.db").exists():
        return
    store = TillStore(data / "till.db", read_only=True)
    try:
        yield _journal_chain(store)
        yield _receipt_numbers(store)
        yield _sales_in_journal(store)
        yield from _sessions(store)
    finally:
        store.close()


def _integrity(path: Path, name: str) -> Finding:
    engine = open_database(path, durable=False, read_only=True)
    try:
        with telling_refusals(), engine.connect() as connection:
            answer = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    finally:
        engine.dispose()
    return Finding(f"{name}_database", answer == "ok", detail="" if answer == "ok" else answer)


def _journal_chain(store: TillStore) -> Finding:
    previous, count = GENESIS, 0
    for link in store.journal():
        count += 1
        if link.number != count:
            return Finding("journal_chain", False, count, f"entry {count} is missing")
        if chain(previous, link.number, link.content) != link.hash:
            return Finding("journal_chain", False, count, f"entry {link.number} was altered")
        previous = link.hash
    return Finding("journal_chain", True, count)


def _receipt_numbers(store: TillStore) -> Finding:
    sales = store.sales_in(SaleState.CLOSED, SaleState.SEALING)
    numbers = sorted(sale.receipt_number or 0 for sale in sales)
    gap = next((want for want, number in enumerate(numbers, 1) if number != want), None)
    detail = "" if gap is None else f"receipt {gap} is missing"
    return Finding("receipt_numbers", gap is None, len(numbers), detail)


def _sales_in_journal(store: TillStore) -> Finding:
    """Each closed sale stands once in the journal, with the total its lines add up to."""
    told = {
        link.entry.data["number"]: link.entry
        for link in store.journal()
        if link.entry.kind is Kind.SALE_CLOSED
    }
    sales = store.sales_in(SaleState.CLOSED)
    for sale in sales:
        entry = told.get(sale.receipt_number)
        if entry is None or entry.sale != sale.id or entry.data["total"] != sale.total.minor:
            detail = f"receipt {sale.receipt_number} differs from the journal"
            return Finding("sales", False, len(sales), detail)
        if sale.settlement.due:
            return Finding("sales", False, len(sales), f"receipt {sale.receipt_number} isn't paid")
    if len(told) != len(sales):
        return Finding("sales", False, len(sales), "the journal holds sales that are not there")
    return Finding("sales", True, len(sales))


def _sessions(store: TillStore) -> Iterator[Finding]:
    count = 0
    sums: dict[int, Money] = {}
    for sale in store.sales_in(SaleState.CLOSED):
        sums[sale.session] = sums.get(sale.session, Money(0, sale.currency)) + sale.total
    last = store.last_session()
    for number in range(1, (last.number if last else 0) + 1):
        session = store.session(number)
        figures = session_figures(
            (link.entry for link in store.journal(number)), session.opening_float.currency
        )
        count += 1
        turnover = sums.get(number, Money(0, session.opening_float.currency))
        taxed = Money.total((tax.gross for tax in figures.taxes), turnover.currency)
        if (
            figures.turnover != turnover
            or taxed != turnover
            or figures.expected != session.expected
        ):
            yield Finding("sessions", False, count, f"session {number} doesn't add up")
            return
    yield Finding("sessions", True, count)
