"""The program is killed at each point of its work; the next one goes on where it was."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from pos.storage.verify import verify
from tests.support.catalogue import COFFEE, MILK
from tests.system.program import OPEN, SIGN_IN, play

DAY: list[dict[str, Any]] = [
    SIGN_IN,
    OPEN,
    {"do": "scan", "code": COFFEE},
    {"do": "scan", "code": MILK},
    {"do": "set_quantity", "line": 2, "quantity": "2"},
    {"do": "remove_line", "line": 1},
    {"do": "restore_line", "line": 1},
    {"do": "start_checkout"},
    {"do": "tender", "method": "card", "amount": "1.00"},
    {"do": "tender", "method": "cash", "amount": "20.00"},
]
PAID = {"last_sale": None, "sale": None, "session": {"sales": 1, "turnover": "11.17"}}
LATE = PAID | {"last_sale": {"number": 1, "change": "9.83", "finished_late": True}}


@pytest.mark.parametrize(
    ("point", "left"),
    [
        ("now", {"sale": None, "session": None}),
        ("after_line_added", {"sale": {"total": "7.99", "state": "open"}}),
        ("after_quantity_changed", {"sale": {"total": "11.17", "state": "open"}}),
        ("after_line_removed", {"sale": {"total": "3.18", "lines_count": 1}}),
        ("after_line_restored", {"sale": {"total": "11.17", "lines_count": 2}}),
        ("after_checkout_begun", {"sale": {"total": "11.17", "state": "tendering"}}),
        ("after_tender_added", {"sale": {"paid": "1.00", "due": "10.17", "state": "tendering"}}),
        ("before_reserve", {"sale": {"paid": "1.00", "due": "10.17", "state": "tendering"}}),
        ("after_reserve", LATE),
        ("after_seal", LATE),
        ("after_commit", PAID),
    ],
)
def test_the_next_program_goes_on(data: Path, point: str, left: dict[str, object]) -> None:
    killed = play(data, {"do": "crash", "at": point}, *DAY)
    assert killed.returncode == -signal.SIGKILL, killed.stdout
    if point != "now":
        done = play(data, {"do": "expect", **left})
        assert done.returncode == 0, done.stdout
    assert not [finding for finding in verify(data) if not finding.ok]


BACK: list[dict[str, Any]] = [
    {"do": "start_return", "receipt": 1, "lines": {"1": "1"}, "reason": "Defekt"},
    {"do": "start_checkout"},
    {"do": "refund"},
]
GONE = {"sale": None, "session": {"sales": 2, "turnover": "3.18"}}


@pytest.mark.parametrize(
    ("point", "left"),
    [
        ("after_goods_returned", {"sale": {"total": "-7.99", "state": "open"}}),
        ("after_reserve", GONE),
        ("after_commit", GONE),
    ],
)
def test_a_return_is_whole_or_still_open_after_a_kill(
    data: Path, point: str, left: dict[str, object]
) -> None:
    """What the crash left open still holds its limit: the goods come back once."""
    assert play(data, *DAY).returncode == 0
    killed = play(data, SIGN_IN, {"do": "crash", "at": point}, *BACK)
    assert killed.returncode == -signal.SIGKILL, killed.stdout
    steps: list[dict[str, Any]] = [{"do": "expect", **left}, SIGN_IN]
    if left is not GONE:
        steps += [{"do": "refund"}, {"do": "expect", **GONE}]
    again = {"do": "start_return", "receipt": 1, "lines": {"1": "1"}}
    done = play(data, *steps, again | {"refused": "return_too_much"})
    assert done.returncode == 0, done.stdout
    assert not [finding for finding in verify(data) if not finding.ok]


@pytest.mark.parametrize(
    ("point", "open_still"),
    [
        ("after_goods_returned", True),
        ("before_reserve", True),
        ("after_reserve", False),
    ],
)
def test_a_void_is_whole_or_can_be_given_up_after_a_kill(
    data: Path, point: str, open_still: bool
) -> None:
    assert play(data, *DAY).returncode == 0
    void = {"do": "void_receipt", "receipt": 1, "reason": "Verrechnet"}
    killed = play(data, SIGN_IN, {"do": "crash", "at": point}, void)
    assert killed.returncode == -signal.SIGKILL, killed.stdout
    steps: list[dict[str, Any]] = [SIGN_IN]
    if open_still:
        steps += [
            {"do": "expect", "sale": {"voids": 1, "total": "-11.17"}},
            {"do": "refund"},
        ]
    done = play(
        data,
        *steps,
        {"do": "expect", "session": {"sales": 2, "turnover": "0.00"}},
        void | {"refused": "void_partly_returned"},
    )
    assert done.returncode == 0, done.stdout
    assert not [finding for finding in verify(data) if not finding.ok]


def test_a_receipt_is_closed_once_and_the_next_has_the_next_number(data: Path) -> None:
    play(data, {"do": "crash", "at": "after_reserve"}, *DAY)
    done = play(
        data,
        {"do": "expect", "session": {"sales": 1}, "outbox": {"waiting": 1}},
        SIGN_IN,
        {"do": "scan", "code": MILK},
        {"do": "tender", "method": "cash"},
        {"do": "expect", "last_sale": {"number": 2}, "session": {"sales": 2}},
        {"do": "close_session", "counted": "111.76"},
        {"do": "expect", "figures": {"expected": "111.76", "first_receipt": 1, "last_receipt": 2}},
    )
    assert done.returncode == 0, done.stdout


def test_killed_at_every_start_it_still_begins(data: Path) -> None:
    for _ in range(3):
        assert play(data, {"do": "crash", "at": "now"}).returncode == -signal.SIGKILL
    assert play(data, SIGN_IN, OPEN).returncode == 0


def test_codes_that_wait_for_a_person_outlive_a_kill(data: Path) -> None:
    """The goods lie on the counter, and nothing else knows of them (complaint 12 of the peers)."""
    held = {"do": "scan", "code": COFFEE, "refused": "scan_in_checkout"}
    steps: list[dict[str, Any]] = [
        {"do": "scan", "code": "4711-unknown"},
        {"do": "scan", "code": MILK},
        {"do": "start_checkout"},
        held,
        {"do": "crash"},
    ]
    killed = play(data, SIGN_IN, OPEN, *steps)
    assert killed.returncode == -signal.SIGKILL, killed.stdout
    waiting = [
        {"scanned": "4711-unknown", "reason": "unknown_code"},
        {"scanned": COFFEE, "reason": "scan_in_checkout"},
    ]
    done = play(data, {"do": "expect", "unknown": waiting, "sale": {"state": "tendering"}})
    assert done.returncode == 0, done.stdout
    assert not [finding for finding in verify(data) if not finding.ok]
