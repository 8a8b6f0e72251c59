"""What the keys for orders do: save the sale as one, find one, give one up (T-075)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.quantity import ONE, Quantity
from pos.runtime.lane import Outcome
from pos.till.order_views import OrderView
from pos.till.sale_views import LineView
from pos.till.selling import MAX_LABEL
from pos.ui.face import Face
from pos.ui.panes.number import NumberPane, NumberQuestion
from pos.ui.panes.orders import OrdersPane
from pos.ui.panes.pane import Pane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.work import Tone, Work

ACTIONS = ("order", "orders", "leave_ordered")


class Ordering(Protocol):
    """What these actions need of the selling screen."""

    words: WordsPane
    number: NumberPane

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def selected_line(self) -> LineView | None:
        """The line that keys are meant for."""


class OrderActions(QObject):
    """One method an action."""

    def __init__(self, face: Face, work: Work, screen: Ordering, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self.pane = OrdersPane(face, work)
        self.pane.given_up.connect(self._on_given_up)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them."""
        return (self.pane,)

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def order(self) -> None:
        """Save the sale as an order; without a sale, choose one."""
        sale = self._work.view.sale if self._work.view is not None else None
        if sale is None or not sale.lines_count:
            self.orders()
            return
        text = self._face.text
        customer = sale.customer
        explain = (
            text("orders.explain_customer", name=customer.name)
            if customer is not None
            else text("orders.explain")
        )
        self._screen.words.ask(
            WordsQuestion(
                title=text("orders.make"),
                explanation=explain,
                take=self._make,
                text=sale.label,
                needed=customer is None,
                limit=MAX_LABEL,
                verb=text("orders.save"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def orders(self) -> None:
        """Show the orders that wait."""
        self._screen.open_pane(self.pane)

    def leave_ordered(self) -> None:
        """What of the selected line isn't taken today; of a single piece nothing is asked."""
        line = self._screen.selected_line()
        if line is None:
            return
        count, number, text = line.packs or line.quantity, line.number, self._face.text
        if count <= ONE or not line.goods.order or line.removed:
            self._leave(number, None)
            return
        self._screen.number.ask(
            NumberQuestion(
                title=text("orders.leave"),
                subject=line.name,
                placeholder=self._face.texts.quantity(count),
                suffix=line.packaging or line.unit,
                decimals=3,
                take=lambda typed: self._leave_so_many(number, typed),
                other=text("orders.leave_all"),
                other_icon="clock",
                take_other=lambda: self._leave(number, None),
            )
        )
        self._screen.open_pane(self._screen.number)

    def _leave_so_many(self, number: int, typed: str) -> None:
        try:
            self._leave(number, Quantity.parse(typed))
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))

    def _leave(self, number: int, quantity: Quantity | None) -> None:
        self._work.do(lambda till: till.leave_ordered(number, quantity), self._on_left)

    def _on_left(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            self._work.say(Tone.GOOD, self._face.text("orders.left"))

    def _make(self, label: str) -> None:
        self._work.do(lambda till: till.make_order(label), self._on_made)

    def _on_made(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            self._work.say(Tone.GOOD, self._face.text("orders.made"))

    def _on_given_up(self, order: OrderView) -> None:
        text = self._face.text
        self._screen.words.ask(
            WordsQuestion(
                title=text("orders.withdraw_title", order=order.number),
                explanation=text("orders.withdraw_explain", name=order.name or order.number),
                take=lambda reason: self._withdraw(order.number, reason),
                choices=(text("cancel.customer"), text("cancel.mistake")),
                needed=True,
                drops=True,
                verb=text("orders.withdraw"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def _withdraw(self, number: str, reason: str) -> None:
        self._work.do(lambda till: till.withdraw_order(number, reason))
        self._screen.open_pane(self.pane)
