"""Replays recorded cases: `python -m tests.vectors KIND FILE…`; exit 0 only if none differs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pos.domain.errors import Refusal
from tests.vectors import loyalty, pricelists, sessions, taxes
from tests.vectors.case import Case, Check, Difference, read_cases

KINDS: dict[str, Check] = {
    "loyalty": loyalty.check,
    "pricelists": pricelists.check,
    "sessions": sessions.check,
    "taxes": taxes.check,
}


def run(kind: str, files: list[Path]) -> int:
    """Print each figure that differs, then the count; 0 where all agree, else 1.

    Where the record is plainly at fault that is printed too, and doesn't count.
    """
    checked = differing = 0
    for path in files:
        for case in read_cases(path):
            differences = list(replayed(kind, case))
            checked += 1
            differing += any(not difference.fault for difference in differences)
            for difference in differences:
                print(difference)
    print(f"{checked} checked, {differing} differ")
    return 1 if differing else 0


def replayed(kind: str, case: Case) -> Iterator[Difference]:
    """What differs in a case; one that isn't of the schema differs as a whole."""
    try:
        yield from KINDS[kind](case)
    except (Refusal, LookupError, TypeError, ValueError, ArithmeticError) as error:
        yield Difference(str(case.get("id", "?")), "as a whole", "a case we can play", repr(error))


def main(arguments: list[str]) -> int:
    """Read the command line; 2 on wrong usage."""
    if len(arguments) < 2 or arguments[0] not in KINDS:
        print(f"usage: python -m tests.vectors {'|'.join(KINDS)} FILE…", file=sys.stderr)
        return 2
    try:
        return run(arguments[0], [Path(name) for name in arguments[1:]])
    except (OSError, KeyError, TypeError, ValueError) as error:
        print(f"not a file of recorded cases: {error!r}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
