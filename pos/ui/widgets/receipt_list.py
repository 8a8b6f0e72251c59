"""The list of receipts, drawn in two rows each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pos.ports.store import ReceiptRow
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.receipts import RECEIPT, Index, receipt_detail, receipt_title
from pos.ui.widgets.basics import finger_scroll
from pos.ui.widgets.drawing import paint_row_ground, right_margin

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ReceiptDelegate(QStyledItemDelegate):
    """Draws one receipt: number and total, under them when, who and how paid."""

    def __init__(self, face: Face, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._face = face

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(0, self._face.look.px(60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the receipt at `index`."""
        receipt: ReceiptRow = index.data(RECEIPT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        state = option.state
        look, px = self._face.look, self._face.look.px
        paint_row_ground(
            painter, look, option, selected=bool(state & QStyle.StateFlag.State_Selected)
        )
        inner = area.adjusted(px(16), px(9), -right_margin(option, px(16)), -px(9))
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.54)
        below = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
        painter.setFont(look.font(tokens.BODY, tokens.SEMIBOLD))
        painter.setPen(look.colour("text"))
        painter.drawText(
            top, MIDDLE | Qt.AlignmentFlag.AlignLeft, receipt_title(self._face, receipt)
        )
        painter.setFont(look.font(tokens.LEAD, tokens.BOLD, figures=True))
        painter.setPen(look.colour("strong"))
        total = self._face.money(receipt.total)
        painter.drawText(top, MIDDLE | Qt.AlignmentFlag.AlignRight, total)
        small = look.font(tokens.CAPTION, tokens.MEDIUM)
        painter.setFont(small)
        painter.setPen(look.colour("soft"))
        detail = QFontMetricsF(small).elidedText(
            receipt_detail(self._face, receipt), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, MIDDLE | Qt.AlignmentFlag.AlignLeft, detail)
        painter.restore()


class ReceiptList(QListView):
    """The list itself."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.setItemDelegate(ReceiptDelegate(face, self))
        self.setUniformItemSizes(True)
        self.setProperty("ring", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(face.text("history.title"))
        finger_scroll(self.viewport())
