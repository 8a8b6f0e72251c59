"""Customers made or changed at the till, kept here until the back office has taken them.

A whole new catalogue says what the office knows, not what it hasn't heard of yet. So what was
typed here is laid over the office's record field by field: what the office has changed since
stands, and what only the till has changed stands too (T-065).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.customer import Customer

TILL_MADE = "K"
"""The number a till gives a customer begins with it; the till's own follows."""

OURS = (
    "name",
    "kind",
    "street",
    "postcode",
    "city",
    "country",
    "vat_id",
    "id_number",
    "mail",
    "phone",
    "card",
    "tags",
    "invoice",
    "delivery_notes",
    "active",
)
"""What a till may change. Price list and tax status are the office's alone (COMARCH-11)."""


class KeptCustomer(Struct, frozen=True):
    """A customer as the till has it, beside what the office may have instead.

    Attributes:
        bases: what the office had, and every version told to it since. Where it has one of these
            it just hasn't got the newest yet; anything else is of its own doing.
        is_new: made here, so that the office may not know the number yet.
        at, by: when and by which operator it was changed last.
    """

    customer: Customer
    bases: tuple[Customer, ...]
    is_new: bool
    at: datetime
    by: str

    def over(self, office: Customer | None) -> Customer | None:
        """The customer as it is now; None where the office has deleted it."""
        if office is None:
            return self.customer if self.is_new else None
        ours = {
            name: getattr(self.customer, name)
            for name in OURS
            if any(getattr(office, name) == getattr(base, name) for base in self.bases)
        }
        merged = replace(office, **ours)
        return office if merged == office else merged

    def is_taken(self, office: Customer | None) -> bool:
        """Whether nothing of it is left that the office doesn't know."""
        return self.over(office) == office

    def then(self, customer: Customer, before: Customer, at: datetime, by: str) -> KeptCustomer:
        """The next version, made from what was seen before."""
        bases = dict.fromkeys((*self.bases, self.customer, before))
        return KeptCustomer(customer, tuple(bases), self.is_new, at, by)


class KeptCustomers:
    """All of them, written by the till's lane and read by others.

    A new state is put in place as a whole, so that a reader sees the old one or the new one.

    Attributes:
        version: counts the states.
    """

    def __init__(self) -> None:
        self.version = 0
        self._kept: dict[str, KeptCustomer] = {}

    def publish(self, kept: Iterable[KeptCustomer]) -> None:
        """These are all there are from here on."""
        self._kept = {each.customer.number: each for each in kept}
        self.version += 1

    def put(self, kept: KeptCustomer) -> None:
        """One more, or another version of one."""
        self.publish((*self._kept.values(), kept))

    def drop(self, number: str) -> None:
        """One less."""
        self.publish(kept for key, kept in self._kept.items() if key != number)

    def get(self, number: str) -> KeptCustomer | None:
        """The one of that number."""
        return self._kept.get(number)

    def all(self) -> tuple[KeptCustomer, ...]:
        """All, in the order of their numbers."""
        return tuple(self._kept[number] for number in sorted(self._kept))
