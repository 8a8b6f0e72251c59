"""Orders at the till: a cart becomes one, is loaded again, and settled by an ordinary sale (T-075).

Those of the back office stand in the catalogue, where an import replaces them in one step; what
became of each stands in this till's records, so that a file that comes twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pos.domain import sale as sales
from pos.domain.code_rules import Meaning
from pos.domain.errors import Refusal
from pos.domain.gs1 import MarkReading
from pos.domain.journal import Kind
from pos.domain.order import (
    Cart,
    OfficeOrder,
    OrderRecord,
    OrderState,
    cart_of,
)
from pos.domain.sale import LineItem, Sale, SaleState
from pos.till import lookup, papers
from pos.till.aside import set_aside
from pos.till.beginning import begin
from pos.till.buying import on_terms
from pos.till.desk import Desk, line_facts
from pos.till.order_lines import agreed_line, ordered_line
from pos.till.order_records import keep_made, new_number
from pos.till.printing import print_out
from pos.till.selling import MAX_LABEL, demand_no_checkout, with_deposit


class Found(Struct, frozen=True):
    """An order as it stands: what this till knows of it, what the back office says, or both."""

    number: str
    record: OrderRecord | None
    office: OfficeOrder | None

    @property
    def state(self) -> OrderState:
        """Where it stands."""
        return self.record.state if self.record else OrderState.OPEN

    @property
    def own(self) -> Cart | None:
        """The cart of an order made here."""
        return self.record.cart if self.record else None


class Prepared(Struct, frozen=True):
    """The sale an order would become today, and the lines that can't be sold now, by code."""

    sale: Sale
    failed: Sequence[tuple[str, Refusal]]


def take(desk: Desk, code: str) -> bool:
    """Load the order whose slip was scanned; False where it is something else."""
    reading = lookup.read_entry(desk, code).reading
    if not isinstance(reading, MarkReading) or reading.meaning is not Meaning.ORDER:
        return False
    demand_no_checkout(desk)
    load(desk, reading.key)
    return True


def make(desk: Desk, label: str, slip: bool) -> str:
    """Turn the open sale into an order; an order made here keeps its number. Returns that."""
    sale = desk.open_sale()
    words = " ".join(label.split())[:MAX_LABEL] or sale.label
    cart = cart_of(sale, words)
    if cart.customer is None and not words:
        raise Refusal("order_needs_name")
    before = _own_order_of(desk, sale)
    cancelled = sale.move(SaleState.CANCELLED)
    with desk.writing() as work:
        number = before or new_number(desk, work)
        record = OrderRecord(number, OrderState.OPEN, desk.now(), desk.who().number, cart)
        desk.save(work, cancelled)
        keep_made(desk, work, record, cancelled, sale.total)
    desk.sale = desk.last_sale = desk.preview = desk.price_change = None
    desk.undos.clear()
    desk.reached(f"after_{Kind.ORDER_MADE}")
    if slip:
        print_out(desk, papers.order_slip(desk, record, sale.total))
    return number


def _own_order_of(desk: Desk, sale: Sale) -> str:
    """The order made here that the sale has in work; one of the office stays as it is."""
    for record in desk.store.orders.of_sale(sale.id):
        if record.cart is None:
            raise Refusal("order_of_office", order=record.number)
        return record.number
    return ""


def withdraw(desk: Desk, number: str, reason: str) -> None:
    """Give up an order that was made here; those of the office are the office's to withdraw."""
    desk.open_session()
    found = find(desk, number)
    record = found.record
    if record is None or record.cart is None:
        raise Refusal("order_of_office", order=found.number)
    record.demand_open()
    with desk.writing() as work:
        work.save_order(replace(record, state=OrderState.WITHDRAWN))
        facts = {"order": record.number, "reason": reason}
        desk.record(work, Kind.ORDER_WITHDRAWN, facts)
        key = f"order-{record.number}-withdrawn"
        work.add_parcel("order_withdrawn", key, json.dumps(facts, ensure_ascii=False), desk.now())


def find(desk: Desk, number: str) -> Found:
    """The order of that number; raises Refusal "no_such_order"."""
    wanted = number.strip()
    record, office = desk.store.orders.record(wanted), desk.catalogue.order(wanted)
    if office is not None and office.till not in ("", desk.till):
        office = None
    if office is None and (record is None or (record.cart is None and _is_gone(record))):
        raise Refusal("no_such_order", order=wanted[:MAX_LABEL])
    return Found(wanted, record, office)


def _is_gone(record: OrderRecord) -> bool:
    """Whether the back office took it back while it waited."""
    return record.state is OrderState.OPEN


def load(desk: Desk, number: str) -> None:
    """Begin a sale with what was ordered; the order is in work until that sale ends."""
    desk.open_session()
    if desk.sale is not None:
        raise Refusal("sale_in_the_way")
    found = find(desk, number)
    record = found.record or OrderRecord(
        found.number, OrderState.OPEN, desk.now(), desk.who().number
    )
    sale = begin(desk)
    working = record.load(sale.id)
    if found.office is not None and found.own is None and found.office.paid:
        raise Refusal("order_paid", order=found.number)
    prepared = prepare(desk, found, sale)
    if not prepared.sale.lines:
        raise prepared.failed[0][1] if prepared.failed else Refusal("order_empty", order=number)
    with desk.writing() as work:
        work.save_sale(prepared.sale, None)
        work.save_order(working)
        desk.record(work, Kind.ORDER_LOADED, _loaded(found, prepared), sale=prepared.sale)
    desk.sale = prepared.sale
    desk.last_sale = desk.preview = desk.price_change = None
    for code, refusal in prepared.failed:
        set_aside(desk, code, refusal)
    desk.reached(f"after_{Kind.ORDER_LOADED}")


def _loaded(found: Found, prepared: Prepared) -> dict[str, object]:
    sale = prepared.sale
    return {
        "order": found.number,
        "total": sale.total.minor,
        "lines": [line_facts(line, sale.currency) for line in sale.lines],
        "left_out": [code for code, _ in prepared.failed],
    }


def prepare(desk: Desk, found: Found, sale: Sale) -> Prepared:
    """The sale an order becomes at today's prices and taxes; agreed prices stay."""
    cart = found.own
    drafts, failed = _drafts(desk, found)
    if cart is not None:
        known = cart.customer and desk.catalogue.customer(cart.customer.number)
        customer = known or cart.customer
        # With its customer, whose points may come off.
        sale = replace(sale, note=cart.note, label=cart.label, customer=customer)
        sale = replace(sale, discount=cart.discount, deductions=cart.deductions)
    else:
        assert found.office is not None
        office = found.office
        customer = desk.catalogue.customer(office.customer) if office.customer else None
        sale = replace(sale, note=office.text, label="" if customer else office.name)
    for draft in drafts:
        sale, line = sales.add_line(sale, replace(draft, number=0), merge=False)
        sale = with_deposit(desk, sale, line)
    return Prepared(on_terms(desk, sale, customer, cart.price_list if cart else ""), failed)


def _drafts(desk: Desk, found: Found) -> tuple[list[LineItem], list[tuple[str, Refusal]]]:
    """The lines that can be sold now, and why the others can't."""
    drafts: list[LineItem] = []
    failed: list[tuple[str, Refusal]] = []
    for line in found.own.lines if found.own else ():
        try:
            drafts.append(agreed_line(desk, found.number, line))
        except Refusal as refusal:
            failed.append((line.gtin or line.product, refusal))
    for ordered in found.office.lines if found.office and not found.own else ():
        try:
            drafts += ordered_line(desk, found.office, ordered) if found.office else ()
        except Refusal as refusal:
            failed.append((ordered.variant or ordered.product or ordered.name, refusal))
    return drafts, failed
