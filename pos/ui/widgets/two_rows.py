"""A list whose items take two rows each: what it is and its amount, then more about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.rows import ROW
from pos.ui.widgets.basics import finger_scroll
from pos.ui.widgets.drawing import paint_row_ground, right_margin

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TwoRows(Struct, frozen=True):
    """What is said of one item.

    Attributes:
        aside: stands below the amount; the detail is shortened for it.
        faint: the amount is nothing to look at.
    """

    title: str
    amount: str
    detail: str
    aside: str = ""
    faint: bool = False


class TwoRowDelegate(QStyledItemDelegate):
    """Draws one item."""

    def __init__(
        self, face: Face, parent: QAbstractItemView, say: Callable[[Any], TwoRows]
    ) -> None:
        super().__init__(parent)
        self._face, self._say = face, say

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All items are equally high."""
        return QSize(0, self._face.look.px(60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the item at `index`."""
        said = self._say(index.data(ROW))
        look, px = self._face.look, self._face.look.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row_ground(painter, look, option, selected=selected)
        area = QRectF(option.rect)
        inner = area.adjusted(px(16), px(9), -right_margin(option, px(16)), -px(9))
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.54)
        below = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
        painter.setFont(look.font(tokens.BODY, tokens.SEMIBOLD))
        painter.setPen(look.colour("text"))
        painter.drawText(top, LEFT, said.title)
        painter.setFont(look.font(tokens.LEAD, tokens.BOLD, figures=True))
        painter.setPen(look.colour("soft" if said.faint else "strong"))
        painter.drawText(top, RIGHT, said.amount)
        self._paint_below(painter, below, said)
        painter.restore()

    def _paint_below(self, painter: QPainter, below: QRectF, said: TwoRows) -> None:
        look = self._face.look
        small = look.font(tokens.CAPTION, tokens.MEDIUM)
        painter.setFont(small)
        painter.setPen(look.colour("soft"))
        room = below.width()
        if said.aside:
            painter.drawText(below, RIGHT, said.aside)
            room -= QFontMetricsF(small).horizontalAdvance(said.aside) + look.px(12)
        detail = QFontMetricsF(small).elidedText(said.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(below, LEFT, detail)


class TwoRowList(QListView):
    """The list itself; `say` puts an item of its model into words."""

    def __init__(self, face: Face, name: str, say: Callable[[Any], TwoRows]) -> None:
        super().__init__()
        self.setItemDelegate(TwoRowDelegate(face, self, say))
        self.setUniformItemSizes(True)
        self.setProperty("ring", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        finger_scroll(self.viewport())
