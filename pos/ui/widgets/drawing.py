"""Drawing that several lists share."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QStyleOptionViewItem

from pos.ui import tokens
from pos.ui.look import Look


def paint_row_ground(
    painter: QPainter, look: Look, option: QStyleOptionViewItem, *, selected: bool
) -> None:
    """The ground of a row: a tint and a bar at its edge where selected, else a hairline below."""
    area, px = QRectF(option.rect), look.px(4)
    right = min(px, right_margin(option, px))
    if not selected:
        painter.setPen(look.colour("hairline"))
        y = area.bottom() - 0.5
        painter.drawLine(
            QLineF(area.left() + 4 * px, y, area.right() - right_margin(option, 4 * px), y)
        )
        return
    mark = area.adjusted(px, 2, -right, -2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent_soft"))
    painter.drawRoundedRect(mark, tokens.RADIUS, tokens.RADIUS)
    painter.setBrush(look.colour("accent"))
    bar = QRectF(mark.left(), mark.top() + px * 2, px, mark.height() - px * 4)
    painter.drawRoundedRect(bar, px / 2, px / 2)


def right_margin(option: QStyleOptionViewItem, margin: int) -> int:
    """What is left of a margin beside a scroll bar, so that amounts stay where they are."""
    view = option.widget
    if isinstance(view, QAbstractScrollArea):
        margin -= view.width() - view.viewport().width()
    return max(2, margin)
