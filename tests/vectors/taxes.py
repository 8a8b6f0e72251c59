"""Recorded taxes: lines, VAT table and the three ways to total a document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pos.domain.quantity import Quantity
from pos.domain.tax import (
    TaxAmount,
    TaxLine,
    TaxPool,
    TaxRounding,
    document_total,
    line_amounts,
    tax_table,
)
from tests.vectors.case import Case, Difference, compare_amounts

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
        yield from compare_amounts(case["id"], block, expect[block], _figures(total))


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
    ours = {(group.rate, group.tax_included): group.amount for group in tax_table(lines, rounding)}
    if len(ours) != len(expected):
        yield Difference(case, "taxes", len(expected), len(ours))
    for row in expected:
        key = (_basis_points(row["tax_percent"]), bool(row["tax_included"]))
        amount = ours.get(key)
        got = {"base": amount.net.decimal, "tax": amount.tax.decimal} if amount else {}
        figures = {name: row[name] for name in ("base", "tax")}
        yield from compare_amounts(case, f"tax {row['tax_percent']} %", figures, got)


def _figures(amount: TaxAmount) -> dict[str, Decimal]:
    return {
        "net": amount.net.decimal,
        "tax": amount.tax.decimal,
        "gross": amount.gross.decimal,
    }


def _basis_points(percent: str) -> int:
    return int(Decimal(percent) * 100)
