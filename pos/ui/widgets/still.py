"""A row whose words change all the time, while its place does not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Still(QWidget):
    """Holds a widget, and keeps from the layouts around it what changes inside.

    Other words want another width, and each layout up to the window would be asked for it: with
    every scan, for a total whose width nobody needs. Only another height is told.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content, self._height = content, -1
        content.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        """Something changed inside."""
        if event.type() == QEvent.Type.LayoutRequest:
            height = self._content.sizeHint().height()
            if height != self._height:
                self._height = height
                self.updateGeometry()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self._content.sizeHint().height())

    minimumSizeHint = sizeHint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content has all the room."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())
