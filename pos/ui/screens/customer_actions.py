"""What the keys around customers do: new ones, changed ones, one-off ones, receipt or invoice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QObject

from pos.domain.customer import Customer, TaxStatus
from pos.runtime.lane import Outcome
from pos.till.customers import CustomerFields
from pos.ui.face import Face
from pos.ui.panes.customer_form import CustomerFormPane, FilledIn, Form
from pos.ui.panes.pane import Pane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.work import Tone, Work

ACTIONS = ("new_customer", "edit_customer", "one_off", "receipt", "invoice")


class Selling(Protocol):
    """What these actions need of the selling screen."""

    words: WordsPane

    @property
    def pane(self) -> Pane:
        """What stands at the left."""

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def show_catalogue(self) -> None:
        """Back to the goods."""


class CustomerActions(QObject):
    """One method an action, and the form they fill in."""

    def __init__(self, face: Face, work: Work, screen: Selling, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self._done = ""
        self.form = CustomerFormPane(face, work)
        self.form.asked.connect(self._on_filled_in)
        self.form.archived.connect(self._on_archived)
        self.form.delivery_changed.connect(self._on_delivery)
        self.form.status_asked.connect(self._on_status)

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def take_scan(self, code: str) -> bool:
        """While the form is open a scan is a card."""
        return self._screen.pane is self.form and self.form.take_scan(code)

    def new_customer(self) -> None:
        """Ask for the data of somebody who comes again."""
        self._open(Form.NEW)

    def one_off(self) -> None:
        """Ask for the data of somebody without an account."""
        self._open(Form.ONE_OFF)

    def edit_customer(self) -> None:
        """Change the customer of the sale."""
        view = self._work.view
        customer = view.sale.customer if view is not None and view.sale is not None else None
        if customer is not None and customer.number:
            number = customer.number
            self._work.ask(lambda till: till.customer(number), self._on_known)

    def receipt(self) -> None:
        """Print a receipt for this sale."""
        self._work.do(lambda till: till.choose_paper("receipt"))

    def invoice(self) -> None:
        """Print an invoice for this sale."""
        self._work.do(lambda till: till.choose_paper("invoice"))

    def _open(self, form: Form, customer: Customer | None = None) -> None:
        view = self._work.view
        self.form.ask(form, view.usual_customer if view is not None else "person", customer)
        self._screen.open_pane(self.form)

    def _on_known(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, Customer):
            self._open(Form.EDIT, outcome.value)

    def _on_filled_in(self, wanted: object) -> None:
        assert isinstance(wanted, FilledIn)
        given = CustomerFields(kind=wanted.kind, tags=wanted.tags, invoice=wanted.invoice)
        given = replace(given, **wanted.texts)
        match wanted.form:
            case Form.ONE_OFF:
                self._send(lambda till: till.set_one_off(given))
            case Form.NEW:
                self._send(lambda till: till.create_customer(given), "customer_form.created")
            case Form.EDIT:
                self._send(
                    lambda till: till.edit_customer(wanted.number, given), "customer_form.saved"
                )

    def _on_archived(self, number: str) -> None:
        self._send(lambda till: till.archive_customer(number), "customer_form.archived")

    def _on_delivery(self, number: str, allowed: bool) -> None:
        self._work.do(lambda till: till.allow_delivery_notes(number, allowed))

    def _on_status(self, number: str) -> None:
        names = {self._face.texts.get(f"tax.status.{one}"): one.value for one in TaxStatus}

        def ask(told: str) -> None:
            known = next((one for one in names if told.startswith(one)), "")
            status = names.get(known, TaxStatus.DOMESTIC.value)
            self._send(
                lambda till: till.request_tax_status(number, status, told),
                "customer_form.status_asked",
            )

        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("customer_form.ask_status"),
                explanation=self._face.text("customer_form.ask_status_explain"),
                take=ask,
                choices=tuple(names),
                needed=True,
            )
        )
        self._screen.open_pane(self._screen.words)

    def _send(self, command: Callable[..., object], said: str = "") -> None:
        """Give a command; the form stays with what was typed where it is refused."""
        self._done = said
        self._work.do(command, self._on_sent)

    def _on_sent(self, outcome: Outcome[object]) -> None:
        if not self._work.take(outcome):
            return
        if self._done:
            self._work.say(Tone.GOOD, self._face.text(self._done))
        if self._screen.pane is self.form:
            self._screen.show_catalogue()
