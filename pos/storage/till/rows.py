"""Between rows of till.db and the values of the domain."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from pos.domain.money import Money
from pos.domain.sale import LineItem, Sale, SaleState
from pos.domain.session import Session, SessionState
from pos.domain.tax import TaxRounding
from pos.domain.tender import Tender, TenderState
from pos.ports.fiscal import Seal

LINE_FIELDS = tuple(name for name in LineItem.__struct_fields__ if name != "number")


def sale_row(sale: Sale) -> dict[str, Any]:
    """The row of a sale's head."""
    return {
        "id": sale.id,
        "till": sale.till,
        "session": sale.session,
        "operator": sale.operator,
        "state": sale.state.value,
        "opened_at": sale.opened_at,
        "business_date": sale.business_date,
        "currency": sale.currency,
        "rounding": sale.rounding.value,
        "receipt_number": sale.receipt_number,
        "closed_at": sale.closed_at,
        "total": sale.total.minor,
        "label": sale.label,
        "note": sale.note,
        "customer": sale.customer,
        "price_list": sale.price_list,
        "discount": sale.discount,
        "tax_free": sale.tax_free,
        "voids": sale.voids,
        "deductions": sale.deductions,
        "points": sale.points,
    }


def line_row(sale: str, line: LineItem) -> dict[str, Any]:
    """The row of a line item."""
    return {"sale": sale, "number": line.number} | {
        name: getattr(line, name) for name in LINE_FIELDS
    }


def tender_row(sale: str, tender: Tender) -> dict[str, Any]:
    """The row of a tender."""
    return {
        "sale": sale,
        "number": tender.number,
        "method": tender.method,
        "amount": tender.amount.minor,
        "is_cash": tender.is_cash,
        "state": tender.state.value,
        "redeems": tender.redeems,
        "refunds": tender.refunds,
    }


def read_sale(head: Row[Any], lines: Iterable[Row[Any]], tenders: Iterable[Row[Any]]) -> Sale:
    """A sale out of its rows, in order of their numbers."""
    return Sale(
        id=head.id,
        till=head.till,
        session=head.session,
        operator=head.operator,
        opened_at=head.opened_at,
        business_date=head.business_date,
        currency=head.currency,
        rounding=TaxRounding(head.rounding),
        state=SaleState(head.state),
        lines=tuple(read_line(row) for row in lines),
        tenders=tuple(read_tender(row, head.currency) for row in tenders),
        receipt_number=head.receipt_number,
        closed_at=head.closed_at,
        label=head.label,
        note=head.note,
        customer=head.customer,
        price_list=head.price_list,
        discount=head.discount,
        tax_free=head.tax_free,
        voids=head.voids,
        deductions=head.deductions,
        points=head.points,
    )


def read_line(row: Row[Any]) -> LineItem:
    """A line item out of its row."""
    return LineItem(number=row.number, **{name: getattr(row, name) for name in LINE_FIELDS})


def read_tender(row: Row[Any], currency: str) -> Tender:
    """A tender out of its row."""
    return Tender(
        number=row.number,
        method=row.method,
        amount=Money(row.amount, currency),
        is_cash=row.is_cash,
        state=TenderState(row.state),
        redeems=row.redeems,
        refunds=row.refunds,
    )


def session_row(session: Session) -> dict[str, Any]:
    """The row of a session."""
    return {
        "number": session.number,
        "till": session.till,
        "state": session.state.value,
        "opened_at": session.opened_at,
        "business_date": session.business_date,
        "opened_by": session.opened_by,
        "currency": session.opening_float.currency,
        "opening_float": session.opening_float.minor,
        "closed_at": session.closed_at,
        "closed_by": session.closed_by,
        "expected": _minor(session.expected),
        "counted": _minor(session.counted),
        "left": _minor(session.left),
        "reason": session.reason,
    }


def read_session(row: Row[Any]) -> Session:
    """A session out of its row."""

    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, row.currency)

    return Session(
        number=row.number,
        till=row.till,
        opened_at=row.opened_at,
        business_date=row.business_date,
        opened_by=row.opened_by,
        opening_float=Money(row.opening_float, row.currency),
        state=SessionState(row.state),
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        expected=money(row.expected),
        counted=money(row.counted),
        left=money(row.left),
        reason=row.reason,
    )


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def seal_row(sale: Sale, seal: Seal) -> dict[str, Any]:
    """The row of a receipt's seal."""
    return {
        "sale": sale.id,
        "receipt_number": sale.receipt_number,
        "unit": seal.unit,
        "data": seal.data,
        "details": json.dumps(dict(seal.details), sort_keys=True, ensure_ascii=False),
    }


def read_seal(row: Row[Any]) -> Seal:
    """A seal out of its row."""
    return Seal(unit=row.unit, data=row.data, details=json.loads(row.details))
