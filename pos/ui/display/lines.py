"""The lines of the sale as customers see them: name, how many, what it comes to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pos.till.sale_views import LineView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.line_items import LINE, LineItemsModel
from pos.ui.models.line_text import line_detail, reduction_words

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex
ROW, DEPOSIT, OFF = 58, 34, 22


class CustomerLineDelegate(QStyledItemDelegate):
    """Draws one line. What is the cashier's business alone, such as a price set by hand, isn't
    marked here.
    """

    def __init__(self, face: Face, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._face = face
        self.priced = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A deposit takes less room: it comes with the line above it."""
        line: LineView = index.data(LINE)
        height = ROW if line.deposit_of is None else DEPOSIT
        off = OFF * len(line.reductions) if self.priced else 0
        return QSize(0, self._face.look.px(height + off))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line at `index`."""
        line: LineView = index.data(LINE)
        px = self._face.look.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        painter.setPen(self._face.look.colour("hairline"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        area.adjust(px(20 if line.deposit_of is None else 36), px(4), -px(20), -px(4))
        off = px(OFF) * len(line.reductions) if self.priced else 0
        below = QRectF(area.left(), area.bottom() - off, area.width(), off)
        area.setBottom(below.top())
        if line.deposit_of is None:
            self._goods(painter, area, line)
        else:
            self._row(painter, area, line.name, line, tokens.BODY, "soft")
        if off:
            self._reductions(painter, below, line)
        painter.restore()

    def _goods(self, painter: QPainter, area: QRectF, line: LineView) -> None:
        look = self._face.look
        top = QRectF(area.left(), area.top(), area.width(), area.height() * 0.56)
        self._row(painter, top, line.name, line, tokens.LEAD, "text")
        painter.setFont(look.font(tokens.BODY, tokens.MEDIUM))
        painter.setPen(look.colour("soft"))
        below = QRectF(area.left(), top.bottom(), area.width(), area.bottom() - top.bottom())
        words = line_detail(self._face, line) if self.priced else counted(self._face, line)
        painter.drawText(below, LEFT, words)

    def _row(
        self, painter: QPainter, area: QRectF, words: str, line: LineView, size: int, ink: str
    ) -> None:
        look = self._face.look
        amount = self._face.money(line.amount) if self.priced else ""
        font = look.font(size, tokens.SEMIBOLD, figures=True)
        painter.setFont(font)
        painter.setPen(look.colour("strong" if ink == "text" else ink))
        painter.drawText(area, RIGHT, amount)
        metrics = QFontMetricsF(font)
        room = area.width() - metrics.horizontalAdvance(amount) - look.px(16)
        painter.setPen(look.colour(ink))
        painter.drawText(area, LEFT, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))

    def _reductions(self, painter: QPainter, area: QRectF, line: LineView) -> None:
        look = self._face.look
        painter.setFont(look.font(tokens.BODY, tokens.SEMIBOLD, figures=True))
        painter.setPen(look.colour("discount"))
        height = area.height() / len(line.reductions)
        for place, one in enumerate(line.reductions):
            where = QRectF(area.left(), area.top() + place * height, area.width(), height)
            painter.drawText(where, LEFT, reduction_words(self._face, one))
            painter.drawText(where, RIGHT, self._face.off(one.amount))


class CustomerLines(QListView):
    """The list of lines. It can't be touched; the newest line is always in sight."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._lines = LineItemsModel(face, self)
        self._delegate = CustomerLineDelegate(face, self)
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(face.text("sale.lines"))

    def show_lines(self, lines: tuple[LineView, ...], *, priced: bool) -> None:
        """Show these lines, with or without what they cost."""
        if priced != self._delegate.priced:
            self._delegate.priced = priced
            self._lines.show(())
        before = self._lines.rowCount()
        self._lines.show(lines)
        if len(lines) != before:
            self.scrollToBottom()


def counted(face: Face, line: LineView) -> str:
    """How many, without a price: "3", "2 Karton × 10" or "0,250 kg"."""
    if line.packs is not None and line.content is not None:
        packs, content = face.texts.quantity(line.packs), face.texts.quantity(line.content)
        return f"{packs} {line.packaging} × {content}"
    return f"{face.texts.quantity(line.quantity)} {line.unit}"
