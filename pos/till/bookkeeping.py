"""The export for the books: what each category sold in a session, with its accounts (ETRON-7).

The till posts no ledger. It tells sums and accounts, and the back office posts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from pos.domain.bookings import Booking, bookings
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.stock_category import Accounts, Categories, path_of
from pos.till.desk import Desk


class AccountRow(Struct, frozen=True):
    """One category at one tax, with where the books put it.

    Attributes:
        path: of the category, "Bekleidung/Hosen"; empty for turnover without one.
        tax_rate: basis points.
    """

    category: str
    path: str
    tax_code: str
    tax_rate: int
    net: Money
    tax: Money
    gross: Money
    accounts: Accounts


class AccountsView(Struct, frozen=True):
    """The export of one session; `total` is the sum of its receipts."""

    session: int
    rows: tuple[AccountRow, ...]
    total: Money


def accounts(desk: Desk, number: int | None = None) -> AccountsView:
    """The export of a session, by default of the open one, else of the one closed last.

    Raises Refusal "no_session_closed" or "no_such_session".
    """
    wanted = _wanted(desk) if number is None else desk.store.session(number).number
    closed = desk.store.journal(wanted, {Kind.SALE_CLOSED})
    sales: list[Mapping[str, Any]] = [link.entry.data for link in closed]
    sold = {line["product"] for sale in sales for line in sale["lines"]}
    products = desk.catalogue.products(sold)
    categories = {number: product.category for number, product in products.items()}
    tree = desk.catalogue.stock_categories()
    rows = tuple(_row(each, tree) for each in bookings(sales, categories, desk.currency))
    return AccountsView(wanted, rows, Money.total((row.gross for row in rows), desk.currency))


def _wanted(desk: Desk) -> int:
    found = desk.session or desk.store.last_session()
    if found is None:
        raise Refusal("no_session_closed")
    return found.number


def _row(booking: Booking, tree: Categories) -> AccountRow:
    known = tree.get(booking.category)
    return AccountRow(
        category=booking.category,
        path=path_of(tree, booking.category),
        tax_code=booking.tax_code,
        tax_rate=booking.tax_rate,
        net=booking.net,
        tax=booking.tax,
        gross=booking.gross,
        accounts=known.accounts if known else Accounts(),
    )
