"""Recorded taxes: lines, VAT table and the three ways to total a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pos.domain.quantity import Quantity
from pos.domain.tax import (
    BASIS_POINTS,
    TaxAmount,
    TaxLine,
    TaxPool,
    TaxRounding,
    document_total,
    line_amounts,
    tax_table,
)
from tests.vectors.case import (
    A_CENT,
    Case,
    Difference,
    compare_amounts,
    halfway,
    uncompared,
    unread,
)

TAX = ("tax_percent", "tax_included")
LINE = ("unit_price", "quantity", "discount_percent", "tax_percent", "tax_included")
ROUNDING = {"per_line": TaxRounding.PER_LINE, "global": TaxRounding.PER_GROUP}
POOLS = {
    "document": TaxPool.DIRECTION,
    "till": TaxPool.TAX,
    "order_recomputed": TaxPool.ALL,
}


def check(case: Case) -> Iterator[Difference]:
    """Every figure of the case that our tax code calculates otherwise."""
    rounding = ROUNDING[case["rounding"]]
    lines = [_line(row) for row in case["lines"]]
    expect = case["expect"]
    yield from _check_lines(case["id"], lines, expect["lines"])
    yield from _check_table(case["id"], lines, rounding, expect["taxes"])
    for block, pool in POOLS.items():
        total = document_total(lines, rounding, pool)
        noise = _noise(lines, rounding, pool)
        yield from compare_amounts(case["id"], block, expect[block], _figures(total), noise)
    yield from uncompared(case["id"], "expect", expect, ("lines", "taxes", *POOLS))
    for number, row in enumerate(case["lines"], start=1):
        yield from unread(case["id"], f"line {number}", row, LINE)


def _noise(lines: list[TaxLine], rounding: TaxRounding, pool: TaxPool) -> str:
    """Why a rounded sum of taxes may be a cent off in binary floats; empty where it may not.

    Its exact sum must lie exactly half way between two cents.
    """
    sums: dict[object, Decimal] = defaultdict(Decimal)
    for place, line in enumerate(lines):
        ways = {
            TaxPool.DIRECTION: (line.rate, line.tax_included, line.is_refund),
            TaxPool.TAX: (line.rate, line.tax_included),
            TaxPool.ALL: None,
        }
        amount = line_amounts(line)
        exact = amount.tax if line.tax_included else None
        tax = exact.decimal if exact else amount.net.decimal * line.rate / BASIS_POINTS
        sums[place if rounding is TaxRounding.PER_LINE else ways[pool]] += tax
    tie = next((each for each in sums.values() if halfway(each, A_CENT)), None)
    return "" if tie is None else f"{tie} is exactly half way; a binary float fell beside it"


def _line(row: dict[str, str]) -> TaxLine:
    return TaxLine(
        unit_price=Decimal(row["unit_price"]),
        quantity=Quantity.parse(row["quantity"]),
        rate=_basis_points(row["tax_percent"]),
        tax_included=bool(row["tax_included"]),
        discount=Decimal(row["discount_percent"]),
    )


def _check_lines(
    case: str, lines: list[TaxLine], expected: list[dict[str, str]]
) -> Iterator[Difference]:
    if len(lines) != len(expected):
        yield Difference(case, "lines", len(expected), len(lines))
    for number, (line, row) in enumerate(zip(lines, expected, strict=False), start=1):
        yield from compare_amounts(case, f"line {number}", row, _figures(line_amounts(line)))


def _check_table(
    case: str, lines: list[TaxLine], rounding: TaxRounding, expected: list[dict[str, str]]
) -> Iterator[Difference]:
    noise = _noise(lines, rounding, TaxPool.DIRECTION)
    ours = {(group.rate, group.tax_included): group.amount for group in tax_table(lines, rounding)}
    if len(ours) != len(expected):
        yield Difference(case, "taxes", len(expected), len(ours))
    for row in expected:
        key = (_basis_points(row["tax_percent"]), bool(row["tax_included"]))
        amount = ours.get(key)
        got = {"base": amount.net.decimal, "tax": amount.tax.decimal} if amount else {}
        figures = {name: figure for name, figure in row.items() if name not in TAX}
        yield from compare_amounts(case, f"tax {row['tax_percent']} %", figures, got, noise)


def _figures(amount: TaxAmount) -> dict[str, Decimal]:
    return {
        "net": amount.net.decimal,
        "tax": amount.tax.decimal,
        "gross": amount.gross.decimal,
    }


def _basis_points(percent: str) -> int:
    return int(Decimal(percent) * 100)
