"""The rate of the day of supply: a sale that waits is taxed as the day it is paid.

In force is the rate of the day the goods change hands (§ 19 Abs. 2 UStG, § 27 UStG DE), not that of
the day they were put into a cart. Prices stay as they were told: of those that hold their tax
another part is tax.
"""

from __future__ import annotations

from msgspec.structs import replace

from pos.domain.sale import LineItem, Sale
from pos.domain.stored_value.ledger import EntryKind
from pos.till.deducting import balanced
from pos.till.desk import Desk


def rated(desk: Desk, sale: Sale) -> Sale:
    """The sale at today's rates, but for what goes back at the rate it was sold at."""
    lines = tuple(_rated(desk, line) for line in sale.lines)
    return sale if lines == sale.lines else balanced(desk, replace(sale, lines=lines))


def rate_changes(before: Sale, after: Sale) -> dict[str, object]:
    """For the journal: line, rate before and rate now, in basis points; nothing where all stay."""
    changed = [
        [line.number, line.tax_rate, now.tax_rate]
        for line, now in zip(before.lines, after.lines, strict=True)
        if line.tax_rate != now.tax_rate
    ]
    return {"rates": changed} if changed else {}


def _rated(desk: Desk, line: LineItem) -> LineItem:
    taken_back = line.loads is not None and line.loads.kind is EntryKind.CANCEL
    tax = desk.catalogue.tax_codes().get(line.tax_code)
    if line.has_own_terms or taken_back or tax is None:
        return line
    rate = tax.rate_on(desk.today()).basis_points
    return line if rate == line.tax_rate else replace(line, tax_rate=rate)
