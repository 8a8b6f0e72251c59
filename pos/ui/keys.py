"""The keyboard wedge: tells a scanner from a hand by its speed and its suffix.

Rules measured with real timing (prototype, gaps of 5 to 10 ms for scanners, 120 ms for hands):
a printable key is held for 35 ms; further keys in time keep collecting; Enter or Tab behind
enough characters makes a scan; else the held keys are handed on as if nothing had been.

In the search line a hand may be fast, and what is too short for a scan finds the same goods there.
Anywhere else a code that is taken for typing becomes an amount, so three characters are enough.
Whatever ends a scan may come twice (CR and LF): what follows at once belongs to it.

What counts is when the keys were pressed, by the stamps the system gives them, not when the
program came round to them: a busy moment neither splits a scan nor makes typing look like one.
Keys without a stamp are taken as pressed when they arrive.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow

GAP_MS = 35
LATE_MS = 5
"""A timer later than this means the program was busy, and keys may wait in the queue."""
MOST_LATE = 10
"""So often is waited again; a machine that is late for ever still shows what is typed."""
MIN_LENGTH, MIN_ELSEWHERE = 6, 3
"""With a suffix: in the search line, and anywhere else."""
NO_HAND, NO_HAND_ELSEWHERE = 8, 5
"""So many characters without a pause, though without a suffix, are no hand's work."""
AFTER_MS = 100
"""So long after a scan another Enter is the scanner's."""
MAX_LENGTH = 4096
SUFFIXES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
SUFFIX_SIGNS = ("\r", "\n", "\t")
SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)
COMMANDS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
GROUP_SEPARATOR = "\x1d"


class WedgeFilter(QObject):
    """An event filter of the whole application, in front of every window.

    Signals:
        scanned(text): a code was read; group separators arrive as "\\x1d".
        refused(length): a read longer than any code; nothing of it is used.

    Attributes:
        at_search: whether the keyboard is in the search line.
    """

    scanned = Signal(str)
    refused = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        self._length = 0
        self._window: QWindow | None = None
        self._replaying = False
        self._swallowed: set[int] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._gap = GAP_MS
        self._since = QElapsedTimer()
        self._late, self._looked = 0, False
        self._pressed = 0
        self._ended, self._ended_at = QElapsedTimer(), 0
        self.at_search: Callable[[], bool] = lambda: False
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._on_pause)

    def set_gap(self, milliseconds: int) -> None:
        """The longest pause within a scan; slow wireless scanners need more than usual."""
        self._gap = milliseconds
        if self._pause.isActive():
            self._pause.start(milliseconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold, collect or pass on a key; True keeps it from the window."""
        if self._replaying or not isinstance(watched, QWindow):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_press(watched, event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._on_release(event)
        return False

    def _on_press(self, window: QWindow, event: QKeyEvent) -> bool:
        if self._length and (window is not self._window or self._came_after_a_pause(event)):
            self._let_go()
        self._pressed = event.timestamp() or self._pressed
        if _is_suffix(event) and (self._is_long_enough() or self._follows_a_scan(event)):
            self._swallowed.add(event.key())
            if self._length:
                self._finish()
            return True
        if event.key() in SHIFTS:
            return False
        if not _may_belong_to_a_scan(event):
            self._replay()
            return False
        self._window = window
        self._hold(event)
        return True

    def _hold(self, event: QKeyEvent) -> None:
        self._swallowed.add(event.key())
        self._length += 1
        if self._length <= MAX_LENGTH:
            self._held.append(event.clone())
        self._late = 0
        self._begin_pause()

    def _came_after_a_pause(self, event: QKeyEvent) -> bool:
        """Whether a hand may have paused before this key, however late it is handled."""
        return bool(
            event.timestamp() and self._pressed and event.timestamp() - self._pressed > self._gap
        )

    def _on_release(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        return False

    def _begin_pause(self) -> None:
        self._since.start()
        self._looked = False
        self._pause.start(self._gap)

    def _on_pause(self) -> None:
        """No key came in time; unless this is late itself, or keys wait behind it in the queue."""
        late = self._since.elapsed() > self._gap + LATE_MS
        if late and self._late < MOST_LATE:
            self._late += 1
            self._begin_pause()
        elif not self._looked:
            self._looked = True
            self._pause.start(0)
        else:
            self._let_go()

    def _let_go(self) -> None:
        """What is held ends without a suffix: so many at once are a scan, fewer were typed."""
        if self._length >= (NO_HAND if self.at_search() else NO_HAND_ELSEWHERE):
            self._finish()
        else:
            self._replay()

    def _finish(self) -> None:
        """The held keys were a scan: tell it, and forget the keys."""
        text, length = "".join(key.text() for key in self._held), self._length
        self._ended_at = self._pressed
        self._ended.start()
        self._forget()
        if length > MAX_LENGTH:
            self.refused.emit(length)
        else:
            self.scanned.emit(text)

    def _is_long_enough(self) -> bool:
        return self._length >= (MIN_LENGTH if self.at_search() else MIN_ELSEWHERE)

    def _follows_a_scan(self, event: QKeyEvent) -> bool:
        """Whether it is what a scanner sends behind the end of a code."""
        if self._length or not self._ended.isValid():
            return False
        if event.timestamp() and self._ended_at:
            return event.timestamp() - self._ended_at <= AFTER_MS
        return not self._ended.hasExpired(AFTER_MS)

    def _replay(self) -> None:
        """The held keys were typed: hand them to the window they were meant for."""
        held, window = self._held, self._window
        self._forget()
        if not held or window is None:
            return
        self._replaying = True
        for key in held:
            QCoreApplication.sendEvent(window, key)
            QCoreApplication.sendEvent(window, _release_of(key))
        self._replaying = False

    def _forget(self) -> None:
        self._pause.stop()
        self._held, self._length, self._pressed = [], 0, 0


def _is_suffix(event: QKeyEvent) -> bool:
    return event.key() in SUFFIXES or event.text() in SUFFIX_SIGNS


def _may_belong_to_a_scan(event: QKeyEvent) -> bool:
    if event.isAutoRepeat() or event.modifiers() & COMMANDS:
        return False
    text = event.text()
    return bool(text) and (text.isprintable() or text == GROUP_SEPARATOR)


def _release_of(press: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyRelease, press.key(), press.modifiers(), press.text())
