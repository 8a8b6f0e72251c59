"""Guessing PINs is slow, and neither a new start nor another time of day makes it quicker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.runtime.texts import LANGUAGES, Texts
from pos.till.signing import MAX_TRIES
from tests.support.till import TestTill


def guess(desk: TestTill, times: int = MAX_TRIES) -> None:
    for _ in range(times):
        with pytest.raises(Refusal, match=r"pin_wrong|pin_locked"):
            desk.till.sign_in("anna", "0000")


def again(desk: TestTill, later: timedelta = timedelta()) -> None:
    """The program ends and starts anew; the clock that nobody can set begins anew too."""
    desk.clock.at += later
    desk.clock.waited = timedelta()
    desk.restart()


def test_a_new_start_forgets_no_wrong_pin(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    guess(desk)
    again(desk, timedelta(seconds=10))
    with pytest.raises(Refusal, match="pin_locked") as locked:
        desk.till.sign_in("anna", "1111")
    assert locked.value.values["count"] == 50
    desk.till.sign_in("maria", "9999")
    desk.clock.wait(seconds=50)
    desk.till.sign_in("anna", "1111")
    desk.close()


def test_tries_before_and_after_a_new_start_count_together(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    guess(desk, 3)
    again(desk)
    guess(desk, 2)
    with pytest.raises(Refusal, match="pin_locked"):
        desk.till.sign_in("anna", "1111")
    desk.close()


def test_a_right_pin_before_the_new_start_ends_the_count(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    guess(desk, 4)
    desk.till.sign_in("anna", "1111")
    again(desk)
    guess(desk, 4)
    desk.till.sign_in("anna", "1111")
    desk.close()


def test_wrong_pins_of_long_ago_do_not_count(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    guess(desk)
    again(desk, timedelta(minutes=1))
    desk.till.sign_in("anna", "1111")
    desk.close()


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_set_back_locks_for_a_minute_and_no_longer(tmp_path: Path, restarted: bool) -> None:
    desk = TestTill(tmp_path)
    guess(desk)
    desk.clock.at -= timedelta(hours=5)
    if restarted:
        again(desk)
    with pytest.raises(Refusal, match="pin_locked"):
        desk.till.sign_in("anna", "1111")
    desk.clock.wait(minutes=1)
    desk.till.sign_in("anna", "1111")
    desk.close()


def test_a_clock_set_forward_opens_no_running_till(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    guess(desk)
    desk.clock.at += timedelta(hours=1)
    with pytest.raises(Refusal, match="pin_locked"):
        desk.till.sign_in("anna", "1111")
    desk.close()


def test_the_last_try_says_that_it_is_locked_and_the_one_before_counts_one(tmp_path: Path) -> None:
    desk = TestTill(tmp_path)
    guess(desk, MAX_TRIES - 2)
    told = []
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            desk.till.sign_in("anna", "0000")
        told.append([Texts(language).refusal(refused.value) for language in LANGUAGES])
    assert "Noch 1 Versuch," in told[0][0] and "1 try left" in told[0][1]
    assert "60 Sekunden" in told[1][0] and "60 seconds" in told[1][1]
    desk.close()
