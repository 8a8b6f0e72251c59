"""What the keys of the selling screen do: each asks what it needs, then sends one command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.money import Money
from pos.domain.quantity import ONE, Quantity
from pos.runtime.lane import Outcome
from pos.till.sale_views import LineView
from pos.ui.face import Face
from pos.ui.models.line_text import plain_price
from pos.ui.panes.catalogue import CataloguePane
from pos.ui.panes.menu import MenuPane
from pos.ui.panes.number import NumberPane, NumberQuestion
from pos.ui.panes.pane import Pane
from pos.ui.panes.parked import ParkedPane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.screens.cart import Cart
from pos.ui.screens.goods_actions import GoodsActions
from pos.ui.work import Tone, Work

PAGES = (
    "history",
    "jobs",
    "close_session",
    "settings",
    "x_report",
    "cash_in",
    "cash_out",
    "customer_display",
    "codes",
    "shown_prices",
)


class Selling(Protocol):
    """What the actions need of the selling screen."""

    number: NumberPane
    words: WordsPane
    parked: ParkedPane
    menu: MenuPane
    cart: Cart
    catalogue: CataloguePane
    goods: GoodsActions

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def show_page(self, page: str) -> None:
        """Ask the shell for a page."""


class Actions(QObject):
    """One method an action; `act` finds it by the name a key carries."""

    def __init__(self, face: Face, work: Work, screen: Selling, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self._begins_payment = False

    def act(self, action: str) -> None:
        """Do an action by name; the name of a page opens that page."""
        if action in PAGES:
            self._screen.show_page(action)
        else:
            method: Callable[[], None] = getattr(self, action)
            method()

    def pay(self) -> None:
        """Go to payment; pressed again before the till has answered, it means the same."""
        if not self._begins_payment:
            self._begins_payment = True
            self._work.do(lambda till: till.start_checkout(), self._on_checkout)

    def back_to_sale(self) -> None:
        """Leave payment; what was tendered is given back."""
        self._work.pay(lambda till: till.back_to_sale())

    def more(self) -> None:
        """One more of the selected line."""
        self._step(1)

    def less(self) -> None:
        """One less; the last one is removed by Remove, never by accident."""
        self._step(-1)

    def quantity(self) -> None:
        """Ask for a quantity, or take the one that was already typed."""
        line = self._standing_line()
        if line is None:
            return
        if typed := self._typed():
            self._set_quantity(line, typed)
            return
        shown = self._face.texts.quantity(line.packs or line.quantity)
        self._screen.number.ask(
            NumberQuestion(
                title=self._face.text("do.quantity"),
                subject=line.name,
                placeholder=shown,
                suffix=line.packaging or line.unit,
                decimals=3,
                take=lambda text: self._set_quantity(line, text),
            )
        )
        self._screen.open_pane(self._screen.number)

    def price(self) -> None:
        """Ask for a price, or take the one that was already typed."""
        line = self._standing_line()
        if line is None:
            return
        if typed := self._typed():
            self._set_price(line, typed)
            return
        manual = line.price_source == "manual"
        self._screen.number.ask(
            NumberQuestion(
                title=self._face.text("do.price"),
                subject=line.name,
                placeholder=plain_price(self._face, line.unit_price),
                money=True,
                take=lambda text: self._set_price(line, text),
                other=self._face.text("number.reset_price") if manual else "",
                take_other=lambda: self._reset_price(line),
            )
        )
        self._screen.open_pane(self._screen.number)

    def remove(self) -> None:
        """Strike the selected line out, or bring it back."""
        line = self._line()
        if line is None:
            return
        number = line.number
        if line.removed:
            self._work.do(lambda till: till.restore_line(number))
        else:
            self._work.do(lambda till: till.remove_line(number))

    def undo(self) -> None:
        """Bring back the line removed last."""
        self._work.do(lambda till: till.undo())

    def park(self) -> None:
        """Set the sale aside, or choose one that was."""
        view = self._work.view
        if view is not None and view.sale is not None:
            self._screen.words.ask(
                WordsQuestion(
                    title=self._face.text("park.title"),
                    explanation=self._face.text("park.explain"),
                    take=self._park,
                    limit=40,
                    verb=self._face.text("do.park"),
                )
            )
            self._screen.open_pane(self._screen.words)
        else:
            self.parked()

    def parked(self) -> None:
        """Show what is parked."""
        self._screen.open_pane(self._screen.parked)

    def note(self) -> None:
        """Ask for a note on the receipt."""
        view = self._work.view
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("do.note"),
                explanation=self._face.text("note_words.explain"),
                text=view.sale.note if view is not None and view.sale is not None else "",
                take=lambda text: self._work.do(lambda till: till.set_note(text)),
            )
        )
        self._screen.open_pane(self._screen.words)

    def drawer(self) -> None:
        """Ask why the drawer shall open."""
        choices = tuple(
            self._face.text(f"open_drawer.{name}") for name in ("change", "check", "error")
        )
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("open_drawer.title"),
                explanation=self._face.text("open_drawer.explain"),
                take=lambda text: self._work.do(lambda till: till.open_drawer(text)),
                choices=choices,
                needed=True,
                verb=self._face.text("open_drawer.open"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def cancel_sale(self) -> None:
        """Ask why the sale is given up."""
        choices = tuple(self._face.text(f"cancel.{name}") for name in ("customer", "mistake"))
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("cancel.title"),
                explanation=self._face.text("cancel.explain"),
                take=lambda text: self._work.do(lambda till: till.cancel_sale(text)),
                choices=choices,
                needed=True,
                drops=True,
                verb=self._face.text("cancel.title"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def menu(self) -> None:
        """Show what else there is."""
        self._screen.open_pane(self._screen.menu)

    def reprint(self) -> None:
        """Print the last receipt again."""
        self._work.do(lambda till: till.reprint())

    def sign_out(self) -> None:
        """Leave the till."""
        self._work.do(lambda till: till.sign_out())

    def _on_checkout(self, outcome: Outcome[object]) -> None:
        """What payment waits for is asked at once."""
        self._begins_payment = False
        if outcome.refusal is None or not self._screen.goods.name_missing(outcome.refusal):
            self._work.take(outcome)

    def _step(self, by: int) -> None:
        line = self._standing_line()
        if line is None:
            return
        counted = Quantity(abs((line.packs or line.quantity).thousandths))
        count = counted + Quantity(by * ONE.thousandths)
        if count.thousandths <= 0:
            self._work.say(Tone.INFO, self._face.text("number.last_one"))
            return
        number = line.number
        self._work.do(lambda till: till.set_quantity(number, count))

    def _standing_line(self) -> LineView | None:
        """The selected line, unless it was struck out: then what to do first is said."""
        line = self._line()
        if line is not None and line.removed:
            self._work.say(Tone.INFO, self._face.text("number.removed", name=line.name))
            return None
        return line

    def _set_quantity(self, line: LineView, text: str) -> None:
        quantity, number = self._read(text), line.number
        if quantity is not None:
            self._work.do(lambda till: till.set_quantity(number, quantity))

    def _set_price(self, line: LineView, text: str) -> None:
        try:
            price = Money.parse(text, self._face.currency)
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))
            return
        number = line.number
        self._work.do(lambda till: till.set_price(number, price))

    def _reset_price(self, line: LineView) -> None:
        number = line.number
        self._work.do(lambda till: till.reset_price(number))

    def _park(self, label: str) -> None:
        self._work.do(lambda till: till.park(label))

    def _read(self, text: str) -> Quantity | None:
        try:
            return Quantity.parse(text)
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))
            return None

    def _typed(self) -> str:
        """A number that stands in the search line already; it is used up."""
        text = self._screen.catalogue.typed
        if text and text.replace(",", "").replace(".", "").isdigit():
            self._screen.catalogue.clear()
            return text
        return ""

    def _line(self) -> LineView | None:
        """The selected line; a deposit stands for the goods it belongs to."""
        line = self._screen.cart.selected()
        if line is None or line.deposit_of is None:
            return line
        view = self._work.view
        lines = view.sale.lines if view is not None and view.sale is not None else ()
        return next((one for one in lines if one.number == line.deposit_of), None)
