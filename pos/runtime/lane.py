"""A lane: one thread, one queue, jobs one by one. Everything that may wait lives on one."""

from __future__ import annotations

import itertools
import queue
import sys
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from pos.domain.errors import Refusal
from pos.runtime import crash

T = TypeVar("T")

TURN_S = 0.0005
"""Python lets a thread compute for five milliseconds before another may. A window that waits so
long for what a lane does meanwhile is a third of a frame late, and more where several compute.
"""


def take_short_turns() -> None:
    """Let the window in sooner, whatever lanes compute."""
    sys.setswitchinterval(TURN_S)


class Outcome(Struct, Generic[T], frozen=True):
    """What became of a job: its value, a refusal, or a bug (then the crash log knows more)."""

    value: T | None = None
    refusal: Refusal | None = None
    bug: str = ""


class Lane:
    """A thread with a queue; urgent jobs go before the others, each kind in its order.

    A job that raises never ends the lane: a Refusal is an answer, anything else goes to the
    crash log and the answer says so.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._queue: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = (
            queue.PriorityQueue()
        )
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """Finish what is queued, then end; False if a job outlived `timeout` seconds."""
        self._queue.put((2, next(self._order), None))
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[Outcome[T]], None] | None = None,
        *,
        urgent: bool = True,
    ) -> None:
        """Queue a job; `done` is called with its outcome on this lane's thread."""

        def work() -> None:
            outcome = attempt(job)
            if done is not None:
                done(outcome)

        self._queue.put((0 if urgent else 1, next(self._order), work))

    def _run(self) -> None:
        while True:
            _, _, work = self._queue.get()
            if work is None:
                return
            attempt(work)


def attempt(job: Callable[[], T]) -> Outcome[T]:
    """Run a job and turn whatever happens into an outcome: the one wall bugs stop at."""
    try:
        return Outcome(value=job())
    except Refusal as refusal:
        return Outcome(refusal=refusal)
    except Exception as error:  # noqa: BLE001 - a bug in one job must not stop the till selling
        return Outcome(bug=crash.record(error))
