"""What every kind of recorded case has in common: reading a file, telling what differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Case = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One figure of a case that came out otherwise than recorded.

    `fault` says why the record itself is plainly at fault, and what happens here instead; such a
    figure is told, but doesn't count as a difference.
    """

    case: str
    what: str
    expected: object
    got: object
    fault: str = ""

    def __str__(self) -> str:
        if self.fault:
            return (
                f"{self.case} {self.what}: recorded {self.expected}, here {self.got}: {self.fault}"
            )
        return f"{self.case} {self.what}: expected {self.expected}, got {self.got}"


Check = Callable[[Case], Iterator[Difference]]


def read_cases(path: Path) -> list[Case]:
    """The scenarios of a vector file; raises KeyError or ValueError where it isn't one."""
    cases: list[Case] = json.loads(path.read_text(encoding="utf-8"))["scenarios"]
    return cases


def compare_amounts(
    case: str, where: str, expected: dict[str, str], got: dict[str, Decimal]
) -> Iterator[Difference]:
    """Compare figures by value, so that 4 and 4.00 are one; a figure we lack is a difference."""
    for name, figure in expected.items():
        ours = got.get(name)
        if ours is None or Decimal(figure) != ours:
            yield Difference(case, f"{where} {name}", figure, ours)
