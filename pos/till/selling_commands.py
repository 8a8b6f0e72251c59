"""The commands of the till that ring goods up and change the lines of a sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pos.domain.money import Money
from pos.domain.product import Product
from pos.domain.quantity import Quantity
from pos.ports.goods import Serial
from pos.till import (
    aside,
    blind_returns,
    choosing,
    codes,
    empties,
    invoices,
    measures,
    merging,
    naming,
    orders,
    returning,
    selling,
    tracing,
    undoing,
)
from pos.till.approving import Approval
from pos.till.card_codes import is_service
from pos.till.choice_views import ChoiceView
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.views import TillView
from pos.till.vouchers import loading, scanning
from pos.till.wish import Wish


class SellingCommands(Facade):
    """From the scan to the finished list of lines; parking and giving up."""

    @command
    def scan(self, code: str, part: Money | None = None) -> TillView:
        """Ring up a code, with a quantity before it if wanted ("3*9001234567894"). Of a voucher
        that pays, `part` is what is taken from it.
        """
        self._desk.open_session()
        taken = scanning.take(self._desk, code, part) or scanning.take_service(self._desk, code)
        if not (taken or orders.take(self._desk, code)):
            scanning.take_other(self._desk, code)
        return self._changed()

    @command
    def add_product(
        self,
        product: str,
        quantity: Quantity | None = None,
        options: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
        variant: str = "",
        unit: str = "",
        tare: Quantity | None = None,
        serial: str = "",
        lot: str = "",
        packaging: str = "",
        later: bool = False,
    ) -> TillView:
        """Ring up a product by its number, perhaps by the packaging; values and the customer's
        words are by attribute. Its serial number or lot may be named later.
        """
        if is_service(self._desk, product):
            loading.load(self._desk, product, None, quantity)
            return self._changed()
        choice = Wish(options or {}, texts or {}, variant, unit, tare)
        wish = replace(choice, serial=serial, lot=lot, later=later)
        selling.add_product(self._desk, product, quantity, wish, packaging)
        return self._changed()

    @command
    def set_options(
        self,
        line: int,
        options: Mapping[str, str],
        texts: Mapping[str, str] | None = None,
    ) -> TillView:
        """Choose anew for a line: values and the customer's words, by attribute."""
        choosing.set_options(self._desk, line, Wish(options, texts or {}))
        return self._changed()

    @command
    def set_quantity(
        self, line: int, quantity: Quantity, reason: str = "", approver: str = "", pin: str = ""
    ) -> TillView:
        """Change a line's quantity; packagings on a packaging line. Below zero the goods come
        back without a receipt, for which there is a reason (T-047).
        """
        approval = Approval(reason, approver, pin)
        if not (
            returning.set_quantity(self._desk, line, quantity)
            or blind_returns.set_quantity(self._desk, line, quantity, approval)
        ):
            selling.set_quantity(self._desk, line, quantity)
        return self._changed()

    @command
    def set_text(self, line: int, text: str) -> TillView:
        """Call a line something else; an empty text calls it as the catalogue does."""
        naming.set_text(self._desk, line, text)
        return self._changed()

    @command
    def set_merging(self, on: bool) -> TillView:
        """Let equal goods share a line, or give each piece its own."""
        merging.set_merging(self._desk, on)
        return self._changed()

    @command
    def add_invoice(self, invoice: str, amount: Money) -> TillView:
        """Ring up another system's invoice by its number, to be paid here."""
        invoices.add(self._desk, invoice, amount)
        return self._changed()

    @command
    def take_back_deposit(self, product: str, quantity: Quantity | None = None) -> TillView:
        """Give the deposit of empties back; names the deposit, or goods that come with it."""
        empties.take_back(self._desk, product, quantity)
        return self._changed()

    @command
    def set_unit(self, line: int, unit: str, quantity: Quantity | None = None) -> TillView:
        """Count a line in another unit; without a quantity it stays as much as it is."""
        measures.set_unit(self._desk, line, unit, quantity)
        return self._changed()

    @command
    def set_packaging(
        self, line: int, packaging: str, quantity: Quantity | None = None
    ) -> TillView:
        """Count a line in a packaging that is sold; the quantity counts packagings."""
        measures.set_packaging(self._desk, line, packaging, quantity)
        return self._changed()

    @command
    def remove_line(self, line: int) -> TillView:
        """Strike a line out."""
        selling.remove_line(self._desk, line)
        return self._changed()

    @command
    def restore_line(self, line: int) -> TillView:
        """Bring a line back."""
        selling.restore_line(self._desk, line)
        return self._changed()

    @command
    def undo(self) -> TillView:
        """Bring back the line removed last, or the customer, list or discount before."""
        undoing.undo(self._desk)
        return self._changed()

    @command
    def set_note(self, text: str) -> TillView:
        """Put a note on the receipt."""
        selling.set_note(self._desk, text)
        return self._changed()

    @command
    def dismiss_unknown(self, id: int) -> TillView:
        """Take a code off the list of those that wait: it can't be sold, or was scanned while the
        customer paid.
        """
        aside.dismiss(self._desk, id)
        return self._changed()

    @command
    def park(self, label: str = "", slip: bool = False) -> TillView:
        """Set the sale aside, with a slip whose code brings it back."""
        selling.park(self._desk, label, slip)
        return self._changed()

    @command
    def resume(self, sale: str) -> TillView:
        """Take a parked sale up, by its id."""
        selling.resume(self._desk, sale)
        return self._changed()

    @command
    def cancel_sale(self, reason: str = "") -> TillView:
        """Give the sale up."""
        selling.cancel_sale(self._desk, reason)
        return self._changed()

    @query
    def read_test(self, code: str) -> codes.CodeTestView:
        """What a code means at this till; nothing is rung up."""
        return codes.read_test(self._desk, code)

    @query
    def serials(self, product: str) -> Sequence[Serial]:
        """The serial numbers or lots of a product that may go, in the order they should."""
        return tracing.suggested(self._desk, product)

    @query
    def deposits(self) -> Sequence[Product]:
        """What empties are taken back as, the cheapest first."""
        return empties.deposits(self._desk)

    @query
    def measures(self, product: str, line: int | None = None) -> measures.MeasuresView:
        """The units and packagings a product may be sold in, its own unit first."""
        return measures.measures(self._desk, product, line)

    @query
    def choices(
        self,
        product: str,
        options: Mapping[str, str] | None = None,
        variant: str = "",
        line: int | None = None,
    ) -> ChoiceView:
        """What is to be chosen of a product, with the price of each value."""
        wish = Wish(options or {}, variant=variant)
        return choosing.choices(self._desk, product, wish, line)
