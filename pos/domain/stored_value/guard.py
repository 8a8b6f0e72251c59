"""Guessing codes: after a few wrong ones a till stops answering for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from pos.domain.errors import Refusal

WRONG_CODES = 5
UNKNOWN_SCANS = 20
"""Goods the catalogue lacks are scanned too, so more of these are let pass than typed codes."""
WITHIN = timedelta(minutes=10)
PAUSE = timedelta(minutes=5)


class GuessGuard(Struct, frozen=True):
    """The wrong codes of a till, oldest first; whoever signs in, they count together.

    Attributes:
        most: so many of them make the till pause.
    """

    wrong: tuple[datetime, ...] = ()
    most: int = WRONG_CODES

    def check(self, now: datetime) -> None:
        """Refuse another code while the till pauses."""
        if self.locked(now):
            left = self.wrong[-1] + PAUSE - now
            raise Refusal("voucher_locked", minutes=int(left.total_seconds()) // 60 + 1)

    def locked(self, now: datetime) -> bool:
        """Whether the till pauses."""
        return len(self.wrong) >= self.most and now < self.wrong[-1] + PAUSE

    def missed(self, now: datetime) -> GuessGuard:
        """After one more wrong code. After a pause counting starts anew."""
        paused = len(self.wrong) >= self.most
        recent = () if paused else tuple(at for at in self.wrong if now - at < WITHIN)
        return replace(self, wrong=(*recent, now))
