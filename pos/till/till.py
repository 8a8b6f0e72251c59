"""The till: one method a command. Windows, stories and devices all come in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Operator
from pos.domain.product import Product
from pos.domain.quantity import Quantity
from pos.domain.session import count_cash
from pos.ports.document import Document
from pos.ports.goods import Serial
from pos.ports.store import ReceiptQuery, ReceiptRow
from pos.runtime.texts import LANGUAGES, Texts
from pos.till import (
    buying,
    choosing,
    codes,
    discounting,
    empties,
    explaining,
    measuring,
    papers,
    printing,
    recovery,
    selling,
    session,
    signing,
    tendering,
    tracing,
    undoing,
    visibility,
)
from pos.till.approving import Approval
from pos.till.choice_views import ChoiceView
from pos.till.commands import command, query
from pos.till.price_words import WhyRow, why_rows
from pos.till.views import PriceExplanationView, TillView
from pos.till.voucher_commands import VoucherCommands
from pos.till.vouchers import loading, scanning
from pos.till.wish import Wish


class Till(VoucherCommands):
    """Commands of one till. Each answers with the new snapshot, or raises Refusal and nothing
    has changed. What a command did is durable when it answers.
    """

    def recover(self) -> TillView:
        """Take the till up as it was left; the first thing after a start."""
        recovery.recover(self._desk)
        return self.view()

    @command
    def sign_in(self, operator: str, pin: str = "") -> TillView:
        """An operator comes to the till, or back to it."""
        signing.sign_in(self._desk, operator, pin)
        return self._changed()

    @command
    def sign_out(self) -> TillView:
        """The operator leaves."""
        signing.sign_out(self._desk)
        return self._changed()

    @command
    def lock(self) -> TillView:
        """Nobody at the till for a moment."""
        signing.lock(self._desk)
        return self._changed()

    @command
    def open_session(
        self, float: Money | None = None, counts: Mapping[str, int] | None = None
    ) -> TillView:
        """Begin a session with the float, as an amount or as pieces by denomination."""
        session.open_session(self._desk, float, counts)
        return self._changed()

    @command
    def close_session(
        self,
        counted: Money | None = None,
        counts: Mapping[str, int] | None = None,
        leave: Money | None = None,
        reason: str = "",
    ) -> TillView:
        """Close the session with the count, as an amount or as pieces by denomination."""
        if counted is None and counts is None:
            raise Refusal("count_missing")
        total = count_cash(counts, self._desk.currency) if counts is not None else counted
        assert total is not None
        session.close_session(self._desk, total, leave, reason)
        return self._changed()

    @command
    def scan(self, code: str) -> TillView:
        """Ring up a code, with a quantity before it if wanted ("3*9001234567894")."""
        self._desk.open_session()
        if not (scanning.take(self._desk, code) or scanning.take_service(self._desk, code)):
            selling.scan(self._desk, code)
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
    ) -> TillView:
        """Ring up a product by its number; values and the customer's words are by attribute."""
        if scanning.is_service(self._desk, product):
            loading.load(self._desk, product, None)
            return self._changed()
        choice = Wish(options or {}, texts or {}, variant, unit, tare)
        wish = replace(choice, serial=serial, lot=lot)
        selling.add_product(self._desk, product, quantity, wish)
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
    def set_quantity(self, line: int, quantity: Quantity) -> TillView:
        """Change a line's quantity; packagings on a packaging line."""
        selling.set_quantity(self._desk, line, quantity)
        return self._changed()

    @command
    def take_back_deposit(self, product: str, quantity: Quantity | None = None) -> TillView:
        """Give the deposit of empties back; names the deposit, or goods that come with it."""
        empties.take_back(self._desk, product, quantity)
        return self._changed()

    @command
    def set_unit(self, line: int, unit: str) -> TillView:
        """Tell a line's quantity in another unit of the same category."""
        measuring.set_unit(self._desk, line, unit)
        return self._changed()

    @command
    def set_price(self, line: int, price: Money) -> TillView:
        """Change a line's unit price by hand."""
        selling.set_price(self._desk, line, price)
        return self._changed()

    @command
    def reset_price(self, line: int) -> TillView:
        """Take a manual price back."""
        selling.reset_price(self._desk, line)
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
    ) -> TillView:
        """Sell to somebody without an account; the data stand on this sale alone."""
        address = {"street": street, "postcode": postcode, "city": city, "vat_id": vat_id}
        buying.set_one_off(self._desk, name, kind, country, address)
        return self._changed()

    @command
    def clear_customer(self) -> TillView:
        """Sell to somebody unknown."""
        buying.clear_customer(self._desk)
        return self._changed()

    @command
    def choose_price_list(self, price_list: str) -> TillView:
        """Sell this sale by another list; empty is the till's own."""
        buying.choose_price_list(self._desk, price_list)
        return self._changed()

    @command
    def enter_price_code(self, code: str) -> TillView:
        """Switch this sale to the list behind a code."""
        buying.enter_code(self._desk, code)
        return self._changed()

    @command
    def preview_prices(
        self, customer: str | None = None, price_list: str | None = None, code: str = ""
    ) -> TillView:
        """Show what another customer ("" is nobody), list or code would change; changes nothing."""
        buying.preview(self._desk, customer, price_list, code)
        return self._changed()

    @command
    def apply_preview(self) -> TillView:
        """Make what was previewed real."""
        buying.apply_preview(self._desk)
        return self._changed()

    @command
    def drop_preview(self) -> TillView:
        """Leave the prices as they are."""
        buying.drop_preview(self._desk)
        return self._changed()

    @command
    def discount_line(
        self,
        line: int,
        percent: Decimal | None = None,
        amount: Money | None = None,
        instead: Money | None = None,
        reason: str = "",
        approver: str = "",
        pin: str = "",
    ) -> TillView:
        """Take a percentage or an amount off a line, or sell each unit at a price instead."""
        wanted = discounting.read_discount(percent, amount, instead)
        approval = Approval(reason, approver, pin)
        discounting.discount_line(self._desk, line, wanted, approval)
        return self._changed()

    @command
    def discount_sale(
        self,
        percent: Decimal | None = None,
        amount: Money | None = None,
        reason: str = "",
        approver: str = "",
        pin: str = "",
    ) -> TillView:
        """Take a percentage or an amount off the whole sale."""
        wanted = discounting.read_discount(percent, amount)
        discounting.discount_sale(self._desk, wanted, Approval(reason, approver, pin))
        return self._changed()

    @command
    def remove_discount(self, line: int | None = None) -> TillView:
        """Take a line's discount back; without a line the sale's."""
        discounting.remove_discount(self._desk, line)
        return self._changed()

    @command
    def set_tax_free(self, proof: str, approver: str = "", pin: str = "") -> TillView:
        """Charge no tax on goods that leave the country; `proof` is what was seen."""
        buying.set_tax_free(self._desk, Approval(proof, approver, pin))
        return self._changed()

    @command
    def clear_tax_free(self) -> TillView:
        """Charge tax again."""
        buying.clear_tax_free(self._desk)
        return self._changed()

    @command
    def show_net(self, on: bool) -> TillView:
        """Show amounts without tax, where the customer may see them so."""
        visibility.show_net(self._desk, on)
        return self._changed()

    @command
    def set_note(self, text: str) -> TillView:
        """Put a note on the receipt."""
        selling.set_note(self._desk, text)
        return self._changed()

    @command
    def dismiss_unknown(self, id: int) -> TillView:
        """Take a code off the list of those that can't be sold."""
        selling.dismiss_unknown(self._desk, id)
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

    @command
    def start_checkout(self) -> TillView:
        """Go to payment."""
        tendering.start_checkout(self._desk)
        return self._changed()

    @command
    def back_to_sale(self) -> TillView:
        """Leave payment, giving back what was tendered."""
        tendering.back_to_sale(self._desk)
        return self._changed()

    @command
    def tender(self, method: str, amount: Money | None = None) -> TillView:
        """Take money; without an amount exactly what is due. Covers the total: it closes."""
        tendering.tender(self._desk, method, amount)
        return self._changed()

    @command
    def remove_tender(self, number: int) -> TillView:
        """Give one tender back."""
        tendering.remove_tender(self._desk, number)
        return self._changed()

    @command
    def new_sale(self) -> TillView:
        """Put the closed sale and its change out of sight."""
        self._desk.who()
        self._desk.last_sale = None
        return self._changed()

    @command
    def pay_in(self, amount: Money, reason: str) -> TillView:
        """Put cash into the drawer."""
        session.move_cash(self._desk, Kind.PAID_IN, amount, reason)
        return self._changed()

    @command
    def pay_out(self, amount: Money, reason: str) -> TillView:
        """Take cash out of the drawer."""
        session.move_cash(self._desk, Kind.PAID_OUT, amount, reason)
        return self._changed()

    @command
    def open_drawer(self, reason: str) -> TillView:
        """Open the drawer without a sale."""
        session.open_drawer(self._desk, reason)
        return self._changed()

    @command
    def reprint(self, receipt: int | None = None) -> TillView:
        """Print a copy of a receipt; without a number of the newest."""
        printing.reprint(self._desk, receipt)
        return self._changed()

    @command
    def print_report(self, kind: str, session: int | None = None) -> TillView:
        """Print the X report, or the Z report of a session (by default the last closed)."""
        printing.print_out(self._desk, self.report(kind, session))
        return self._changed()

    @command
    def test_print(self, printer: str) -> TillView:
        """Print a paper that shows whether code page, codes and cutter are right."""
        printing.test_print(self._desk, printer)
        return self._changed()

    @command
    def retry_job(self, job: int) -> TillView:
        """Try a print job again."""
        printing.retry(self._desk, job)
        return self._changed()

    @command
    def move_job(self, job: int, printer: str) -> TillView:
        """Print a job on another printer."""
        printing.retry(self._desk, job, printer)
        return self._changed()

    @command
    def drop_job(self, job: int, reason: str) -> TillView:
        """Give a print job up."""
        printing.drop(self._desk, job, reason)
        return self._changed()

    @command
    def set_language(self, language: str) -> TillView:
        """Speak another language, on screen and paper."""
        if language not in LANGUAGES:
            raise Refusal("no_such_language", language=language)
        with self._desk.store.begin() as work:
            work.set_setting("language", language)
        self._desk.texts = Texts(language, self._desk.texts.zone.key)
        self._desk.paper_texts = self._desk.texts
        return self._changed()

    def job_done(self, job: int, fault: str) -> TillView:
        """A printer tells what became of a job; `fault` is a key under `device.`, or empty."""
        printing.job_done(self._desk, job, fault)
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
    def units(self, product: str) -> Sequence[measuring.UnitView]:
        """The units a product may be sold in, its own first."""
        return measuring.units(self._desk, product)

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

    def operators(self) -> Sequence[Operator]:
        """Who may sign in."""
        return self._desk.catalogue.operators()

    def printers(self) -> Sequence[str]:
        """The printers of this till."""
        return self._desk.printing.names()

    @query
    def explain(self, line: int) -> PriceExplanationView:
        """Why a line costs what it costs, step by step."""
        return explaining.explain(self._desk, line)

    @query
    def explain_in_words(self, line: int) -> Sequence[WhyRow]:
        """The same in words, row by row."""
        return why_rows(self.explain(line), self._desk.texts)

    def expected_cash(self) -> Money:
        """What the drawer should hold now."""
        return session.figures(self._desk).expected

    def receipts(self, query: ReceiptQuery) -> Sequence[ReceiptRow]:
        """The receipt history."""
        rows = self._desk.store.receipts(query)
        return [
            replace(row, operator=papers.operator_name(self._desk, row.operator)) for row in rows
        ]

    def receipt(self, number: int | None = None) -> Document:
        """A receipt as a paper; without a number the newest."""
        return printing.receipt_document(self._desk, number)

    def report(self, kind: str, number: int | None = None) -> Document:
        """The X report ("x"), or the Z report ("z") of a session, as a paper."""
        figures = session.report_figures(self._desk, kind, number)
        return papers.session_report(self._desk, kind, figures)
