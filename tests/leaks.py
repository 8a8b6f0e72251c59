"""Finds what a test left running: threads, active timers, windows."""

from __future__ import annotations

import gc
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

GRACE = 2.0
"""Seconds a thread may take to end after its test."""


class Leftovers:
    """Remembers what there was before a test, to tell what is new after it."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        self._windows = set(windows())
        self._timers = {id(timer) for timer in running_timers()}

    def found(self) -> list[str]:
        """What the test left behind, in words; empty if nothing."""
        threads = [f"thread {name}" for name in self._new_threads()]
        bury_deleted_widgets()
        new_windows = [
            f"window {name}" for place, name in windows().items() if place not in self._windows
        ]
        timers = [
            f"timer of {type(timer.parent()).__name__}, every {timer.interval()} ms"
            for timer in running_timers()
            if id(timer) not in self._timers
        ]
        return threads + new_windows + timers

    def _new_threads(self) -> list[str]:
        until = time.monotonic() + GRACE
        new = [thread for thread in threading.enumerate() if thread not in self._threads]
        for thread in new:
            # Threads that Qt started have no Python end to wait for; Qt keeps them for later work.
            if not isinstance(thread, threading._DummyThread):
                thread.join(max(0.0, until - time.monotonic()))
        return [
            thread.name
            for thread in new
            if thread.is_alive() and not isinstance(thread, threading._DummyThread)
        ]


def qt_runs() -> bool:
    """Whether this process has an application object; loads nothing."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets is not None and widgets.QApplication.instance() is not None


def windows() -> dict[int, str]:
    """Every widget without a parent, shown or not: its place in memory, and what it is."""
    if not qt_runs():
        return {}
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getCppPointer

    # Not id(): Python's side of a widget that Qt made itself is a new object at each look.
    return {
        getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None
    }


def running_timers() -> list[QTimer]:
    """Every timer made in Python that would still fire."""
    if not qt_runs():
        return []
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    # type() and not isinstance(): the latter asks each object for __class__, and some answer late.
    return [
        found
        for found in gc.get_objects()
        if issubclass(type(found), QTimer) and isValid(found) and found.isActive()
    ]


def bury_deleted_widgets() -> None:
    """Carries out what deleteLater() has asked for, so that only true leftovers are found."""
    if qt_runs():
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
