"""Keys pressed twice by accident: the second press does nothing on what the first one brought.

A finger that bounces on F10 or Enter would else pay exactly what is due on the page that has
only just come, or put away the change nobody has read. Touches have the same guard in their keys
(`pos.ui.widgets.button`); scans never come here, the scanner filter keeps them.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow

SECOND_MS = 300
"""So soon nobody presses a key on purpose for what has just come into sight."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NOT_HELD = (*ENTER, Qt.Key.Key_Space, Qt.Key.Key_F10)
"""Held down they count once: Enter held too long must not pay."""
NAMED = (Qt.Key.Key_Insert, Qt.Key.Key_Pause, Qt.Key.Key_Menu)


class SecondPress(QObject):
    """An event filter of the window, behind the scanner filter. Nothing that is typed is kept
    back: a digit begins the amount, and whoever types has seen the page.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = QElapsedTimer()
        self._grave = False
        self._key, self._stamp = Qt.Key.Key_unknown, 0
        self._pressed = QElapsedTimer()
        self._turned = False

    def turned(self, grave: bool) -> None:
        """Another page or pane came into sight; a grave one takes money or shows the change."""
        self._turned, self._grave = True, grave
        self._shown.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True keeps a key from the window."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWindow):
            return False
        if event.isAutoRepeat():
            return event.key() in NOT_HELD
        second = self._is_bounce(event) or self._is_early(event)
        if not second:
            self._key, self._turned = Qt.Key(event.key()), False
            self._grave = self._grave and not _types(event)
        self._stamp = event.timestamp()
        self._pressed.start()
        return second

    def _is_bounce(self, event: QKeyEvent) -> bool:
        """The same key again, and its first press has brought something else into sight."""
        if event.key() != self._key or not self._turned or not (self._grave or _acts(event)):
            return False
        if event.timestamp() and self._stamp:
            return event.timestamp() - self._stamp < SECOND_MS
        return self._pressed.elapsed() < SECOND_MS

    def _is_early(self, event: QKeyEvent) -> bool:
        """A key that would pay or go on before anybody could see where it works."""
        early = self._grave and self._shown.isValid() and self._shown.elapsed() < SECOND_MS
        return early and (_acts(event) or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape))


def _acts(event: QKeyEvent) -> bool:
    """Enter, function keys and their like: they do something at once."""
    key = event.key()
    return key in ENTER or key in NAMED or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def _types(event: QKeyEvent) -> bool:
    return bool(event.text()) and event.text().isprintable()
