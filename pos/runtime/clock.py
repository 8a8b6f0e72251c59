"""The machine's clock: the one place that reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic


class SystemClock:
    """Implements `pos.ports.clock.Clock`."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - everyone else asks a Clock

    def passed(self) -> timedelta:
        """Time since the machine came up."""
        return timedelta(seconds=monotonic())
