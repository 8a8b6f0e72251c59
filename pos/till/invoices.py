"""Invoices of another system, paid at this till (T-039).

A product of the shop stands for them, with price 0 and a tax of 0 %: the turnover was taxed where
the invoice was written. Whether that may be done here is for the business to know.
"""

from __future__ import annotations

from pos.domain.money import Money
from pos.till import lookup, selling
from pos.till.desk import Desk


def add(desk: Desk, invoice: str, amount: Money) -> None:
    """Ring up an invoice by its number, to be paid with the rest of the sale."""
    desk.open_session()
    selling.demand_no_checkout(desk)
    selling.add(desk, lookup.invoice_line(desk, invoice, amount))
