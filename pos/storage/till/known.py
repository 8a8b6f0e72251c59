"""What a snapshot shows beside the sale: known until one of the till's own writes changes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from enum import Enum, auto
from typing import Any, TypeVar

T = TypeVar("T")


class Subject(Enum):
    """What is asked with every snapshot and seldom changes."""

    PARKED = auto()
    JOBS = auto()
    TASKS = auto()


class Known:
    """Answers about a subject. Only the till writes to its file, so only the till's writes, told
    by `forget`, make them old.
    """

    def __init__(self) -> None:
        self._answers: dict[Subject, dict[Hashable, Any]] = {}

    def answer(self, subject: Subject, question: Hashable, find: Callable[[], T]) -> T:
        """The answer, found again where it isn't known."""
        answers = self._answers.setdefault(subject, {})
        if question not in answers:
            answers[question] = find()
        known: T = answers[question]
        return known

    def forget(self, subject: Subject) -> None:
        """The subject has changed."""
        self._answers.pop(subject, None)
