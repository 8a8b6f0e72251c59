"""Payment methods, one folder each."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from pos.domain.money import Money
from pos.domain.tender import TenderState


class TenderRequest(Struct, frozen=True):
    """What is asked of a method: `attempt` is the same when the question is repeated."""

    attempt: str
    amount: Money


class TenderMethod(Protocol):
    """Takes money one way.

    Attributes:
        key: names it in tables, reports and texts (`tender.method.<key>`).
        is_cash: notes and coins: change is given, the drawer opens, the count expects it.
    """

    key: str
    is_cash: bool

    def authorise(self, request: TenderRequest) -> TenderState:
        """Take the amount; never waits on the till's lane for longer than a moment."""
