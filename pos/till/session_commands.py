"""The commands of the till that are about who is there, the session and the drawer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Operator
from pos.domain.report import TenderFigure
from pos.domain.session import count_cash
from pos.till import session, signing
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.views import TillView
from pos.till.vouchers import settling


class SessionCommands(Facade):
    """Sign-in, session, cash that moves without a sale, the drawer."""

    @command
    def sign_in(self, operator: str, pin: str = "") -> TillView:
        """An operator comes to the till, or back to it."""
        signing.sign_in(self._desk, operator, pin)
        return self._changed()

    @command
    def sign_out(self) -> TillView:
        """The operator leaves."""
        signing.sign_out(self._desk)
        return self._changed()

    @command
    def lock(self) -> TillView:
        """Nobody at the till for a moment."""
        signing.lock(self._desk)
        return self._changed()

    @command
    def open_session(
        self, float: Money | None = None, counts: Mapping[str, int] | None = None
    ) -> TillView:
        """Begin a session with the float, as an amount or as pieces by denomination."""
        session.open_session(self._desk, float, counts)
        settling.settle(self._desk)
        settling.prepare(self._desk)
        return self._changed()

    @command
    def close_session(
        self,
        counted: Money | None = None,
        counts: Mapping[str, int] | None = None,
        leave: Money | None = None,
        reason: str = "",
        kinds: Mapping[str, str] | None = None,
    ) -> TillView:
        """Close the session with the count, as an amount or as pieces by denomination; `kinds` are
        amounts of other ways of paying, where they were counted too.
        """
        if counted is None and counts is None:
            raise Refusal("count_missing")
        total = count_cash(counts, self._desk.currency) if counts is not None else counted
        assert total is not None
        session.close_session(self._desk, total, leave, reason, kinds)
        return self._changed()

    @command
    def pay_in(self, amount: Money, reason: str) -> TillView:
        """Put cash into the drawer."""
        session.move_cash(self._desk, Kind.PAID_IN, amount, reason)
        return self._changed()

    @command
    def pay_out(self, amount: Money, reason: str) -> TillView:
        """Take cash out of the drawer."""
        session.move_cash(self._desk, Kind.PAID_OUT, amount, reason)
        return self._changed()

    @command
    def open_drawer(self, reason: str) -> TillView:
        """Open the drawer without a sale."""
        session.open_drawer(self._desk, reason)
        return self._changed()

    def operators(self) -> Sequence[Operator]:
        """Who may sign in."""
        return self._desk.catalogue.operators()

    def expected_cash(self) -> Money:
        """What the drawer should hold now."""
        return session.figures(self._desk).expected

    @query
    def expected_kinds(self) -> Sequence[TenderFigure]:
        """What was taken in other ways than cash."""
        return session.expected_kinds(self._desk)
