"""The points ledger as the till's commands use it: whose account it is, what lapses, what is added.

All of it takes part in the transaction of whoever asks.
"""

from __future__ import annotations

from datetime import datetime, time

from msgspec.structs import replace

from pos.domain.journal import Kind
from pos.domain.kept_customer import TILL_MADE
from pos.domain.points import PointsEntry, PointsKind, PointsProgramme, PointsState, signed
from pos.domain.sale import Sale
from pos.ports.store import UnitOfWork
from pos.till.desk import Desk


def owner(desk: Desk, customer: str) -> str:
    """The number a customer has by now: the back office may have given another one."""
    if not customer.startswith(f"{TILL_MADE}{desk.till}-"):
        return customer
    found = desk.catalogue.customer(customer)
    return found.number if found else customer


def available(desk: Desk, programme: PointsProgramme, customer: str) -> PointsState:
    """What an account has, without what has lapsed and isn't written off yet."""
    customer = owner(desk, customer)
    state = desk.store.points.state(customer, programme.number)
    return replace(state, balance=state.balance - _lapsed(desk, programme, customer))


def move_account(desk: Desk, work: UnitOfWork, before: str, after: str) -> None:
    """The back office has given a customer another number: the points go along."""
    told = f"{before} → {after}"
    for programme, state in desk.store.points.states(before).items():
        facts = {"customer": after, "before": before, "programme": programme}
        points = state.balance - state.owed
        desk.record(work, Kind.POINTS_CORRECTED, facts | {"points": points, "reason": told})
        if state.balance:
            add_entry(desk, before, programme, PointsKind.CORRECT, -state.balance, reason=told)
            add_entry(desk, after, programme, PointsKind.CORRECT, state.balance, reason=told)
        if state.owed:
            add_entry(desk, before, programme, PointsKind.CORRECT, state.owed, reason=told)
            add_entry(desk, after, programme, PointsKind.TAKE_BACK, state.owed, reason=told)


def write_off(desk: Desk, sale: Sale | None, customer: str, number: str) -> None:
    """Points past their last day go before others come."""
    known = desk.catalogue.points_programmes()
    programme = next((each for each in known if each.number == number), None)
    lapsed = _lapsed(desk, programme, customer) if programme else 0
    if lapsed:
        add_entry(desk, customer, number, PointsKind.EXPIRE, lapsed, sale=sale)


def _lapsed(desk: Desk, programme: PointsProgramme, customer: str) -> int:
    midnight = datetime.combine(desk.today(), time.min, desk.texts.zone)
    before = programme.lapsed_before(midnight)
    if before is None:
        return 0
    return desk.store.points.lapsed(customer, programme.number, before)


def add_entry(
    desk: Desk,
    customer: str,
    programme: str,
    kind: PointsKind,
    points: int,
    *,
    sale: Sale | None = None,
    of: str = "",
    reason: str = "",
) -> PointsEntry:
    """Append a step to an account; raises Refusal "points_not_enough"."""
    state = desk.store.points.state(customer, programme).after(kind, points)
    by = desk.by(sale, reason)
    entry = PointsEntry(
        customer,
        programme,
        0,
        kind,
        signed(kind, points),
        state.balance,
        state.owed,
        by.at,
        till=by.till,
        operator=by.operator,
        sale=by.sale,
        receipt=by.receipt,
        of=of,
        reason=reason,
    )
    return desk.store.points.add(entry)
