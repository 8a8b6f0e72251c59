"""An auditor's look at the records: is everything there, in order, and does it add up?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, field

from pos.domain.errors import Refusal
from pos.domain.journal import GENESIS, Entry, Kind, chain
from pos.domain.money import Money
from pos.domain.order import OrderState
from pos.domain.report import session_figures
from pos.domain.returning import paid_by_line
from pos.domain.sale import Sale, SaleState
from pos.domain.session import Session
from pos.storage.engine import copy_database, open_database, telling_refusals
from pos.storage.migrate import HEADS, bring_up_to_date, demand_known, stored_version
from pos.storage.till.card_triggers import CARD_TRIGGERS
from pos.storage.till.points_tables import POINTS_TRIGGERS
from pos.storage.till.store import TillStore
from pos.storage.till.triggers import TRIGGERS
from pos.till.closing import closed_facts
from pos.till.plain import differences


class Finding(Struct, frozen=True):
    """One check.

    Attributes:
        name: a text key under `verify.`.
        count: how many records were looked at.
        wrong: a text key under `verify.found.`; empty where all is well.
        values: what that text mentions.
    """

    name: str
    count: int = 0
    wrong: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not self.wrong


class _Wrong(Exception):
    """What a check stumbled over first."""

    def __init__(self, code: str, /, **values: str | int) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values


def verify(data: Path) -> Iterator[Finding]:
    """Every check in turn; reads only, and may run beside the till.

    A damaged till.db is a finding, and ends the checks: nothing in it can be trusted. So is a lost
    one. Records of an older program are checked in a copy that is brought up to date first.
    Raises Refusal "database_newer" where a newer program has been.
    """
    if not (data / "till.db").exists():
        yield _nothing(data / "till.db")
    findings = [
        _look(f"{name}_database", partial(_integrity, path))
        for name in ("till", "catalogue")
        if (path := data / f"{name}.db").exists()
    ]
    yield from findings
    if findings and findings[0].name == "till_database" and findings[0].ok:
        yield from _records(data / "till.db")


def _records(path: Path) -> Iterator[Finding]:
    version = _version(path)
    if version is None:
        yield _nothing(path)
    elif version < HEADS["till"]:
        with TemporaryDirectory(prefix="kassa-verify-") as folder:
            yield from _checks(_renewed_copy(path, Path(folder) / path.name))
    else:
        yield from _checks(path)


def _version(path: Path) -> str | None:
    engine = open_database(path, durable=False, read_only=True)
    try:
        with telling_refusals(), engine.connect() as connection:
            return demand_known(stored_version(connection), "till")
    finally:
        engine.dispose()


def _nothing(path: Path) -> Finding:
    """No records: lost where there were some, else those of a shop that never opened."""
    lost = path.with_suffix(".made").exists()
    return Finding("till_database", 0, "missing") if lost else Finding("no_records")


def _renewed_copy(path: Path, copy: Path) -> Path:
    """The records as this program would take them up; what was there stays as it is."""
    with telling_refusals():
        engine = open_database(path, durable=False, read_only=True)
        try:
            copy_database(engine, copy)
        finally:
            engine.dispose()
        engine = open_database(copy, durable=False)
        try:
            bring_up_to_date(engine, "till")
        finally:
            engine.dispose()
    return copy


def _checks(path: Path) -> Iterator[Finding]:
    store = TillStore(path, read_only=True)
    try:
        with store.reading():
            for name, check in _CHECKS.items():
                yield _look(name, partial(check, store))
    finally:
        store.close()


_UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    StopIteration,
)
"""What reading a record ends in that doesn't hold what it should."""

ABOUT = timedelta(hours=1)
"""A record and its journal entry are of one moment; nobody's clock is set between them so far."""


def _look(name: str, check: Callable[[], int]) -> Finding:
    """Run a check. Whoever alters records may leave some that can't even be read."""
    try:
        return Finding(name, check())
    except _Wrong as found:
        return Finding(name, 0, found.code, found.values)
    except _UNREADABLE as error:
        return Finding(name, 0, "unreadable", {"reason": f"{type(error).__name__}: {error}"[:200]})
    except Refusal as refusal:
        if refusal.code != "database_damaged":
            raise
        return Finding(name, 0, "damaged")


def _integrity(path: Path) -> int:
    engine = open_database(path, durable=False, read_only=True)
    try:
        with telling_refusals(), engine.connect() as connection:
            answer = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    finally:
        engine.dispose()
    if answer != "ok":
        raise _Wrong("damaged")
    return 0


def _guards(store: TillStore) -> int:
    """The triggers that keep records final are all there, word for word."""
    there = [trigger.split() for trigger in store.triggers()]
    guards = (*TRIGGERS, *CARD_TRIGGERS, *POINTS_TRIGGERS)
    for words in (trigger.split() for trigger in guards):
        if words not in there:
            raise _Wrong("guard_missing", name=words[2])
    return len(guards)


def _journal_chain(store: TillStore) -> int:
    previous, count = GENESIS, 0
    for link in store.journal():
        count += 1
        if link.number != count:
            raise _Wrong("entry_missing", number=count)
        if chain(previous, link.number, link.content) != link.hash:
            raise _Wrong("entry_altered", number=link.number)
        previous = link.hash
    if astray := store.misfiled():
        raise _Wrong("entry_altered", number=astray)
    return count


def _receipt_numbers(store: TillStore) -> int:
    numbers = store.receipt_numbers()
    for wanted, number in enumerate(numbers, 1):
        if number != wanted:
            raise _Wrong("receipt_missing", number=wanted)
    given = store.last_number("receipt")
    if given != len(numbers):
        raise _Wrong("receipt_missing", number=len(numbers) + 1)
    return len(numbers)


def _receipts(store: TillStore) -> int:
    """Each closed sale stands once in the journal, as it is in the tables, and is paid."""
    count = 0
    for session in store.sessions():
        told: dict[str, Entry] = {}
        numbered: dict[str, datetime] = {}
        for entry in _entries(store, session):
            if entry.kind is Kind.RECEIPT_RESERVED:
                numbered[entry.sale] = entry.at
            if entry.kind is Kind.SALE_CLOSED and told.setdefault(entry.sale, entry) is not entry:
                raise _Wrong("receipt_twice", number=_number(entry))
        for sale in store.sales_of(session.number):
            count += 1
            _compare(store, sale, told.pop(sale.id, None))
            if not _same_time(sale.closed_at, numbered.get(sale.id)):
                raise _Wrong("receipt_differs", number=sale.receipt_number or 0)
        for entry in told.values():
            raise _Wrong("receipt_only_in_journal", number=_number(entry))
    return count


def _compare(store: TillStore, sale: Sale, told: Entry | None) -> None:
    seal, number = store.seal_of(sale.id), sale.receipt_number or 0
    if told is None:
        raise _Wrong("receipt_not_in_journal", number=number)
    if seal is None:
        raise _Wrong("receipt_not_sealed", number=number)
    facts = json.loads(json.dumps(closed_facts(sale, seal)))
    if differences(told.data, facts) or store.stored_total(sale.id) != sale.total.minor:
        raise _Wrong("receipt_differs", number=number)
    if sale.settlement.due:
        raise _Wrong("receipt_not_paid", number=number)


def _same_time(there: datetime | None, told: datetime | None) -> bool:
    """Whether a record has the time its journal entry tells."""
    if there is None or told is None:
        return there is told
    return abs(there - told) < ABOUT


def _sessions(store: TillStore) -> int:
    """The sums of each session: of its sales, of its journal, and as they were closed."""
    sessions = store.sessions()
    for wanted, session in enumerate(sessions, 1):
        if session.number != wanted:
            raise _Wrong("session_missing", number=wanted)
        _add_up(store, session)
    if store.last_number("session") != len(sessions):
        raise _Wrong("session_missing", number=len(sessions) + 1)
    return len(sessions)


def _add_up(store: TillStore, session: Session) -> None:
    currency = session.opening_float.currency
    figures = session_figures(_entries(store, session), currency)
    turnover = Money.total((sale.total for sale in store.sales_of(session.number)), currency)
    taxed = Money.total((tax.gross for tax in figures.taxes), currency)
    told = [figures.turnover, taxed, figures.opening_float, figures.opened_by]
    there: list[object] = [turnover, turnover, session.opening_float, session.opened_by]
    if session.expected is not None:
        told += [figures.expected, figures.counted, figures.left, figures.reason, figures.closed_by]
        there += [session.expected, session.counted, session.left, session.reason]
        there.append(session.closed_by)
    opened = _same_time(session.opened_at, figures.opened_at)
    closed = _same_time(session.closed_at, figures.closed_at)
    if told != there or not opened or not closed:
        raise _Wrong("session_differs", number=session.number)


def _returns(store: TillStore) -> int:
    """Nothing came back more often than it was sold, and nothing for more than was paid (W-12)."""
    looked: set[str] = set()
    for session in store.sessions():
        for sale in store.sales_of(session.number):
            links = {line.returns.sale for line in sale.active_lines if line.returns is not None}
            for sold in sorted(links - looked - {""}):
                looked.add(sold)
                _within(store, store.sale(sold))
    return len(looked)


def _within(store: TillStore, sold: Sale) -> None:
    paid, given_back = paid_by_line(sold), store.given_back(sold.id)
    for number, back in given_back.items():
        line = sold.line(number)
        whole = back.quantity == line.quantity
        worth = Money(back.net + back.tax, sold.currency)
        beyond = (line.quantity - back.quantity).thousandths * line.quantity.thousandths < 0
        if beyond or (whole and worth != paid[number].gross):
            raise _Wrong("returned_too_much", number=sold.receipt_number or 0)


def _cards(store: TillStore) -> int:
    """The ledger of each card: entries in order, sums as written, nothing below zero; and what is
    kept beside the ledgers follows them.
    """
    audit = store.card_audit
    if wrong := audit.first_wrong():
        raise _Wrong("card_differs", card=wrong)
    if astray := audit.first_unfollowed():
        raise _Wrong("card_sums_differ", table=astray)
    return audit.count()


def _points(store: TillStore) -> int:
    """The ledgers of points: sums as written, nothing below zero, each sale's moves (T-129)."""
    wrong = store.points.first_wrong()
    if wrong:
        raise _Wrong("points_differ", customer=wrong)
    if number := store.points.unbooked():
        raise _Wrong("points_unbooked", number=number)
    return store.points.count()


def _entries(store: TillStore, session: Session) -> Iterator[Entry]:
    return (link.entry for link in store.journal(session.number))


def _number(entry: Entry) -> int:
    return int(str(entry.data["number"]))


_AT_WORK = (SaleState.OPEN, SaleState.SUSPENDED, SaleState.TENDERING, SaleState.SEALING)


def _orders(store: TillStore) -> int:
    """A settled order has its receipt, one in work a sale under way, and no other has a sale."""
    records = store.orders.every()
    for record in records:
        sale = store.sale(record.sale) if record.sale else None
        state = sale.state if sale else None
        held = sale is not None and any(
            line.goods.order == record.number for line in sale.active_lines
        )
        right = {
            OrderState.SETTLED: state is SaleState.CLOSED and held,
            OrderState.IN_WORK: state in _AT_WORK,
        }
        if not right.get(record.state, sale is None):
            raise _Wrong("order_astray", order=record.number)
    return len(records)


_CHECKS: Mapping[str, Callable[[TillStore], int]] = {
    "guards": _guards,
    "journal_chain": _journal_chain,
    "receipt_numbers": _receipt_numbers,
    "sales": _receipts,
    "sessions": _sessions,
    "returns": _returns,
    "cards": _cards,
    "points": _points,
    "orders": _orders,
}
