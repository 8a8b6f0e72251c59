"""Recorded sessions: orders, cash in and out, the count, and what the day report says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pos.domain.journal import Entry, Kind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.report import SessionFigures, session_figures
from pos.domain.session import Session
from pos.domain.tax import TaxLine, document_total, tax_table
from pos.domain.tender import Settlement, Tender, TenderState, settle
from tests.vectors.case import Case, Difference, compare_amounts, uncompared, unread
from tests.vectors.taxes import LINE, ROUNDING, TAX

MOVES = {"cash_in": Kind.PAID_IN, "cash_out": Kind.PAID_OUT}
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
SALES, REFUNDS = "sales", "refund"
CASH = "cash"
ZERO = Decimal(0)


def check(case: Case) -> Iterator[Difference]:
    """Every figure of the case that comes out otherwise in our session."""
    yield from unread(case["id"], "session", case, SESSION)
    journal = [_entry(Kind.SESSION_OPENED, float=_minor(case["opening_counted"]))]
    for number, event in enumerate(case["events"], start=1):
        if event["do"] in MOVES:
            facts = {"amount": _minor(event["amount"]), "reason": event.get("reason", "")}
            journal.append(_entry(MOVES[event["do"]], **facts))
        elif event["do"] == "order":
            yield from _check_order(case, number, event)
            journal.append(_closed(case, number, event))
        else:
            raise ValueError(f"an event nobody here knows: {event['do']}")
    figures = session_figures(journal)
    expect = case["expect"]
    yield from uncompared(case["id"], "session", expect, (*COMPARED, *TABLES))
    yield from compare_amounts(case["id"], "session", _named(expect), _session(case, figures))
    yield from _check_methods(case["id"], expect["by_method"], figures)
    yield from _check_moves(case, figures)
    yield from _check_taxes(case["id"], expect["by_tax"], figures)


SESSION = (
    *("id", "title", "rounding", "previous_counted", "opening_counted", "events", "counted"),
    "expect",
)
TABLES = ("by_method", "by_tax", "cash_moves")
COMPARED = (
    "proposed_opening",
    "opening_difference",
    "orders",
    "sales_total",
    "cash_payments",
    "expected_cash",
    "counted",
    "difference",
    "closing_balance_kept",
    "next_opening_proposed",
)


def _named(expect: dict[str, Any]) -> dict[str, str]:
    """The plain figures; one the record lacks is an error."""
    return {name: str(expect[name]) for name in COMPARED}


def _session(case: Case, figures: SessionFigures) -> dict[str, Decimal]:
    """The session as our rules open and close it, with all cash left for the next one."""
    proposed, opening = _money(case["previous_counted"] or "0"), _money(case["opening_counted"])
    counted = _money(case["counted"])
    session = Session(1, "1", AT, AT.date(), "anna", opening)
    closed = session.close(AT, "anna", figures.expected, counted, counted, "counted")
    assert closed.expected is not None and closed.counted is not None and closed.left is not None
    return {
        "proposed_opening": proposed.decimal,
        "opening_difference": (opening - proposed).decimal,
        "orders": Decimal(figures.sales),
        "sales_total": figures.turnover.decimal,
        "cash_payments": _methods(figures)[CASH],
        "expected_cash": closed.expected.decimal,
        "counted": closed.counted.decimal,
        "difference": (closed.counted - closed.expected).decimal,
        "closing_balance_kept": closed.left.decimal,
        "next_opening_proposed": closed.left.decimal,
    }


def _methods(figures: SessionFigures) -> dict[str, Decimal]:
    taken = {tender.method: tender.amount.decimal for tender in figures.tenders}
    return {CASH: Decimal(0)} | taken


def _check_methods(
    case: str, expected: dict[str, str], figures: SessionFigures
) -> Iterator[Difference]:
    ours = _methods(figures)
    yield from compare_amounts(case, "method", expected, dict.fromkeys(expected, ZERO) | ours)
    for method in ours.keys() - expected.keys():
        if ours[method]:
            yield Difference(case, f"method {method}", "no such row", ours[method])


def _check_moves(case: Case, figures: SessionFigures) -> Iterator[Difference]:
    """What the drawer gained and lost beside sales, in order; the opening's difference first."""
    opening = _money(case["opening_counted"]) - _money(case["previous_counted"] or "0")
    moves = [opening] * bool(opening) + [move.amount for move in figures.moves]
    recorded = [_money(text) for text in case["expect"]["cash_moves"]]
    if recorded != moves:
        ours = [str(move) for move in moves]
        yield Difference(case["id"], "cash_moves", case["expect"]["cash_moves"], ours)


def _check_order(case: Case, number: int, order: dict[str, Any]) -> Iterator[Difference]:
    where = f"order {number}"
    total = document_total(_lines(order), ROUNDING[case["rounding"]])
    change = _settlement(case, order).change
    expected = {name: order["expect"][name] for name in ("total", "tax")}
    ours = {"total": total.gross.decimal, "tax": total.tax.decimal, "change": change.decimal}
    expected["change"] = order["change"]
    yield from uncompared(case["id"], where, order["expect"], ("total", "tax", "payments"))
    yield from compare_amounts(case["id"], where, expected, ours)
    booked = [(tender.method, tender.amount) for tender in _tenders(order)]
    booked += [(CASH, -change)] * bool(change)
    recorded = [(method, _money(text)) for method, text in order["expect"]["payments"]]
    if sorted(recorded) != sorted(booked):
        told = [f"{method} {amount}" for method, amount in booked]
        yield Difference(case["id"], f"{where} payments", order["expect"]["payments"], told)
    yield from unread(case["id"], where, order, ORDER)
    for row in order["lines"]:
        yield from unread(case["id"], where, row, LINE)


ORDER = ("do", "lines", "payments", "change", "expect")


def _check_taxes(
    case: str, expected: list[dict[str, Any]], figures: SessionFigures
) -> Iterator[Difference]:
    ours = {tax.code: tax for tax in figures.taxes}
    for row in expected:
        found = {}
        for way in (SALES, REFUNDS):
            tax = ours.pop(_code(row, way), None)
            found[f"{way}_base"] = tax.net.decimal if tax else Decimal(0)
            found[f"{way}_tax"] = tax.tax.decimal if tax else Decimal(0)
        found["booked_tax"] = found[f"{SALES}_tax"] + found[f"{REFUNDS}_tax"]
        where = f"tax {row['tax_percent']} %"
        figures_told = {name: row[name] for name in row if name not in TAX}
        for each in compare_amounts(case, where, figures_told, found):
            yield replace(each, fault=_contradicted(row, found))
    for code, tax in ours.items():
        if tax.net or tax.tax:
            yield Difference(case, "taxes", "no such row", code)


def _contradicted(row: dict[str, Any], ours: dict[str, Decimal]) -> str:
    """Why a recorded day report is at fault: it doesn't add up to what the record itself booked."""
    reported = Decimal(row["sales_tax"]) + Decimal(row["refund_tax"])
    booked = Decimal(row["booked_tax"])
    same_base = all(Decimal(row[f"{way}_base"]) == ours[f"{way}_base"] for way in (SALES, REFUNDS))
    if reported == booked or booked != ours["booked_tax"] or not same_base:
        return ""
    return f"{reported} reported, but {booked} booked; here the report says what is booked"


def _closed(case: Case, number: int, order: dict[str, Any]) -> Entry:
    """The journal's entry of an order, with what the report reads of it."""
    settlement = _settlement(case, order)
    groups = tax_table(_lines(order), ROUNDING[case["rounding"]])
    tenders = [[one.method, one.is_cash, one.amount.minor] for one in _tenders(order)]
    if settlement.change and not any(is_cash for _, is_cash, _ in tenders):
        tenders.append([CASH, True, 0])  # change of a card is paid out in cash as well
    return _entry(
        Kind.SALE_CLOSED,
        number=number,
        total=settlement.total.minor,
        change=settlement.change.minor,
        taxes=[
            [
                group.code,
                group.rate,
                group.amount.net.minor,
                group.amount.tax.minor,
                group.amount.gross.minor,
            ]
            for group in groups
        ],
        tenders=tenders,
    )


def _settlement(case: Case, order: dict[str, Any]) -> Settlement:
    total = document_total(_lines(order), ROUNDING[case["rounding"]])
    return settle(total.gross, _tenders(order))


def _tenders(order: dict[str, Any]) -> list[Tender]:
    return [
        Tender(
            number,
            payment["method"],
            _money(payment["amount"]),
            payment["method"] == CASH,
            TenderState.AUTHORISED,
        )
        for number, payment in enumerate(order["payments"], start=1)
    ]


def _lines(order: dict[str, Any]) -> list[TaxLine]:
    """The lines, with sales and refunds of a tax told apart by the code."""
    return [
        TaxLine(
            unit_price=Decimal(row["unit_price"]),
            quantity=Quantity.parse(row["quantity"]),
            rate=int(Decimal(row["tax_percent"]) * 100),
            tax_included=row["tax_included"],
            discount=Decimal(row["discount_percent"]),
            code=_code(row, REFUNDS if row["quantity"].startswith("-") else SALES),
        )
        for row in order["lines"]
    ]


def _code(row: dict[str, Any], way: str) -> str:
    included = "included" if row["tax_included"] else "added"
    return f"{row['tax_percent']} % {included}, {way}"


def _entry(kind: Kind, **facts: object) -> Entry:
    return Entry(kind, AT, "anna", 1, data=facts)


def _money(text: str) -> Money:
    return Money.parse(text)


def _minor(text: str) -> int:
    return _money(text).minor
