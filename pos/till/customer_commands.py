"""The commands of the till that are about customers: choosing, making and changing them."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.customer import Customer
from pos.till import buying, customers, paper_choice
from pos.till.commands import command, query
from pos.till.customers import Entered
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
    def set_one_off(
        self,
        name: str,
        kind: str = "person",
        street: str = "",
        postcode: str = "",
        city: str = "",
        country: str = "",
        vat_id: str = "",
        id_number: str = "",
        mail: str = "",
    ) -> TillView:
        """Sell to somebody without an account; the data stand on this sale alone."""
        address = {"street": street, "postcode": postcode, "city": city, "country": country}
        more = {"vat_id": vat_id, "id_number": id_number, "mail": mail}
        buying.set_one_off(self._desk, name, kind, address | more)
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
    def create_customer(
        self,
        name: str,
        kind: str = "person",
        street: str = "",
        postcode: str = "",
        city: str = "",
        country: str = "",
        vat_id: str = "",
        id_number: str = "",
        mail: str = "",
        phone: str = "",
        card: str = "",
        tags: Sequence[str] = (),
        invoice: bool = False,
    ) -> TillView:
        """Keep a new customer, and sell to them."""
        buying.demand_change(self._desk)
        texts = {
            "name": name,
            "street": street,
            "postcode": postcode,
            "city": city,
            "country": country,
            "vat_id": vat_id,
            "id_number": id_number,
            "mail": mail,
            "phone": phone,
            "card": card,
        }
        made = customers.create(self._desk, Entered(kind, texts, tags, invoice))
        buying.set_customer(self._desk, made.number)
        return self._changed()

    @command
    def edit_customer(
        self,
        number: str,
        name: str | None = None,
        kind: str | None = None,
        street: str | None = None,
        postcode: str | None = None,
        city: str | None = None,
        country: str | None = None,
        vat_id: str | None = None,
        id_number: str | None = None,
        mail: str | None = None,
        phone: str | None = None,
        card: str | None = None,
        tags: Sequence[str] | None = None,
        invoice: bool | None = None,
    ) -> TillView:
        """Change a customer; what isn't named stays. A sale to them takes the new data."""
        texts = {
            "name": name,
            "street": street,
            "postcode": postcode,
            "city": city,
            "country": country,
            "vat_id": vat_id,
            "id_number": id_number,
            "mail": mail,
            "phone": phone,
            "card": card,
        }
        changed = customers.edit(self._desk, number, Entered(kind, texts, tags, invoice))
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
