"""The commands of the till that are about customers: choosing, making and changing them."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.customer import Customer
from pos.till import buying, customers, paper_choice
from pos.till.commands import command, query
from pos.till.customers import CustomerFields
from pos.till.facade import Facade
from pos.till.views import TillView


class CustomerCommands(Facade):
    """Who buys, and what the shop knows of them."""

    @command
    def set_customer(self, number: str) -> TillView:
        """Sell to a registered customer, at that customer's prices."""
        buying.set_customer(self._desk, number)
        return self._changed()

    @command
    def set_one_off(self, given: CustomerFields) -> TillView:
        """Sell to somebody without an account; the data stand on this sale alone."""
        buying.set_one_off(self._desk, given)
        return self._changed()

    @command
    def clear_customer(self) -> TillView:
        """Sell to somebody unknown."""
        buying.clear_customer(self._desk)
        return self._changed()

    @command
    def choose_paper(self, paper: str) -> TillView:
        """Give this sale a receipt or an invoice ("receipt", "invoice")."""
        paper_choice.choose_paper(self._desk, paper)
        return self._changed()

    @command
    def create_customer(self, given: CustomerFields) -> TillView:
        """Keep a new customer, and sell to them."""
        buying.demand_change(self._desk)
        made = customers.create(self._desk, given)
        buying.set_customer(self._desk, made.number)
        return self._changed()

    @command
    def edit_customer(self, number: str, given: CustomerFields) -> TillView:
        """Change a customer; what isn't named stays. A sale to them takes the new data."""
        changed = customers.edit(self._desk, number, given)
        buying.renew_customer(self._desk, changed)
        return self._changed()

    @command
    def store_card(self, number: str, code: str) -> TillView:
        """Give a customer the card that was scanned (T-069)."""
        buying.renew_customer(self._desk, customers.store_card(self._desk, number, code))
        return self._changed()

    @command
    def archive_customer(self, number: str) -> TillView:
        """Put a customer out of use; nothing is deleted."""
        customers.archive(self._desk, number)
        return self._changed()

    @command
    def restore_customer(self, number: str) -> TillView:
        """Put an archived customer back into use."""
        customers.archive(self._desk, number, active=True)
        return self._changed()

    @command
    def allow_delivery_notes(self, number: str, allowed: bool) -> TillView:
        """Whether a customer may take goods before the invoice; managers only (T-070)."""
        customers.allow_delivery_notes(self._desk, number, allowed)
        return self._changed()

    @command
    def request_tax_status(self, number: str, status: str, note: str = "") -> TillView:
        """Ask the back office for another tax status of a customer (COMARCH-11)."""
        customers.request_status(self._desk, number, status, note)
        return self._changed()

    @query
    def customer(self, number: str) -> Customer:
        """All that is known of a customer; raises Refusal "customer_unknown"."""
        return customers.registered(self._desk, number)

    @query
    def customers(self, text: str, archived: bool = False) -> Sequence[Customer]:
        """Whom a text finds; nobody for an empty one (T-067). Of archived ones it finds all."""
        return self._desk.catalogue.customers(text, 0, 20, archived=archived)
