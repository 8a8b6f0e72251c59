"""A line of short facts that says fewer of them where there is little room, but each one whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class FactsLine(QLabel):
    """Facts in the order they are read; `kept` says which of them stay longest.

    Args:
        between: what stands between two facts.
    """

    def __init__(self, between: str) -> None:
        super().__init__()
        self.setProperty("role", "caption")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._between = between
        self._facts: tuple[str, ...] = ()
        self._kept: tuple[int, ...] = ()

    def show_facts(self, facts: tuple[str, ...], kept: tuple[int, ...] = ()) -> None:
        """Say these; `kept` are their places, the most needed first, else as they stand."""
        if (facts, kept) != (self._facts, self._kept):
            self._facts, self._kept = facts, kept
            self.setToolTip(self._between.join(facts))
            self.fit()

    def fit(self) -> None:
        """Say as many as there is room for: half a date says nothing."""
        metrics, room = self.fontMetrics(), self.width()
        order = list(self._kept or range(len(self._facts)))
        while len(order) > 1 and metrics.horizontalAdvance(self._joined(order)) > room:
            order.pop()
        text = metrics.elidedText(self._joined(order), Qt.TextElideMode.ElideRight, room)
        if text != self.text():
            self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other facts."""
        super().resizeEvent(event)
        self.fit()

    def _joined(self, places: list[int]) -> str:
        return self._between.join(self._facts[place] for place in sorted(places))
