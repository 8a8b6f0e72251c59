"""The door between lanes and window: answers arrive in the GUI thread, and only there."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos.domain.errors import Refusal
from pos.runtime.bus import BugSeen, Event
from pos.runtime.lane import Lane, Outcome
from pos.ui.bridge import Bridge


class Asker(QObject):
    """Notes what it was told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: list[Outcome[object]] = []
        self.events: list[Event] = []
        self.threads: set[threading.Thread] = set()

    def reply(self, outcome: Outcome[object]) -> None:
        """Take an answer."""
        self.outcomes.append(outcome)
        self.threads.add(threading.current_thread())

    def hear(self, event: Event) -> None:
        """Take an event."""
        self.events.append(event)
        self.threads.add(threading.current_thread())


@pytest.fixture
def lane() -> Iterator[Lane]:
    """A lane that runs."""
    lane = Lane("test")
    lane.start()
    yield lane
    assert lane.stop()


def refuse() -> object:
    """A job that the till declines."""
    raise Refusal("nothing_to_pay")


def test_answers_come_in_order_and_in_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    bridge, asker = Bridge(), Asker()
    for number in range(100):
        bridge.run(lane, lambda number=number: number, asker.reply)  # type: ignore[misc]
    bridge.run(lane, refuse, asker.reply)
    qtbot.waitUntil(lambda: len(asker.outcomes) == 101)
    assert [outcome.value for outcome in asker.outcomes[:-1]] == list(range(100))
    assert asker.outcomes[-1].refusal is not None
    assert asker.threads == {threading.main_thread()}


def test_large_values_arrive_whole(lane: Lane, qtbot: QtBot) -> None:
    bridge, asker = Bridge(), Asker()
    bridge.run(lane, lambda: 3_000_000_000, asker.reply)
    qtbot.waitUntil(lambda: bool(asker.outcomes))
    assert asker.outcomes[0].value == 3_000_000_000


def test_events_cross_from_any_thread(qtbot: QtBot) -> None:
    bridge, asker = Bridge(), Asker()
    bridge.told.connect(asker.hear)
    teller = threading.Thread(target=bridge.hear, args=(BugSeen("x"),))
    teller.start()
    qtbot.waitUntil(lambda: asker.events == [BugSeen("x")])
    teller.join()
    assert asker.threads == {threading.main_thread()}


def test_only_a_bound_method_of_a_qobject_takes_an_answer(lane: Lane, qapp: object) -> None:
    with pytest.raises(TypeError):
        Bridge().run(lane, lambda: 1, lambda outcome: None)


def test_an_answer_for_somebody_gone_is_dropped(lane: Lane, qtbot: QtBot) -> None:
    bridge, gone, asker = Bridge(), Asker(), Asker()
    bridge.run(lane, lambda: 1, gone.reply)
    del gone
    bridge.run(lane, lambda: 2, asker.reply)
    qtbot.waitUntil(lambda: bool(asker.outcomes))
    assert asker.outcomes[0].value == 2
