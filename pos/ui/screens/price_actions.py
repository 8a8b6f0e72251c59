"""What the keys around prices do: customer, list, discount, tax, and why a price is what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.operator import Right
from pos.runtime.lane import Outcome
from pos.till.price_views import PriceChangeView
from pos.till.price_words import WhyRow
from pos.till.till import Till
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.panes.customer import CustomerPane
from pos.ui.panes.discount import DiscountPane, WantedDiscount
from pos.ui.panes.pane import Pane
from pos.ui.panes.preview import PreviewPane
from pos.ui.panes.why import WhyPane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.screens.calling import Calling
from pos.ui.screens.cart import Cart
from pos.ui.shelf import Shelf
from pos.ui.work import Tone, Work

ACTIONS = (
    "customer",
    "no_customer",
    "discount",
    "why",
    "tax_free",
    "taxed",
    "net",
    "gross",
)


class Pricing(Protocol):
    """What these actions need of the selling screen."""

    words: WordsPane
    cart: Cart

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""


class PriceActions(QObject):
    """One method an action, and the panes they open."""

    def __init__(
        self, face: Face, work: Work, shelf: Shelf, screen: Pricing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self._subject = ""
        self._told: PriceChangeView | None = None
        self._previewed: PriceChangeView | None = None
        self.customers = CustomerPane(face, work, shelf)
        self.preview, self.discounts = PreviewPane(face, work), DiscountPane(face, work)
        self.calling, self.whys = Calling(face, work, screen.open_pane, self), WhyPane(face, work)
        self.customers.chosen.connect(self._on_customer)
        self.customers.list_chosen.connect(self._on_list)
        self.customers.coded.connect(self._on_code)
        self.discounts.asked.connect(self._on_discount)
        self.discounts.taken_back.connect(self._on_taken_back)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them."""
        return (
            self.customers,
            self.preview,
            self.discounts,
            self.calling.pane,
            self.whys,
        )

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def tell(self, view: TillView) -> None:
        """Say once what a card or a code has done to the prices, and how to undo it."""
        change = view.price_change
        if change is not None and change not in (self._told, self._previewed):
            name = change.customer or self._face.text("customer.nobody")
            words = self._face.text(
                "prices.changed",
                who=name,
                count=change.changed,
                before=change.before,
                after=change.after,
            )
            self._work.say(Tone.INFO, words)
        self._told = change

    def customer(self) -> None:
        """Ask who buys."""
        self._screen.open_pane(self.customers)

    def no_customer(self) -> None:
        """Sell to somebody unknown again, after a look at the prices."""
        self._on_customer("")

    def discount(self) -> None:
        """Ask what comes off the selected line or the sale."""
        line = self._screen.cart.selected()
        fits = line is not None and line.deposit_of is None and not line.removed
        self.discounts.ask(line if fits else None)
        self._screen.open_pane(self.discounts)

    def why(self) -> None:
        """Explain the price of the selected line."""
        line = self._screen.cart.selected()
        if line is not None:
            number, self._subject = line.number, line.name
            self._work.ask(lambda till: till.explain_in_words(number), self._on_why)

    def tax_free(self) -> None:
        """Ask for the proof that the goods leave the country, and say what it would change."""
        self._work.ask(lambda till: till.tax_free_change(), self._on_tax_free)

    def _on_tax_free(self, outcome: Outcome[object]) -> None:
        change = outcome.value
        if not self._work.take(outcome) or not isinstance(change, PriceChangeView):
            return
        text = self._face.text
        choices = tuple(text(f"tax_free.{name}") for name in ("passport", "customs", "transport"))
        told = text("tax_free.total", after=change.after, before=change.before)
        self._screen.words.ask(
            WordsQuestion(
                title=text("customer.tax_free"),
                explanation=f"{told} {text('tax_free.explain')}",
                take=self._on_proof,
                choices=choices,
                needed=True,
                limit=80,
                verb=text("tax_free.take"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def taxed(self) -> None:
        """Charge tax again."""
        self._work.do(lambda till: till.clear_tax_free())

    def net(self) -> None:
        """Show amounts without tax."""
        self._work.do(lambda till: till.show_net(True))

    def gross(self) -> None:
        """Show amounts with their tax again."""
        self._work.do(lambda till: till.show_net(False))

    def _on_customer(self, number: str) -> None:
        self._work.do(lambda till: till.preview_prices(customer=number), self._on_preview)

    def _on_list(self, number: str) -> None:
        self._work.do(lambda till: till.preview_prices(price_list=number), self._on_preview)

    def _on_code(self, code: str) -> None:
        self._work.do(lambda till: till.preview_prices(code=code), self._on_preview)

    def _on_preview(self, outcome: Outcome[object]) -> None:
        """Show what would change; where nothing does, there is nothing to decide."""
        if not self._work.take(outcome) or not isinstance(outcome.value, TillView):
            return
        preview = self._previewed = outcome.value.preview
        if preview is not None and preview.changed:
            self._screen.open_pane(self.preview)
        else:
            self._work.do(lambda till: till.apply_preview())

    def _on_discount(self, wanted: object) -> None:
        assert isinstance(wanted, WantedDiscount)
        view = self._work.view
        if view is not None and view.discount_reason and not wanted.reason:
            self._ask_reason(wanted, view.discount_reasons)
        else:
            self._give(wanted, wanted.reason)

    def _ask_reason(self, wanted: WantedDiscount, choices: tuple[str, ...]) -> None:
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("discount.reason"),
                explanation=self._face.text("discount.reason_explain"),
                take=lambda reason: self._give(wanted, reason),
                choices=choices,
                needed=True,
                limit=80,
            )
        )
        self._screen.open_pane(self._screen.words)

    def _give(self, wanted: WantedDiscount, reason: str) -> None:
        def command(till: Till, approver: str, pin: str) -> object:
            if wanted.line is None:
                return till.discount_sale(wanted.percent, wanted.amount, reason, approver, pin)
            return till.discount_line(
                wanted.line, wanted.percent, wanted.amount, wanted.instead, reason, approver, pin
            )

        self.calling.send(Right.DISCOUNT, command)

    def _on_taken_back(self, line: int | None) -> None:
        self._work.do(lambda till: till.remove_discount(line))

    def _on_proof(self, proof: str) -> None:
        self.calling.send(
            Right.TAX_FREE, lambda till, approver, pin: till.set_tax_free(proof, approver, pin)
        )

    def _on_why(self, outcome: Outcome[object]) -> None:
        if not self._work.take(outcome) or not isinstance(outcome.value, tuple):
            return
        rows = [row for row in outcome.value if isinstance(row, WhyRow)]
        self.whys.show_rows(self._subject, rows)
        self._screen.open_pane(self.whys)
