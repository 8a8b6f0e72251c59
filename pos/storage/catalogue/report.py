"""What an import tells: progress while it runs, problems as they are found, counts at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

MAX_KEPT = 10_000
"""Problems a report holds; beyond, they are only counted."""


class Problem(Struct, frozen=True):
    """Something wrong with a file, a row or a field.

    Attributes:
        file: its name, "products.csv".
        line: the row's first line in the file, counting from 1 with the header; 0 for the file.
        field: its column, empty for the row or the file as a whole.
        reason: a text key under `catalogue.problem`.
        values: what that text mentions.
        kept: the row was taken all the same, without the field.
        stays: the row of the catalogue before stays in its place.
    """

    file: str
    line: int
    field: str
    reason: str
    values: Mapping[str, str] = msgspec.field(default_factory=dict)
    kept: bool = False
    stays: bool = False


class Progress(Struct, frozen=True):
    """How far an import is. `step` is a file's name, or "check", "index", "publish"."""

    step: str
    done: int
    total: int


class FileCount(Struct):
    """Rows of one file: read, taken over, and carried over from the catalogue before."""

    read: int = 0
    taken: int = 0
    carried: int = 0


class ImportReport(Struct):
    """The outcome of an import.

    Attributes:
        problems: the first MAX_KEPT, in the order they were found.
        problem_count: all problems, kept or only counted.
        found: how many there were of each reason.
        files: counts by file name; a file that wasn't in the folder isn't there.
        generation: of the catalogue now in place.
    """

    problems: list[Problem] = msgspec.field(default_factory=list)
    problem_count: int = 0
    found: Counter[str] = msgspec.field(default_factory=Counter)
    files: dict[str, FileCount] = msgspec.field(default_factory=dict)
    generation: int = 0
    imported_at: datetime | None = None

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.problem_count += 1
        self.found[problem.reason] += 1
        if len(self.problems) < MAX_KEPT:
            self.problems.append(problem)

    def mark(self, problems: range, *, stays: bool) -> None:
        """Note of problems, by their place, whether the row before stays."""
        for place in problems[: max(0, len(self.problems) - problems.start)]:
            self.problems[place] = replace(self.problems[place], stays=stays)


OnProgress = Callable[[Progress], None]
