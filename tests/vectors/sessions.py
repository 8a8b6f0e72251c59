"""Recorded sessions: orders, cash in and out, the count, and what the day report says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pos.domain.journal import Entry, Kind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.report import SessionFigures, session_figures
from pos.domain.session import Session
from pos.domain.tax import TaxLine, TaxRounding, document_total, tax_table
from pos.domain.tender import Settlement, Tender, TenderState, settle
from tests.vectors.case import Case, Difference, compare_amounts

ROUNDING = {"per_line": TaxRounding.PER_LINE, "global": TaxRounding.PER_GROUP}
MOVES = {"cash_in": Kind.PAID_IN, "cash_out": Kind.PAID_OUT}
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
SALES, REFUNDS = "sales", "refund"


def check(case: Case) -> Iterator[Difference]:
    """Every figure of the case that comes out otherwise in our session."""
    journal = [_entry(Kind.SESSION_OPENED, float=_minor(case["opening_counted"]))]
    for number, event in enumerate(case["events"], start=1):
        if event["do"] in MOVES:
            facts = {"amount": _minor(event["amount"]), "reason": event["reason"]}
            journal.append(_entry(MOVES[event["do"]], **facts))
        else:
            yield from _check_order(case, number, event)
            journal.append(_closed(case, number, event))
    figures = session_figures(journal)
    expect = case["expect"]
    yield from compare_amounts(case["id"], "session", _named(expect), _session(case, figures))
    yield from compare_amounts(case["id"], "method", expect["by_method"], _methods(figures))
    yield from _check_taxes(case["id"], expect["by_tax"], figures)


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
        "cash_payments": _methods(figures)["cash"],
        "expected_cash": closed.expected.decimal,
        "counted": closed.counted.decimal,
        "difference": (closed.counted - closed.expected).decimal,
        "closing_balance_kept": closed.left.decimal,
        "next_opening_proposed": closed.left.decimal,
    }


def _methods(figures: SessionFigures) -> dict[str, Decimal]:
    none = {"cash": Decimal(0), "card": Decimal(0)}
    return none | {tender.method: tender.amount.decimal for tender in figures.tenders}


def _check_order(case: Case, number: int, order: dict[str, Any]) -> Iterator[Difference]:
    total = document_total(_lines(order), ROUNDING[case["rounding"]])
    change = _settlement(case, order).change
    expected = {"total": order["expect"]["total"], "tax": order["expect"]["tax"]}
    ours = {"total": total.gross.decimal, "tax": total.tax.decimal, "change": change.decimal}
    expected["change"] = order["change"]
    yield from compare_amounts(case["id"], f"order {number}", expected, ours)


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
        figures_told = {name: row[name] for name in found}
        yield from compare_amounts(case, f"tax {row['tax_percent']} %", figures_told, found)
    for code in ours:
        yield Difference(case, "taxes", "no such row", code)


def _closed(case: Case, number: int, order: dict[str, Any]) -> Entry:
    """The journal's entry of an order, with what the report reads of it."""
    settlement = _settlement(case, order)
    groups = tax_table(_lines(order), ROUNDING[case["rounding"]])
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
        tenders=[[one.method, one.is_cash, one.amount.minor] for one in _tenders(order)],
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
            payment["method"] == "cash",
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
