"""Work that nobody stands at the counter for, done on the till's lane when nothing else waits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from pos.runtime.lane import Lane, Outcome
from pos.till.till import Till
from pos.till.views import TillView


class Errands:
    """Sends `work_on` to the till's lane, behind everything urgent, as long as there is more.

    Args:
        changed: told each new snapshot, on the till's lane.
    """

    def __init__(self, lane: Lane, till: Till, changed: Callable[[TillView], None]) -> None:
        self._lane, self._till, self._changed = lane, till, changed
        self._lock, self._queued = Lock(), False

    def more(self) -> None:
        """There is something to do; one piece at most waits on the lane."""
        with self._lock:
            if self._queued:
                return
            self._queued = True
        self._lane.submit(self._work, self._tell, urgent=False)

    def _work(self) -> TillView:
        with self._lock:
            self._queued = False
        return self._till.work_on()

    def _tell(self, outcome: Outcome[TillView]) -> None:
        if outcome.value is not None:
            self._changed(outcome.value)
