"""A lane that works when a test tells it to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pos.runtime.lane import Outcome, attempt

T = TypeVar("T")


class LateLane:
    """Keeps its jobs until `work`."""

    def __init__(self) -> None:
        self._jobs: list[Callable[[], None]] = []

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[Outcome[T]], None] | None = None,
        *,
        urgent: bool = True,
    ) -> None:
        def run() -> None:
            outcome = attempt(job)
            if done is not None:
                done(outcome)

        self._jobs.append(run)

    def work(self) -> None:
        """Do all jobs that wait."""
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job()
