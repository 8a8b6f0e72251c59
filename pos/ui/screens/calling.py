"""Commands that not everybody may give: where one is refused, somebody who may is called."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from pos.domain.operator import Operator, Right
from pos.runtime.lane import Outcome
from pos.till.till import Till
from pos.ui.face import Face
from pos.ui.panes.approval import ApprovalPane, ApprovalQuestion
from pos.ui.panes.pane import Pane
from pos.ui.work import Tone, Work

CALLS = ("right_missing", "discount_limit", "discount_limit_together")
"""Refusals after which somebody with the right may be called."""

Command = Callable[[Till, str, str], object]
"""A command with the number and PIN of who was called; both empty for the operator."""


class _Pending(Struct, frozen=True):
    """A command on its way; if it is refused, `right` says who may be called."""

    right: Right
    command: Command


class Calling(QObject):
    """Holds the pane that asks for the PIN, and the command that waits for it.

    Signals:
        done(): the command was done.
    """

    done = Signal()

    def __init__(
        self, face: Face, work: Work, open_pane: Callable[[Pane], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work, self._open = work, open_pane
        self._pending: _Pending | None = None
        self._refused = ""
        self.pane = ApprovalPane(face, work)

    def send(self, right: Right, command: Command) -> None:
        """Send a command as the operator; whoever holds the right may be called."""
        self._pending = _Pending(right, command)
        self._work.do(lambda till: command(till, "", ""), self._on_sent)

    def _on_sent(self, outcome: Outcome[object]) -> None:
        refusal = outcome.refusal
        if refusal is None or refusal.code not in CALLS:
            self._pending = None
            if self._work.take(outcome):
                self.done.emit()
            return
        self._refused = self._work.texts.refusal(refusal)
        self._work.ask(lambda till: till.operators(), self._on_people)

    def _on_people(self, outcome: Outcome[object]) -> None:
        pending, view = self._pending, self._work.view
        operators = outcome.value if isinstance(outcome.value, tuple) else ()
        here = view.operator.number if view is not None and view.operator is not None else ""
        people = tuple(
            one
            for one in operators
            if isinstance(one, Operator)
            and pending is not None
            and one.number != here
            and one.may(pending.right)
        )
        if not people:
            self._work.say(Tone.DANGER, self._refused)
            return
        self.pane.ask(ApprovalQuestion(self._refused, people, self._on_approved))
        self._open(self.pane)

    def _on_approved(self, approver: str, pin: str) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            self._work.do(lambda till: pending.command(till, approver, pin), self._on_done)

    def _on_done(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome):
            self.done.emit()
