"""Where the time comes from: nothing else in the core asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, in UTC, with its zone."""

    def passed(self) -> timedelta:
        """Time since some beginning, for spans only: it never runs back, whatever is done to the
        clock.
        """
