"""Asking for an amount or for words, and sending what follows from the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.domain.money import Money
from pos.runtime.lane import Outcome
from pos.till.till import Till
from pos.ui.face import Face
from pos.ui.panes.number import NumberPane, NumberQuestion
from pos.ui.panes.pane import Pane
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.work import Tone, Work


class Answering(Protocol):
    """What questions need of the selling screen."""

    number: NumberPane
    words: WordsPane

    def open_pane(self, pane: Pane) -> None:
        """Put a pane in sight."""


class Steps:
    """Questions of the voucher window, each with what is done with its answer.

    Attributes:
        again: the newest command once more, for when something in its way was cleared.
    """

    def __init__(self, face: Face, work: Work, screen: Answering) -> None:
        self._face, self._work, self._screen = face, work, screen
        self.again: Callable[[], None] = lambda: None

    def send(
        self,
        command: Callable[[Till], object],
        then: Callable[[Outcome[object]], None] | None = None,
    ) -> None:
        """Send a command, and remember it."""
        self.again = lambda: self._work.do(command, then)
        self._work.do(command, then)

    def ask_amount(self, subject: str, take: Callable[[Money], None], title: str = "") -> None:
        """Ask for an amount; what can't be read is said, and nothing is done."""

        def on_text(text: str) -> None:
            amount = self.read(text)
            if amount is not None:
                take(amount)

        self._screen.number.ask(
            NumberQuestion(
                title=title or self._face.text("vouchers.amount"),
                subject=subject,
                placeholder=self._face.texts.amount(self._face.zero()),
                money=True,
                take=on_text,
            )
        )
        self._screen.open_pane(self._screen.number)

    def ask_words(
        self, title: str, explanation: str, take: Callable[[str], None], *, needed: bool = False
    ) -> None:
        """Ask for words."""
        self._screen.words.ask(
            WordsQuestion(title=title, explanation=explanation, take=take, needed=needed, limit=80)
        )
        self._screen.open_pane(self._screen.words)

    def read(self, text: str) -> Money | None:
        """An amount as it was typed; None, and a notice, where it is none."""
        try:
            return Money.parse(text, self._face.currency)
        except ValueError:
            self._work.say(Tone.DANGER, self._face.text("number.unreadable"))
            return None
