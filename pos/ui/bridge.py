"""The one door between the window and the lanes: work goes out, answers come back as signals."""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos.runtime.bus import Event
from pos.runtime.lane import Outcome

Reply = Callable[[Outcome[object]], object]


class WorkLane(Protocol):
    """A lane, as far as the window uses it."""

    def submit(
        self,
        job: Callable[[], object],
        done: Callable[[Outcome[object]], None] | None = None,
        *,
        urgent: bool = True,
    ) -> None:
        """Queue a job; `done` is called with its outcome on the lane's thread."""


class _Answer(Struct, frozen=True):
    reply: weakref.ReferenceType[Reply]
    outcome: Outcome[object]


class Bridge(QObject):
    """Runs jobs on lanes and brings every outcome and event to the GUI thread.

    PySide6 runs a lambda or function connected to another thread's signal on that thread, even
    when the connection is queued. So answers cross on one signal of this object, and only a bound
    method of a QObject may take one. An answer for an object that is gone is dropped.

    Signals:
        told(Event): something happened in the till; emitted on the GUI thread.
    """

    told = Signal(object)
    _answered = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: WorkLane,
        job: Callable[[], object],
        on_reply: Reply,
        *,
        urgent: bool = True,
    ) -> None:
        """Run `job` on `lane`; `on_reply` gets its Outcome in the GUI thread. What isn't urgent
        waits until nothing urgent does.

        Raises TypeError unless `on_reply` is a bound method of a QObject.
        """
        owner = getattr(on_reply, "__self__", None)
        if not (inspect.ismethod(on_reply) and isinstance(owner, QObject)):
            raise TypeError("a reply goes to a bound method of a QObject")
        reply: weakref.ReferenceType[Reply] = weakref.WeakMethod(on_reply)
        lane.submit(
            job, lambda outcome: self._answered.emit(_Answer(reply, outcome)), urgent=urgent
        )

    def hear(self, event: Event) -> None:
        """Take an event on any thread; subscribe this to the bus."""
        self._heard.emit(event)

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        reply = answer.reply()
        if reply is not None:
            reply(answer.outcome)

    @Slot(object)
    def _tell(self, event: Event) -> None:
        self.told.emit(event)
