"""Cards as rows of a list: masked, with the names of programme and owner."""

from __future__ import annotations

from pos.ports.stored_value import CardRow
from pos.till.desk import Desk
from pos.till.voucher_views import CardRowView


def row_view(desk: Desk, row: CardRow) -> CardRowView:
    """A card in a list."""
    return CardRowView(
        card=row.card.id,
        code=row.card.masked,
        programme=programme_name(desk, row.card.programme),
        balance=row.balance,
        available=row.balance - row.reserved,
        expires=row.card.expires,
        customer=row.card.customer,
        customer_name=owner_name(desk, row.card.customer),
    )


def programme_name(desk: Desk, number: str) -> str:
    """A programme's name, or the number of one that is gone."""
    names = {each.number: each.name for each in desk.catalogue.programmes()}
    return names.get(number, number)


def owner_name(desk: Desk, customer: str) -> str:
    """The owner's name, or the number of one who is gone."""
    owner = desk.catalogue.customer(customer) if customer else None
    return owner.name if owner else customer
