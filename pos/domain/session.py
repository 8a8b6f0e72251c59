"""The session (shift): float, cash movements, count and difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.money import Money

DENOMINATIONS = (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
"""Euro notes and coins in minor units, largest first."""

_DENOMINATIONS = frozenset(map(str, DENOMINATIONS))

OVERDUE_AFTER = timedelta(hours=24)
"""A session is closed once a day (T-008)."""


class SessionState(StrEnum):
    """A session is open or closed, nothing between: closing is one transaction."""

    OPEN = "open"
    CLOSED = "closed"


class Session(Struct, frozen=True):
    """One session of one till. Instants are UTC; `number` counts from 1 per till.

    Attributes:
        opening_float: counted at opening.
        expected, counted: cash in the drawer at closing, as computed and as counted.
        left: what stays as float and is proposed at the next opening (T-097).
        reason: why counted differs from expected.
    """

    number: int
    till: str
    opened_at: datetime
    business_date: date
    opened_by: str
    opening_float: Money
    state: SessionState = SessionState.OPEN
    closed_at: datetime | None = None
    closed_by: str = ""
    expected: Money | None = None
    counted: Money | None = None
    left: Money | None = None
    reason: str = ""

    def overdue(self, now: datetime) -> bool:
        """Whether it has been open longer than a day."""
        return now - self.opened_at >= OVERDUE_AFTER

    def close(
        self, at: datetime, by: str, expected: Money, counted: Money, left: Money, reason: str
    ) -> Session:
        """The closed session. A difference wants a reason; no more can stay than was counted."""
        check_cash(counted)
        check_cash(left)
        if left > counted:
            raise Refusal("float_exceeds_count", counted=counted)
        if counted != expected and not reason.strip():
            raise Refusal("difference_needs_reason", difference=counted - expected)
        return replace(
            self,
            state=SessionState.CLOSED,
            closed_at=at,
            closed_by=by,
            expected=expected,
            counted=counted,
            left=left,
            reason=reason.strip(),
        )


def count_cash(pieces: Mapping[str, int], currency: str = "EUR") -> Money:
    """The sum of notes and coins, keyed by denomination in minor units ("2000" for 20.00)."""
    total = 0
    for denomination, count in pieces.items():
        if denomination not in _DENOMINATIONS:
            raise Refusal("no_such_denomination", denomination=denomination)
        if not 0 <= count <= MAX_PIECES:
            raise Refusal("count_out_of_range", denomination=denomination)
        total += int(denomination) * count
    return Money(total, currency)


MAX_PIECES = 99_999
MAX_CASH = 100_000_000


def check_cash(amount: Money) -> None:
    """Refuse a drawer content below zero, or beyond a million: a mistake in typing."""
    if not 0 <= amount.minor <= MAX_CASH:
        raise Refusal("cash_out_of_range", amount=amount)


def check_movement(amount: Money, reason: str) -> None:
    """Refuse a pay-in or pay-out of nothing, or one that nobody gave a reason for (T-090)."""
    if amount.minor <= 0:
        raise Refusal("movement_amount")
    check_cash(amount)
    if not reason.strip():
        raise Refusal("movement_reason")
