"""A measured figure, the floor beside it, and what is to be reached."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """One measured figure.

    Attributes:
        floor: the same work without us, measured in this run: bare sqlite3, a bare window.
        goal: the most the figure may be; None where it only informs.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        return None if self.goal is None else self.value <= self.goal

    def facts(self) -> dict[str, Any]:
        """The figure as `bench.json` has it."""
        rounded = {
            name: None if number is None else float(f"{number:.4g}")
            for name, number in (("value", self.value), ("floor", self.floor), ("goal", self.goal))
        }
        return {"name": self.name, "unit": self.unit, **rounded, "met": self.met}


def spread(
    name: str, values: Sequence[float], floors: Sequence[float], goal: float, unit: str = "ms"
) -> Iterator[Figure]:
    """Median and 99th percentile of many measurements; the goal is for the latter."""
    yield Figure(f"{name}, median", median(values), unit, median(floors))
    yield Figure(f"{name}, p99", p99(values), unit, p99(floors), goal)


def p99(values: Sequence[float]) -> float:
    """What 99 of 100 stay below."""
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else values[0]


def write(figures: Sequence[Figure], path: Path) -> None:
    """Keep the figures for programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = [figure.facts() for figure in figures]
    path.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def line(figure: Figure) -> str:
    """The figure as a row of the table."""
    floor = "" if figure.floor is None else f"{figure.floor:.4g}"
    goal = "" if figure.goal is None else f"≤ {figure.goal:g}"
    met = {True: "met", False: "MISSED", None: ""}[figure.met]
    return f"{figure.name:<52} {figure.value:>9.4g} {figure.unit:<4} {floor:>9}  {goal:>8}  {met}"


HEAD = f"{'':<52} {'measured':>9} {'':<4} {'floor':>9}  {'goal':>8}"
