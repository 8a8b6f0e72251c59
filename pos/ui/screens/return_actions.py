"""Goods that come back without a receipt, and money that goes back in cash by right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from pos.domain.operator import Right
from pos.domain.quantity import Quantity
from pos.till.views import LineView
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.screens.calling import Calling
from pos.ui.work import Tone, Work

ACTIONS = ("return_line", "refund_in_cash")


class Returning(Protocol):
    """What these actions need of the selling screen."""

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

    def refund_in_cash(self) -> None:
        """Pay all of it out, whatever it was paid with."""
        self.calling.send(Right.REFUND, lambda till, who, pin: till.refund("cash", None, who, pin))

    def _turn(self, line: int, count: Quantity, reason: str) -> None:
        self.calling.send(
            Right.REFUND,
            lambda till, who, pin: till.set_quantity(line, count, reason, who, pin),
        )
