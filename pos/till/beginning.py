"""A sale begins: with its first line, or with its customer."""

from __future__ import annotations

import uuid

from pos.domain.sale import Sale
from pos.till.desk import Desk


def begin(desk: Desk) -> Sale:
    """A new sale, not yet kept."""
    session = desk.open_session()
    desk.undos.clear()
    return Sale(
        id=uuid.uuid4().hex,
        till=desk.till,
        session=session.number,
        operator=desk.who().number,
        opened_at=desk.now(),
        business_date=session.business_date,
        currency=desk.currency,
        rounding=desk.shop.tax_rounding,
    )
