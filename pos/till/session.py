"""Sessions and the cash in the drawer: open, pay in and out, count, close."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.report import (
    REPORTED,
    KindCount,
    SessionFigures,
    TenderFigure,
    session_figures,
)
from pos.domain.sale import SaleState
from pos.domain.session import Session, check_cash, check_movement, count_cash
from pos.till import customers, papers, selling
from pos.till.bookkeeping import accounts
from pos.till.desk import Desk
from pos.till.plain import plain


def proposed_float(desk: Desk) -> Money:
    """What the last session left in the drawer (T-097)."""
    last = desk.store.last_session()
    return desk.money() if last is None or last.left is None else last.left


def open_session(desk: Desk, amount: Money | None, counts: Mapping[str, int] | None) -> None:
    """Begin a session with the float: as typed, as counted, or as proposed (T-005)."""
    operator = desk.who()
    if desk.session is not None:
        raise Refusal("session_open", number=desk.session.number)
    customers.settle(desk)
    proposed = proposed_float(desk)
    opening = count_cash(counts, desk.currency) if counts else amount
    opening = proposed if opening is None else opening
    check_cash(opening)
    with desk.writing() as work:
        session = Session(
            number=work.next_number("session"),
            till=desk.till,
            opened_at=desk.now(),
            business_date=desk.today(),
            opened_by=operator.number,
            opening_float=opening,
        )
        work.save_session(session)
        facts = {
            "float": opening.minor,
            "proposed": proposed.minor,
            "counts": dict(counts or {}),
            "parked": len(desk.store.sales_in(SaleState.SUSPENDED)),
        }
        desk.record(work, Kind.SESSION_OPENED, facts, session=session)
    desk.session = session
    desk.sales = desk.turnover = 0


def figures(desk: Desk, number: int | None = None) -> SessionFigures:
    """The report of a session, from the journal alone; None is the one that is open."""
    wanted = desk.open_session().number if number is None else desk.store.session(number).number
    entries = (chained.entry for chained in desk.store.journal(wanted, REPORTED))
    return session_figures(entries, desk.currency)


def latest_figures(desk: Desk) -> SessionFigures:
    """The figures of the open session, else of the one closed last."""
    last = desk.store.last_session()
    return figures(desk) if desk.session or last is None else figures(desk, last.number)


def report_figures(desk: Desk, kind: str, number: int | None = None) -> SessionFigures:
    """What an X ("x") reports now, or a Z ("z") of a session, by default the one closed last.

    Raises Refusal "no_session" or "no_such_session".
    """
    if kind == "x":
        if desk.session is None:
            raise Refusal("no_session")
        return figures(desk, desk.session.number)
    last = desk.store.last_session()
    if number is None and last is None:
        raise Refusal("no_session_closed")
    wanted = last.number if number is None and last else number or 0
    if desk.session is not None and desk.session.number == wanted:
        raise Refusal("session_not_closed", number=wanted)
    return figures(desk, wanted)


def move_cash(desk: Desk, kind: Kind, amount: Money, reason: str) -> None:
    """Pay in or pay out, with a slip (T-090). No more goes out than is there (T-092)."""
    desk.open_session()
    desk.demand(Right.CASH)
    check_movement(amount, reason)
    if kind is Kind.PAID_OUT and amount > (there := figures(desk).expected):
        raise Refusal("payout_exceeds_cash", there=there)
    with desk.writing() as work:
        number = work.next_number("cash_slip")
        facts = {"number": number, "amount": amount.minor, "reason": reason.strip()}
        desk.record(work, kind, facts)
        desk.record(work, Kind.DRAWER_OPENED, {"reason": kind.value})
        job = desk.queue(work, papers.cash_slip(desk, kind, number, amount, reason.strip()))
    desk.count_opening(kind.value)
    desk.kick()
    if job is not None:
        desk.printing.send(job)


def open_drawer(desk: Desk, reason: str) -> None:
    """Open the drawer without a sale; wants the right, and is written down."""
    desk.open_session()
    desk.demand(Right.DRAWER)
    if not reason.strip():
        raise Refusal("drawer_reason")
    with desk.writing() as work:
        desk.record(work, Kind.DRAWER_OPENED, {"reason": "no_sale", "text": reason.strip()})
    desk.count_opening("no_sale")
    desk.kick()


def expected_kinds(desk: Desk) -> tuple[TenderFigure, ...]:
    """What was taken in other ways than cash in the open session: what may be counted too."""
    cash = {method.key for method in desk.methods.values() if method.is_cash}
    return tuple(each for each in figures(desk).tenders if each.method not in cash)


def _kind_counts(desk: Desk, kinds: Mapping[str, str]) -> list[KindCount]:
    """The counts beside their expected amounts; a way nothing was paid by is expected empty."""
    expected = {each.method: each.amount for each in expected_kinds(desk)}
    cash = {method.key for method in desk.methods.values() if method.is_cash}
    counts = []
    for method, text in kinds.items():
        if method not in desk.methods or method in cash:
            raise Refusal("no_such_method", method=method)
        try:
            counted = Money.parse(text, desk.currency)
        except ValueError:
            raise Refusal("field_unreadable", field=method, value=text[:40]) from None
        counts.append(KindCount(method, expected.get(method, desk.money()), counted))
    return counts


def close_session(
    desk: Desk,
    counted: Money,
    leave: Money | None,
    reason: str,
    kinds: Mapping[str, str] | None = None,
) -> None:
    """Close with the count; makes the Z report. Parked sales stay for the next session.

    `leave` is what stays as float; None leaves everything counted. `kinds` are amounts counted of
    other ways of paying, such as the total of the card terminal; a difference there wants a
    reason as one of the drawer does.
    """
    session = desk.open_session()
    desk.demand(Right.CLOSE)
    if desk.sale is not None and desk.sale.active_lines:
        raise Refusal("sale_not_finished")
    expected = figures(desk).expected
    left = counted if leave is None else leave
    others = _kind_counts(desk, kinds or {})
    wrong = next((each for each in others if each.difference), None)
    if wrong is not None and not reason.strip():
        name = desk.texts.get(f"tender.method.{wrong.method}")
        raise Refusal("kind_needs_reason", name=name, difference=wrong.difference)
    closed = session.close(desk.now(), desk.who().number, expected, counted, left, reason)
    if desk.sale is not None:
        selling.cancel_sale(desk, "empty")
    with desk.writing() as work:
        work.save_session(closed)
        facts = {
            "expected": expected.minor,
            "counted": counted.minor,
            "left": left.minor,
            "taken_out": (counted - left).minor,
            "reason": closed.reason,
            "parked": len(desk.store.sales_in(SaleState.SUSPENDED)),
            "kinds": {each.method: [each.expected.minor, each.counted.minor] for each in others},
        }
        desk.record(work, Kind.SESSION_CLOSED, facts)
        export = plain(accounts(desk, session.number), desk.texts.zone)
        parcel = json.dumps(export, ensure_ascii=False)
        work.add_parcel("accounts", f"accounts-{session.number}", parcel, desk.now())
        job = desk.queue(work, papers.session_report(desk, "z", figures(desk, session.number)))
    desk.session = None
    desk.last_sale = None
    if job is not None:
        desk.printing.send(job)
    desk.session_closed()
