"""Short beeps of the system, told apart by their number: one is good, two a code, three a fault.

The system's beep is all there is without a multimedia library; how loud it is, the system says.
"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

GAP_MS = 160


class Sound(IntEnum):
    """What happened; the value is how often it beeps."""

    SCANNED = 1
    NO_SUCH_CODE = 2
    FAULT = 3


class Beeper(QObject):
    """Plays one sound at a time: a notice about a scan that was heard already adds none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = 0
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(GAP_MS)
        self._next.timeout.connect(self._beep)

    def play(self, sound: Sound) -> None:
        """Beep, unless a sound is being heard still."""
        if not self._next.isActive():
            self._left = int(sound)
            self._beep()

    def _beep(self) -> None:
        if self._left:
            QApplication.beep()
            self._left -= 1
            self._next.start()
