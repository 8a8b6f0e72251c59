"""A long press on an entry of a list: asks about it instead of choosing it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

HELD_MS = 500


class LongPress(QObject):
    """Watches one list. The release after a long press is kept from the list, so that nothing is
    chosen by it. The right button of a mouse means the same at once.

    Signals:
        held(row): an entry was pressed long.
    """

    held = Signal(int)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._from = QPoint()
        self._done = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HELD_MS)
        self._timer.timeout.connect(self._on_time)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait while a finger rests; a finger that moves scrolls."""
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._on_press(event)
            case QEvent.Type.MouseMove:
                moved = (event.position().toPoint() - self._from).manhattanLength()
                if moved > QApplication.startDragDistance():
                    self._timer.stop()
            case QEvent.Type.MouseButtonRelease:
                self._timer.stop()
                done, self._done = self._done, False
                return done
        return False

    def _on_press(self, event: QMouseEvent) -> bool:
        self._from, self._done = event.position().toPoint(), False
        if event.button() is Qt.MouseButton.RightButton:
            self._on_time()
            return True
        self._timer.start()
        return False

    def _on_time(self) -> None:
        index = self._view.indexAt(self._from)
        if index.isValid():
            self._done = True
            self.held.emit(index.row())
