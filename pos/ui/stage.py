"""A window off screen, for pictures: all work is done at once, on the thread that asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap

from pos.runtime.bus import Bus, TillChanged
from pos.runtime.lane import Outcome, attempt
from pos.till.views import TillView
from pos.ui.window import Window, WindowParts, application

T = TypeVar("T")
SIZE = (1280, 800)


class AtOnce:
    """A lane without a thread."""

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[Outcome[T]], None] | None = None,
        *,
        urgent: bool = True,
    ) -> None:
        """Do the job now."""
        outcome = attempt(job)
        if done is not None:
            done(outcome)


class Stage:
    """Holds a window and takes its picture.

    Args:
        parts: makes the window's parts out of a lane and a bus.
    """

    def __init__(self, parts: Callable[[AtOnce, Bus], WindowParts]) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        self._application = application()
        self._bus = Bus()
        self.window = Window(parts(AtOnce(), self._bus))
        self.window.shell.resize(*SIZE)
        self.window.shell.show()
        self._settle()

    def picture(self, view: TillView) -> QPixmap:
        """The window as of a snapshot."""
        self._bus.tell(TillChanged(view))
        self._settle()
        return self.window.shell.grab()

    def close(self) -> None:
        """Take the window down."""
        self.window.close()
        self._settle()

    def _settle(self) -> None:
        """Deliver what is queued, until replies to replies have arrived too."""
        for _ in range(8):
            self._application.sendPostedEvents()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
