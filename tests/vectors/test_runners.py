"""What a runner makes of cases that no stored file holds: unknown ones, ties, change of a card."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.__main__ import KINDS, replayed, run
from tests.vectors.case import Case, noise, read_cases

DATA = Path(__file__).parent / "data"
UNKNOWN: dict[str, Any] = {
    "pricelists": lambda case: case["pricelists"][0]["rules"][0].update(compute="auction"),
    "taxes": lambda case: case.update(rounding="per_moon"),
    "sessions": lambda case: case["events"][0].update(do="sing"),
    "loyalty": lambda case: case["steps"][0].update(do="sing"),
}
UNKNOWN_FIGURES: dict[str, Any] = {
    "pricelists": lambda case: case["expect"].update(mood="1.00"),
    "taxes": lambda case: case["expect"].update(mood={"tax": "1.00"}),
    "sessions": lambda case: case["expect"].update(mood="1.00"),
    "loyalty": lambda case: case["steps"][0]["expect"].update(mood="1.00"),
}


def stored(kind: str, place: int = 1) -> Case:
    return deepcopy(read_cases(DATA / f"{kind}.json")[place])


def told(kind: str, case: Case) -> list[tuple[str, bool]]:
    return [(each.what, bool(each.fault)) for each in replayed(kind, case)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", [UNKNOWN, UNKNOWN_FIGURES])
def test_what_nobody_knows_counts_as_different(
    kind: str, change: dict[str, Any], tmp_path: Path
) -> None:
    case = stored(kind)
    change[kind](case)
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"scenarios": [case, stored(kind)]}))
    assert run(kind, [path]) == 1


def test_a_key_nobody_knows_is_told() -> None:
    case = stored("taxes")
    case["lines"][0]["colour"] = "red"
    assert told("taxes", case) == [("line 1 colour", True)]


TIE = {"unit_price": "1.90", "quantity": "1", "tax_percent": "0.5", "tax_included": False}


def test_only_an_exact_tie_excuses_a_cent_of_pooled_tax() -> None:
    """1.90 + 1.10 at 0.5 % are 0.015: a binary float may fall to 0.01; never to 0.00."""
    lines = [TIE | {"discount_percent": "0"} | more for more in ({}, {"unit_price": "1.10"})]
    total = {"net": "3.00", "tax": "0.02", "gross": "3.02"}
    rows = [{"net": "1.90", "tax": "0.01", "gross": "1.91"}]
    rows.append({"net": "1.10", "tax": "0.01", "gross": "1.11"})
    group = {"tax_percent": "0.5", "tax_included": False, "base": "3.00", "tax": "0.02"}
    expect = {"lines": rows, "taxes": [group]}
    expect |= {"document": total, "order_recomputed": total, "till": total}
    case: Case = {"id": "T", "rounding": "global", "lines": lines, "expect": expect}
    assert told("taxes", case) == []
    case["expect"]["till"] = total | {"tax": "0.01", "gross": "3.01"}
    assert told("taxes", case) == [("till tax", True), ("till gross", True)]
    case["expect"]["till"] = total | {"tax": "0.03"}
    assert told("taxes", case) == [("till tax", True)]
    case["expect"]["till"] = total | {"tax": "0.00"}
    assert told("taxes", case) == [("till tax", False)]
    case["lines"][1]["unit_price"] = "1.20"
    assert ("till tax", False) in told("taxes", case)


@pytest.mark.parametrize(
    ("recorded", "ours", "exact", "proven"),
    [
        ("53.12", "53.13", "53.125", True),
        ("-53.12", "-53.13", "-53.125", True),
        ("53.12", "53.13", "53.126", False),
        ("53.13", "53.12", "53.125", False),
        ("53.11", "53.13", "53.12", False),
        ("53.12", "53.13", "73.125", False),
    ],
)
def test_noise_is_proven_by_a_tie_between_both_figures(
    recorded: str, ours: str, exact: str, proven: bool
) -> None:
    reason = noise(recorded, Decimal(ours), [Decimal(exact)], Decimal("0.01"))
    assert bool(reason) is proven


def test_change_of_a_card_leaves_the_drawer() -> None:
    case = stored("sessions", 0)
    case["events"][0]["payments"] = [{"method": "card", "amount": "10.00"}]
    case["events"][0]["expect"]["payments"] = [["cash", "-5.20"], ["card", "10.00"]]
    case["expect"] |= {"cash_payments": "-5.20", "expected_cash": "44.80", "difference": "10.00"}
    case["expect"]["by_method"] = {"cash": "-5.20", "card": "10.00"}
    assert told("sessions", case) == []
    case["events"][0]["expect"]["payments"] = [["cash", "4.80"]]
    assert told("sessions", case) == [("order 1 payments", False)]


def test_cash_moves_and_ways_to_pay_are_compared() -> None:
    case = stored("sessions")
    case["expect"]["cash_moves"] = ["-20.00", "80.00"]
    del case["expect"]["by_method"]["card"]
    case["expect"]["by_method"]["cheque"] = "0.00"
    assert told("sessions", case) == [("method card", False), ("cash_moves", False)]


def test_a_day_report_that_contradicts_its_own_booking_is_at_fault() -> None:
    case = stored("sessions")
    case["expect"]["by_tax"][1]["sales_tax"] = "0.31"
    assert told("sessions", case) == [("tax 10 % sales_tax", True)]
    case["expect"]["by_tax"][1]["booked_tax"] = "0.31"
    assert ("tax 10 % booked_tax", False) in told("sessions", case)
