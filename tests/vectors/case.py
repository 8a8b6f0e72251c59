"""What every kind of recorded case has in common: reading a file, telling what differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

Case = dict[str, Any]

A_CENT = Decimal("0.01")


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
    case: str, where: str, expected: Mapping[str, str], got: Mapping[str, Decimal], fault: str = ""
) -> Iterator[Difference]:
    """Compare figures by value, so that 4 and 4.00 are one; a figure we lack is a difference.

    `fault` is why a cent more or less is the record's doing and not ours; empty if there is no
    reason for that.
    """
    for name, figure in expected.items():
        ours = got.get(name)
        if ours is None or Decimal(figure) != ours:
            near = ours is not None and abs(Decimal(figure) - ours) == A_CENT
            yield Difference(case, f"{where} {name}", figure, ours, fault if near else "")


def unread(
    case: str, where: str, given: Mapping[str, object], known: Collection[str]
) -> Iterator[Difference]:
    """Tell each key of a question that nobody here looks at.

    It doesn't count by itself: if it matters, the figures differ.
    """
    for key in given.keys() - set(known):
        yield Difference(case, f"{where} {key}", given[key], "unread", UNREAD)


UNREAD = "a key unknown here; all figures are compared nevertheless"


def uncompared(
    case: str, where: str, expected: Mapping[str, object], known: Collection[str]
) -> Iterator[Difference]:
    """An expected figure that isn't compared with anything is a difference."""
    for name in expected.keys() - set(known):
        yield Difference(case, f"{where} {name}", expected[name], "a figure unknown here")


def halfway(exact: Decimal | Fraction, step: Decimal) -> bool:
    """Whether a figure lies exactly half way between two multiples of a step."""
    return Fraction(exact) / Fraction(step) % 1 == Fraction(1, 2)


def noise(recorded: str, ours: Decimal, exact: Iterable[Decimal | Fraction], step: Decimal) -> str:
    """The proof that only binary floats part a record from us, or nothing.

    Exact arithmetic has to lie exactly half way between the two; then ours is rounded away from
    zero, and the record fell to the other side because its float was a hair smaller.
    """
    if abs(Decimal(recorded)) + step != abs(ours):
        return ""
    tie = next((each for each in exact if halfway(each, step)), None)
    between = tie is not None and abs(Fraction(ours) - Fraction(tie)) * 2 == Fraction(step)
    return f"{_plain(tie)} is exactly half way; a binary float fell below it" if between else ""


def _plain(value: Decimal | Fraction | None) -> str:
    return str(value if isinstance(value, Decimal) else float(value or 0))
