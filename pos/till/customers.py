"""Customers at the till: made, changed, archived, given a card (T-065 to T-070, COMARCH-3, 11).

What is done here counts at once, goes to the back office as a parcel, and stays over its next
catalogue until that has it. The journal tells who changed which fields, and not their contents:
a journal can't forget, and people have a right to be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import asdict, replace

from pos.domain.customer import Customer, CustomerKind, TaxStatus, check_fields
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.kept_customer import KeptCustomer
from pos.domain.operator import Right, Role
from pos.till.commands import Given
from pos.till.desk import Desk
from pos.till.points_ledger import move_account

MAX_FIELD = 80
MAX_TAGS = 10
TEXTS = (
    "name",
    "street",
    "postcode",
    "city",
    "country",
    "vat_id",
    "id_number",
    "mail",
    "phone",
    "card",
)


class CustomerFields(Given, frozen=True):
    """What was typed of a customer; None leaves a field as it is."""

    name: str | None = None
    kind: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    vat_id: str | None = None
    id_number: str | None = None
    mail: str | None = None
    phone: str | None = None
    card: str | None = None
    tags: Sequence[str] | None = None
    invoice: bool | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The fields that are plain text, and were given."""
        return {
            name: value
            for name, value in asdict(self).items()
            if name not in ("kind", "tags", "invoice") and value is not None
        }


def registered(desk: Desk, number: str) -> Customer:
    """The customer of that number; raises Refusal "customer_unknown"."""
    customer = desk.catalogue.customer(number)
    if customer is None:
        raise Refusal("customer_unknown", code=number[:40])
    return customer


def draft(desk: Desk, given: CustomerFields) -> Customer:
    """A customer without an account; a card, tags and the like are for those who have one."""
    given = replace(given, phone=None, card=None, tags=None, invoice=None)
    return _changed(desk, Customer("", "", country=desk.shop.country), given)


def create(desk: Desk, given: CustomerFields) -> Customer:
    """A new customer, with a number of this till's until the back office gives its own."""
    desk.demand(Right.CUSTOMERS)
    drafted = _changed(desk, Customer("", "", country=desk.shop.country), given)
    with desk.writing() as work:
        number = f"K{desk.till}-{work.next_number('customer'):04}"
    return _keep(desk, replace(drafted, number=number), None)


def edit(desk: Desk, number: str, given: CustomerFields) -> Customer:
    """Change what a till may change of a customer."""
    desk.demand(Right.CUSTOMERS)
    before = registered(desk, number)
    return _keep(desk, _changed(desk, before, given), before)


def archive(desk: Desk, number: str, *, active: bool = False) -> None:
    """Put a customer out of use, or back in: nothing is deleted, old sales keep their copy."""
    desk.demand(Right.CUSTOMERS)
    before = registered(desk, number)
    _keep(desk, replace(before, active=active), before)


def store_card(desk: Desk, number: str, code: str) -> Customer:
    """Give a customer the card that was scanned (T-069)."""
    return edit(desk, number, CustomerFields(card=code))


def allow_delivery_notes(desk: Desk, number: str, allowed: bool) -> None:
    """Whether goods may leave before the invoice; only managers decide that (T-070)."""
    if desk.who().role is not Role.MANAGER:
        raise Refusal("managers_only")
    before = registered(desk, number)
    _keep(desk, replace(before, delivery_notes=allowed), before)


def request_status(desk: Desk, number: str, status: str, note: str) -> None:
    """Ask the back office for another tax status; the till never sets one (COMARCH-11)."""
    desk.demand(Right.CUSTOMERS)
    customer = registered(desk, number)
    if status not in tuple(TaxStatus):
        raise Refusal("tax_status_unknown", status=status[:40])
    body = {"customer": customer.number, "wanted": status, "note": note.strip()[:200]}
    with desk.writing() as work:
        key = f"customer-request-{desk.till}-{work.next_number('customer_request')}"
        facts = {"customer": customer.number, "wanted": status}
        desk.record(work, Kind.CUSTOMER_REQUEST, facts)
        work.add_parcel("customer_request", key, json.dumps(body), desk.now())


def _changed(desk: Desk, before: Customer, given: CustomerFields) -> Customer:
    """The customer with what was given, checked."""
    texts = {name: value.strip()[:MAX_FIELD] for name, value in given.texts.items()}
    if "country" in texts:
        texts["country"] = texts["country"].upper() or desk.shop.country
    changes: dict[str, object] = dict(texts)
    if given.kind is not None:
        changes["kind"] = read_kind(given.kind)
    if given.tags is not None:
        words = " ".join(given.tags).split()
        changes["tags"] = tuple(dict.fromkeys(word[:MAX_FIELD] for word in words[:MAX_TAGS]))
    if given.invoice is not None:
        changes["invoice"] = given.invoice
    changed: Customer = replace(before, **changes)
    check_fields(changed)
    _demand_own_card(desk, changed)
    return changed


def read_kind(kind: str) -> CustomerKind:
    """Private or company; raises Refusal "customer_kind"."""
    if kind not in tuple(CustomerKind):
        raise Refusal("customer_kind", kind=kind[:40])
    return CustomerKind(kind)


def _demand_own_card(desk: Desk, customer: Customer) -> None:
    """A card is one customer's."""
    other = desk.catalogue.customer_by_card(customer.card) if customer.card else None
    if other is not None and other.number != customer.number:
        raise Refusal("customer_card_taken", card=customer.card, name=other.name)


def _keep(desk: Desk, customer: Customer, before: Customer | None) -> Customer:
    """Make it durable, tell the back office, and let every search know."""
    at, by, known = desk.now(), desk.who().number, desk.kept_customers.get(customer.number)
    changed = _differing(customer, before)
    if not changed:
        return customer
    if known is not None and before is not None:
        kept = known.then(customer, before, at, by)
    else:
        kept = KeptCustomer(customer, (before or customer,), before is None, at, by)
    with desk.writing() as work:
        work.save_customer(kept)
        change = work.next_number("customer_change")
        facts = {"customer": customer.number, "new": before is None, "fields": changed}
        desk.record(work, Kind.CUSTOMER_SAVED, facts)
        body = json.dumps(customer.record(), ensure_ascii=False)
        work.add_parcel("customer", f"customer-{desk.till}-{change}", body, at)
    desk.kept_customers.put(kept)
    return customer


def _differing(customer: Customer, before: Customer | None) -> list[str]:
    if before is None:
        return sorted(customer.record())
    was = before.record()
    return sorted(name for name, value in customer.record().items() if was[name] != value)


def settle(desk: Desk) -> None:
    """Let go of what the back office has by now, so that its later changes aren't held up."""
    for kept in desk.kept_customers.all():
        number = kept.customer.number
        office = desk.catalogue.office_customer(number)
        called = office.number if office is not None else number
        if kept.is_taken(office):
            _replace(desk, number, None, called)
        elif office is not None and called != number:
            customer = kept.over(office) or office
            known_as = replace(kept, customer=customer, is_new=False)
            _replace(desk, number, known_as, called)


def _replace(desk: Desk, number: str, kept: KeptCustomer | None, called: str) -> None:
    with desk.writing() as work:
        work.drop_customer(number)
        if called != number:
            move_account(desk, work, number, called)
        if kept is not None:
            work.save_customer(kept)
    desk.kept_customers.drop(number)
    if kept is not None:
        desk.kept_customers.put(kept)
