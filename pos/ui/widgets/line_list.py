"""The lines of the sale, drawn by a delegate of their own."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pos.till.sale_views import LineView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import paint_icon
from pos.ui.models.line_items import LINE
from pos.ui.models.line_text import line_detail, line_mark, reduction_words
from pos.ui.widgets.basics import finger_scroll
from pos.ui.widgets.drawing import paint_row_ground, right_margin
from pos.ui.widgets.stamps import Stamps
from pos.ui.widgets.tile_grid import CHOICE_ICON

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex
REDUCTION = 20
"""Height of a row that says what came off."""
MOST_LINES = 100


class LineDelegate(QStyledItemDelegate):
    """Draws one line: name and amount, and under them how the amount came about."""

    def __init__(self, face: Face, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._face = face
        self._stamps = Stamps(MOST_LINES)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A deposit takes half the height: it comes with the line above it."""
        line: LineView = index.data(LINE)
        height = 60 if line.deposit_of is None else 34
        return QSize(0, self._face.look.px(height + REDUCTION * len(line.reductions)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line at `index`."""
        line: LineView = index.data(LINE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, self._face.look, option, selected=selected)
        shown = (line, right_margin(option, self._face.look.px(16)))
        self._stamps.put(painter, shown, option.rect, lambda stamp: self._draw(stamp, option, line))

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, line: LineView) -> None:
        area, px = QRectF(option.rect), self._face.look.px
        off = px(REDUCTION) * len(line.reductions)
        below = QRectF(area.left(), area.bottom() - off, area.width(), off)
        area.setBottom(below.top())
        if line.reductions:
            below.adjust(px(16), -px(7), -right_margin(option, px(16)), -px(7))
            self._reductions(painter, below, line)
        if line.deposit_of is None:
            inner = area.adjusted(px(16), px(9), -right_margin(option, px(16)), -px(9))
            self._words(painter, inner, line)
        else:
            inner = area.adjusted(px(32), 0, -right_margin(option, px(16)), 0)
            self._deposit(painter, inner, line)

    def _words(self, painter: QPainter, area: QRectF, line: LineView) -> None:
        look = self._face.look
        top = QRectF(area.left(), area.top(), area.width(), area.height() * 0.54)
        below = QRectF(area.left(), top.bottom(), area.width(), area.bottom() - top.bottom())
        amount = self._face.money(line.amount)
        font = look.font(tokens.LEAD, tokens.SEMIBOLD, figures=True)
        font.setStrikeOut(line.removed)
        painter.setFont(font)
        painter.setPen(look.colour("soft" if line.removed else "strong"))
        painter.drawText(top, RIGHT, amount)
        width = QFontMetricsF(font).horizontalAdvance(amount) + look.px(12)
        name_font = look.font(tokens.BODY, tokens.MEDIUM if line.removed else tokens.SEMIBOLD)
        name_font.setStrikeOut(line.removed)
        painter.setFont(name_font)
        painter.setPen(look.colour("soft" if line.removed else "text"))
        room = QRectF(top.left(), top.top(), top.width() - width, top.height())
        name = QFontMetricsF(name_font).elidedText(
            line.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, LEFT, name)
        self._detail(painter, below, line)

    def _deposit(self, painter: QPainter, area: QRectF, line: LineView) -> None:
        look, px = self._face.look, self._face.look.px
        font = look.font(tokens.CAPTION, tokens.MEDIUM)
        font.setStrikeOut(line.removed)
        painter.setFont(font)
        painter.setPen(look.colour("soft"))
        side = px(14)
        where = QRectF(area.left(), area.center().y() - side / 2, side, side)
        paint_icon(painter, "recycle", look.colour("soft"), where)
        words = f"{line.name}  {line_detail(self._face, line)}"
        painter.drawText(area.adjusted(side + px(8), 0, 0, 0), LEFT, words)
        amount_font = look.font(tokens.BODY, tokens.MEDIUM, figures=True)
        amount_font.setStrikeOut(line.removed)
        painter.setFont(amount_font)
        painter.drawText(area, RIGHT, self._face.money(line.amount))

    def _reductions(self, painter: QPainter, area: QRectF, line: LineView) -> None:
        """What came off, each with its sign and its word."""
        look = self._face.look
        height = area.height() / len(line.reductions)
        painter.setFont(look.font(tokens.CAPTION, tokens.SEMIBOLD, figures=True))
        painter.setPen(look.colour("soft" if line.removed else "discount"))
        for place, one in enumerate(line.reductions):
            where = QRectF(area.left(), area.top() + place * height, area.width(), height)
            amount = self._face.off(one.amount)
            painter.drawText(where, RIGHT, amount)
            room = where.width() - painter.fontMetrics().horizontalAdvance(amount) - look.px(12)
            words = painter.fontMetrics().elidedText(
                reduction_words(self._face, one), Qt.TextElideMode.ElideRight, int(room)
            )
            painter.drawText(where, LEFT, words)

    def _detail(self, painter: QPainter, area: QRectF, line: LineView) -> None:
        look = self._face.look
        painter.setFont(look.font(tokens.CAPTION, tokens.MEDIUM))
        painter.setPen(look.colour("soft"))
        room = QRectF(area)
        if line.goods.options:
            side = look.px(14)
            where = QRectF(area.left(), area.center().y() - side / 2, side, side)
            paint_icon(painter, CHOICE_ICON, look.colour("soft"), where)
            room.setLeft(where.right() + look.px(6))
        room.setRight(self._mark(painter, area, line))
        painter.setPen(look.colour("soft"))
        metrics, elide = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        words = metrics.elidedText(line_detail(self._face, line), elide, int(room.width()))
        painter.drawText(room, LEFT, words)

    def _mark(self, painter: QPainter, area: QRectF, line: LineView) -> float:
        """What is special about the line, at the right edge; answers where it begins."""
        look = self._face.look
        icon, words, tone = line_mark(self._face, line)
        if not words:
            return area.right()
        painter.setPen(look.colour(tone))
        painter.drawText(area, RIGHT, words)
        width = painter.fontMetrics().horizontalAdvance(words)
        side = look.px(15)
        left = area.right() - width - side - look.px(5)
        where = QRectF(left, area.center().y() - side / 2, side, side)
        paint_icon(painter, icon, look.colour(tone), where)
        return left - look.px(8)


class LineList(QListView):
    """The list of lines. The keyboard stays in the search line; arrows reach it from there."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.setItemDelegate(LineDelegate(face, self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(face.text("sale.lines"))
        finger_scroll(self.viewport())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is selected stays in sight when the list has less room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def selected_line(self) -> LineView | None:
        """The line that commands are meant for."""
        index = self.currentIndex()
        return index.data(LINE) if index.isValid() else None

    def step(self, by: int) -> None:
        """Move the selection up or down."""
        if (count := self.model().rowCount()) == 0:
            return
        row = max(0, min(count - 1, self.currentIndex().row() + by))
        self.select(row)

    def select(self, row: int) -> None:
        """Select a row and bring it into sight."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
