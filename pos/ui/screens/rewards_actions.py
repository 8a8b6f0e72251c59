"""What the keys around points and coupons do (T-129)."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from pos.till.points import MAX_REASON
from pos.ui.face import Face
from pos.ui.panes.number import NumberPane, NumberQuestion
from pos.ui.panes.pane import Pane
from pos.ui.panes.rewards import RewardsPane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.work import Work

ACTIONS = ("points",)


class Selling(Protocol):
    """What these actions need of the selling screen."""

    number: NumberPane
    words: WordsPane

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""


class RewardsActions(QObject):
    """The pane of points and coupons, and what its keys ask of the till."""

    def __init__(self, face: Face, work: Work, screen: Selling, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._screen = face, work, screen
        self.pane = RewardsPane(face, work)
        self.pane.coupon.connect(self._on_coupon)
        self.pane.coupon_dropped.connect(self._on_dropped)
        self.pane.spent.connect(self._on_spent)
        self.pane.corrected.connect(self._on_corrected)

    def act(self, action: str) -> None:
        """Show points and coupons."""
        self._screen.open_pane(self.pane)

    def _on_coupon(self, code: str) -> None:
        self._work.do(lambda till: till.take_coupon(code))

    def _on_dropped(self, number: str) -> None:
        self._work.do(lambda till: till.remove_coupon(number))

    def _on_spent(self, points: int) -> None:
        if points:
            self._work.do(lambda till: till.spend_points(points))
        else:
            self._work.do(lambda till: till.remove_points())

    def _on_corrected(self, more: bool) -> None:
        """Ask how many, then why."""
        view = self._work.view
        customer = view.sale.customer if view is not None and view.sale is not None else None
        if customer is None or not customer.number:
            return
        text = self._face.text
        self._screen.number.ask(
            NumberQuestion(
                title=text("rewards.give" if more else "rewards.take_away"),
                subject=customer.name,
                placeholder="0",
                take=lambda typed: self._ask_why(customer.number, int(typed), more=more),
                suffix=text("rewards.points"),
                decimals=0,
            )
        )
        self._screen.open_pane(self._screen.number)

    def _ask_why(self, customer: str, points: int, *, more: bool) -> None:
        by = points if more else -points

        def correct(reason: str) -> None:
            self._work.do(lambda till: till.correct_points(customer, by, reason))

        self._screen.words.ask(
            WordsQuestion(
                title=self._face.text("rewards.why"),
                explanation=self._face.text("rewards.why_explain"),
                take=correct,
                needed=True,
                limit=MAX_REASON,
            )
        )
        self._screen.open_pane(self._screen.words)
