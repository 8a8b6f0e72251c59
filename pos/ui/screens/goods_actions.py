"""What a product may ask before it is rung up: a choice, a serial number, a lot; and empties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.ports.goods import Serial
from pos.runtime.lane import Outcome
from pos.till.lookup import LONGEST_INVOICE
from pos.till.naming import LONGEST as LONGEST_TEXT
from pos.till.sale_views import LineView
from pos.till.till import Till
from pos.ui.face import Face
from pos.ui.panes.choice import ChoicePane, ChoiceQuestion
from pos.ui.panes.empties import EmptiesPane
from pos.ui.panes.measure import MeasureAnswer, MeasurePane, MeasureQuestion
from pos.ui.panes.number import NumberPane, NumberQuestion
from pos.ui.panes.pane import Pane
from pos.ui.panes.shipping import ShippingPane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.scans import ASKING
from pos.ui.work import Tone, Work

ACTIONS = ("choose", "empties", "measure", "rename", "ship")
MISSING = {"serial_missing": "serial", "lot_missing": "lot"}
"""Why there is no payment yet; what is asked for then."""
MOST_OFFERED = 6
LONGEST_SERIAL = 60


class Choosing(Protocol):
    """What these actions need of the selling screen."""

    words: WordsPane
    number: NumberPane

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def selected_line(self) -> LineView | None:
        """The line that keys are meant for."""


class GoodsActions(QObject):
    """Answers what the till asks, and sends the command again with the answer.

    Signals:
        wanted(action): something else is asked for.
    """

    wanted = Signal(str)

    def __init__(self, face: Face, work: Work, screen: Choosing, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self.choices, self.returned = ChoicePane(face, work), EmptiesPane(face, work)
        self.measures, self.parcels = MeasurePane(face, work), ShippingPane(face, work)
        self.parcels.taken.connect(self._on_package)
        self.choices.taken.connect(self._on_choice)
        self.measures.taken.connect(self._on_measured)
        self.returned.taken.connect(self._on_empties)
        self._asked: tuple[str, str, str] = ("", "", "")
        self._quantity: Quantity | None = None
        self._line = 0

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them."""
        return (self.choices, self.returned, self.measures, self.parcels)

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def choose(self) -> None:
        """Choose anew for the selected line."""
        line = self._screen.selected_line()
        if line is not None and line.goods.awaits and not line.removed:
            self._ask_number(line.goods.awaits, line.product, line.name, line.number)
            return
        if line is None or not line.goods.options or line.removed:
            self._work.say(Tone.INFO, self._face.text("choice.none"))
            return
        self._open(ChoiceQuestion(line.product, line=line.number))

    def empties(self) -> None:
        """Take empties back."""
        self._screen.open_pane(self.returned)

    def measure(self) -> None:
        """Count the selected line in another unit or packaging."""
        line = self._screen.selected_line()
        if line is None or line.removed or line.deposit_of is not None:
            self._work.say(Tone.INFO, self._face.text("measure.none"))
            return
        self._measure(MeasureQuestion(line.product, line.number))

    def rename(self) -> None:
        """Write another text on the selected line."""
        line = self._screen.selected_line()
        if line is None or line.removed:
            return
        number = line.number
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("rename.title"),
                explanation=self._face.text("rename.explain"),
                text=line.name,
                take=lambda text: self._work.do(lambda till: till.set_text(number, text)),
                limit=LONGEST_TEXT,
            )
        )
        self._screen.open_pane(self._screen.words)

    def ship(self) -> None:
        """Choose a package for the goods."""
        self._screen.open_pane(self.parcels)

    def weigh(self, product: str) -> None:
        """Ask for the weight of goods that are sold by it."""
        self._measure(MeasureQuestion(product))

    def answer(self, refusal: Refusal, quantity: Quantity | None = None) -> bool:
        """Ask what a product needs; False where the refusal is no question."""
        if refusal.code not in ASKING:
            return False
        product = str(refusal.values["product"])
        self._quantity = quantity
        if refusal.code == "weight_needed":
            self.weigh(product)
        elif refusal.code == "invoice_needed":
            self._ask_invoice(str(refusal.values["invoice"]))
        elif refusal.code == "choose_variant":
            variant = str(refusal.values.get("variant", ""))
            self._open(ChoiceQuestion(product, quantity, variant))
        else:
            kind = refusal.code.removesuffix("_needed")
            self._ask_number(kind, product, str(refusal.values["name"]))
        return True

    def name_missing(self, refusal: Refusal) -> bool:
        """Ask for the number that payment waits for, or offer the order; False where it's none."""
        kind = MISSING.get(refusal.code)
        if kind is not None:
            values = refusal.values
            line, name = int(str(values["line"])), str(values["name"])
            self._ask_number(kind, str(values["product"]), name, line)
        return kind is not None

    def _ask_number(self, kind: str, product: str, name: str, line: int = 0) -> None:
        """Ask for a serial number or lot: for a new line, or for one that waits for it (T-033)."""
        self._asked, self._line = (kind, product, name), line
        self._work.ask(lambda till: till.serials(product), self._on_serials)

    def _open(self, question: ChoiceQuestion) -> None:
        self.choices.ask(question)
        self._screen.open_pane(self.choices)

    def _measure(self, question: MeasureQuestion) -> None:
        self.measures.ask(question)
        self._screen.open_pane(self.measures)

    def _on_measured(self, answer: MeasureAnswer) -> None:
        """Ring up so much, or count the line so."""
        measure, quantity = answer.measure, answer.quantity
        product, line = answer.question.product, answer.question.line
        pack, unit = (measure.code, "") if measure.is_packaging else ("", measure.code)
        tare = Quantity(0) if answer.net else None
        if line is None:
            self._quantity = quantity
            self._send(
                lambda till: till.add_product(
                    product, quantity, unit=unit, tare=tare, packaging=pack
                )
            )
        elif measure.is_packaging:
            self._work.do(lambda till: till.set_packaging(line, pack, quantity))
        else:
            self._work.do(lambda till: till.set_unit(line, unit, quantity))

    def _on_choice(
        self, question: ChoiceQuestion, options: Mapping[str, str], texts: Mapping[str, str]
    ) -> None:
        line = question.line
        if line is not None:
            self._work.do(lambda till: till.set_options(line, options, texts))
            return
        product, quantity = question.product, question.quantity
        self._quantity = quantity
        self._send(lambda till: till.add_product(product, quantity, options, texts))

    def _on_serials(self, outcome: Outcome[object]) -> None:
        """Ask for the number; those in stock are a touch away, in the order they should go."""
        if not self._work.take(outcome) or not isinstance(outcome.value, tuple):
            return
        kind, product, name = self._asked
        text, waits = self._face.text, bool(self._line)
        known: tuple[Serial, ...] = outcome.value
        self._screen.words.ask(
            WordsQuestion(
                title=text(f"{kind}.title"),
                explanation=text(f"{kind}.missing" if waits else f"{kind}.explain", name=name),
                take=lambda text: self._named(kind, product, text),
                choices=tuple(each.number for each in known[:MOST_OFFERED]),
                needed=True,
                limit=LONGEST_SERIAL,
                other=text("orders.make" if waits else f"{kind}.later"),
                take_other=lambda: self._later(product),
            )
        )
        self._screen.open_pane(self._screen.words)

    def _ask_invoice(self, number: str) -> None:
        """An invoice has a number, then an amount."""
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("invoice.number"),
                explanation=self._face.text("invoice.number_explain"),
                text=number,
                take=self._ask_amount,
                needed=True,
                limit=LONGEST_INVOICE,
                verb=self._face.text("invoice.next"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def _ask_amount(self, invoice: str) -> None:
        self._screen.number.ask(
            NumberQuestion(
                title=self._face.text("invoice.amount"),
                subject=self._face.text("line.invoice", invoice=invoice),
                placeholder=self._face.texts.decimal(Decimal(0), 2),
                money=True,
                take=lambda text: self._add_invoice(invoice, text),
            )
        )
        self._screen.open_pane(self._screen.number)

    def _add_invoice(self, invoice: str, text: str) -> None:
        try:
            amount = Money.parse(text, self._face.currency)
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))
            return
        self._work.do(lambda till: till.add_invoice(invoice, amount))

    def _named(self, kind: str, product: str, number: str) -> None:
        quantity, line = self._quantity, self._line
        if line:
            self._work.do(lambda till: till.name_number(line, number))
        elif kind == "serial":
            self._send(lambda till: till.add_product(product, quantity, serial=number))
        else:
            self._send(lambda till: till.add_product(product, quantity, lot=number))

    def _later(self, product: str) -> None:
        """Ring it up without its number: it can be ordered, not paid for. Where it is rung up
        already, order it.
        """
        if self._line:
            self.wanted.emit("order")
            return
        quantity = self._quantity
        self._send(lambda till: till.add_product(product, quantity, later=True))

    def _on_package(self, package: str, anyway: bool) -> None:
        self._work.do(lambda till: till.ship(package, anyway))

    def _on_empties(self, product: str, quantity: Quantity) -> None:
        self._work.do(lambda till: till.take_back_deposit(product, quantity))

    def _send(self, command: Callable[[Till], object]) -> None:
        self._work.do(command, self._on_added)

    def _on_added(self, outcome: Outcome[object]) -> None:
        if outcome.refusal is None or not self.answer(outcome.refusal, self._quantity):
            self._work.take(outcome)
