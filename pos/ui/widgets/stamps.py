"""What was drawn once is stamped the next time: a page full of keys and tiles appears at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap


class Stamps:
    """Keeps drawings by what they show; where there are too many it begins anew.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, QPixmap] = {}

    def put(
        self,
        painter: QPainter,
        shown: Hashable,
        area: QRect,
        draw: Callable[[QPainter], None],
    ) -> None:
        """Put a drawing at `area`; `draw` makes it, in the same place, if it isn't kept yet.

        Args:
            shown: everything the drawing depends on, save its size and the screen.
        """
        ratio = painter.device().devicePixelRatio()
        key = (shown, area.width(), area.height(), ratio)
        pixmap = self._kept.get(key)
        if pixmap is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            pixmap = self._kept[key] = _drawn(area, ratio, draw)
        painter.drawPixmap(area.topLeft(), pixmap)


def _drawn(area: QRect, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(area.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(-area.topLeft())
    draw(painter)
    painter.end()
    return pixmap
