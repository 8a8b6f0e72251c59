"""Goods that come back without a receipt, and money that goes back in cash by right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.money import Money
from pos.domain.operator import Right
from pos.domain.quantity import Quantity
from pos.till.sale_views import LineView
from pos.ui.face import Face
from pos.ui.panes.number import NumberPane, NumberQuestion
from pos.ui.panes.pane import Pane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.screens.calling import Calling
from pos.ui.work import Tone, Work

ACTIONS = ("return_line", "return_amount", "refund_in_cash", "refund_by_right")


class Returning(Protocol):
    """What these actions need of the selling screen."""

    number: NumberPane
    words: WordsPane

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""

    def selected_line(self) -> LineView | None:
        """The line that keys are meant for."""


class ReturnActions(QObject):
    """One method an action; whoever has the right may be called for each."""

    def __init__(self, face: Face, work: Work, screen: Returning, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self.calling = Calling(face, work, screen.open_pane, self)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them."""
        return (self.calling.pane,)

    def act(self, action: str) -> None:
        """Do an action by name."""
        method: Callable[[], None] = getattr(self, action)
        method()

    def return_line(self) -> None:
        """Turn the selected line into goods that come back; nobody has the receipt."""
        line, view = self._screen.selected_line(), self._work.view
        if line is None or line.removed or line.comes_back or line.deposit_of is not None:
            self._work.say(Tone.INFO, self._face.text("return.ring_up_first"))
            return
        number, count = line.number, -(line.packs or line.quantity)
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("return.blind", name=line.name),
                explanation=self._face.text("return.blind_explain"),
                take=lambda reason: self._turn(number, count, reason),
                choices=view.return_reasons if view is not None else (),
                needed=True,
                limit=80,
                verb=self._face.text("return.take"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def return_amount(self) -> None:
        """Ask how much is given back for the selected line of a receipt."""
        line = self._screen.selected_line()
        if line is None or not line.receipt:
            return
        number, paid = line.number, -line.amount + line.kept
        self._screen.number.ask(
            NumberQuestion(
                title=self._face.text("return.amount"),
                subject=line.name,
                placeholder=self._face.texts.decimal((-line.amount).decimal),
                money=True,
                take=lambda text: self._ask_why(line, text),
                other=self._face.text("return.whole", paid=paid) if line.kept else "",
                take_other=lambda: self._give(number, paid, ""),
            )
        )
        self._screen.open_pane(self._screen.number)

    def _ask_why(self, line: LineView, text: str) -> None:
        view = self._work.view
        try:
            amount = Money.parse(text, self._face.currency)
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))
            return
        if amount >= line.kept - line.amount:
            self._give(line.number, amount, "")
            return
        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("return.why_less", name=line.name),
                explanation=self._face.text("return.why_less_explain", amount=amount),
                take=lambda reason: self._give(line.number, amount, reason),
                choices=view.return_reasons if view is not None else (),
                needed=True,
                limit=80,
                verb=self._face.text("return.amount_take"),
            )
        )
        self._screen.open_pane(self._screen.words)

    def _give(self, line: int, amount: Money, reason: str) -> None:
        self.calling.send(
            Right.PRICE,
            lambda till, who, pin: till.set_return_amount(line, amount, reason, who, pin),
        )

    def refund_in_cash(self) -> None:
        """Pay all of it out, whatever it was paid with."""
        self.calling.send(Right.REFUND, lambda till, who, pin: till.refund("cash", None, who, pin))

    def refund_by_right(self) -> None:
        """Give each part as proposed, cash for what wasn't paid in cash among it."""
        self.calling.send(Right.REFUND, lambda till, who, pin: till.refund("", None, who, pin))

    def _turn(self, line: int, count: Quantity, reason: str) -> None:
        self.calling.send(
            Right.REFUND,
            lambda till, who, pin: till.set_quantity(line, count, reason, who, pin),
        )
