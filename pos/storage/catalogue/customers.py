"""Customers in the catalogue: by number, by card, and found while typing.

What was made or changed at this till lies over them, until the back office has taken it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, func, or_, select

from pos.domain.customer import Customer, CustomerKind, TaxStatus
from pos.domain.customer_choice import CustomerChoice
from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.tables import customers

SEARCHED = ("name", "number", "card", "city", "mail", "phone", "vat_id", "tags")
"""What the search looks into."""
_MOST_WORDS = 6
_TEXTS = (
    "street",
    "postcode",
    "city",
    "vat_id",
    "id_number",
    "mail",
    "phone",
    "card",
    "price_list",
)

BY_NUMBER = select(customers).where(customers.c.number == bindparam("number"))
BY_TILL_NUMBER = select(customers).where(customers.c.till_number == bindparam("number"))
BY_CARD = select(customers).where(customers.c.card == bindparam("card"))


def finding(text: str, but: Sequence[str], *, archived: bool = False) -> Select[Any] | None:
    """Active customers with a word that begins so, for every word of the text; by name.

    `but` are numbers of those that aren't looked for here. Of `archived` ones, no text is all.
    """
    words = _words(text)
    if not (words or archived):
        return None
    holds = [func.instr(" " + customers.c.search, " " + word) > 0 for word in words]
    first = or_(customers.c.number == text.strip(), customers.c.card == text.strip())
    return (
        select(customers)
        .where(customers.c.active == int(not archived), customers.c.number.not_in(but), *holds)
        .order_by(~first, customers.c.search, customers.c.number)
    )


def chosen(choice: CustomerChoice, after: str = "") -> Select[Any]:
    """Active customers who fit a choice, behind a number, in order of their numbers."""
    statement = select(customers).where(customers.c.active == 1, customers.c.number > after)
    if choice.tag:
        tags = " " + func.coalesce(customers.c.tags, "") + " "
        statement = statement.where(func.instr(tags, f" {choice.tag} ") > 0)
    if choice.place:
        city = func.lower(customers.c.city) == choice.place.lower()
        same = customers.c.city == choice.place
        begins = customers.c.postcode.startswith(choice.place, autoescape=True)
        statement = statement.where(or_(city, same, begins))
    if choice.registered_from is not None:
        statement = statement.where(customers.c.registered >= choice.registered_from)
    if choice.registered_to is not None:
        statement = statement.where(customers.c.registered <= choice.registered_to)
    return statement.order_by(customers.c.number)


TAGS = select(customers.c.tags).where(customers.c.tags.isnot(None)).distinct()
"""Every combination of tags there is."""


def is_hit(customer: Customer, text: str, *, archived: bool = False) -> bool:
    """Whether the same search finds a customer that isn't in the catalogue."""
    words = _words(text)
    fields = (" ".join(customer.tags), *(getattr(customer, name) for name in SEARCHED[:-1]))
    search = " " + fold(" ".join(fields))
    wanted = bool(words or archived) and customer.active is not archived
    return wanted and all(f" {word}" in search for word in words)


def _words(text: str) -> list[str]:
    return fold(text).split()[:_MOST_WORDS]


def to_customer(row: RowMapping) -> Customer:
    """A customer."""
    texts: dict[str, Any] = {name: row[name] or "" for name in _TEXTS}
    return Customer(
        number=row["number"],
        name=row["name"],
        kind=CustomerKind(row["kind"]),
        country=row["country"],
        tax_status=TaxStatus(row["tax_status"]),
        active=bool(row["active"]),
        tags=tuple(str(row["tags"] or "").split()),
        invoice=bool(row["invoice"]),
        delivery_notes=bool(row["delivery_notes"]),
        **texts,
    )
