"""What is heard tells a good scan from a bad one, and a fault from both."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.work import Tone
from tests.support.catalogue import MILK
from tests.ui.driver import Driver


class Ears:
    """Counts beeps until the sound is over."""

    def __init__(self, driver: Driver, qtbot: QtBot) -> None:
        self._beeper, self._qtbot = driver.shell._beeper, qtbot
        self.beeps = 0

    def count(self) -> None:
        self.beeps += 1

    def heard(self) -> int:
        """How often it beeped since the last question."""
        self._qtbot.waitUntil(lambda: not self._beeper._next.isActive())
        beeps, self.beeps = self.beeps, 0
        return beeps


@pytest.fixture
def ears(selling: Driver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Ears:
    ears = Ears(selling, qtbot)
    monkeypatch.setattr(QApplication, "beep", ears.count)
    return ears


@pytest.mark.parametrize(("choice", "good", "bad", "fault"), [
    ("on", 0, 2, 3),
    ("all", 1, 2, 3),
    ("off", 0, 0, 0),
])  # fmt: skip
def test_each_thing_has_its_sound(
    selling: Driver, ears: Ears, choice: str, good: int, bad: int, fault: int
) -> None:
    selling.shell.preferences.sounds = choice
    selling.scan(MILK)
    assert ears.heard() == good
    selling.scan("4012345678901")
    assert ears.heard() == bad
    selling.window.work.say(Tone.WARN, "Papier")
    assert ears.heard() == fault
    selling.window.work.say(Tone.INFO, "Gesendet")
    assert ears.heard() == 0


def test_quick_scans_make_no_endless_noise(selling: Driver, ears: Ears) -> None:
    selling.shell.preferences.sounds = "all"
    for _ in range(5):
        selling.scan(MILK)
    assert 1 <= ears.heard() <= 5
    assert selling.sale.pieces == 5
