"""The list of cards, drawn in two rows each: programme and balance, then code, owner and day."""

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

from pos.till.voucher_views import CardRowView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.models.card_text import card_detail
from pos.ui.models.cards import CARD, Index
from pos.ui.widgets.basics import finger_scroll
from pos.ui.widgets.drawing import paint_row_ground, right_margin

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CardDelegate(QStyledItemDelegate):
    """Draws one card."""

    def __init__(self, face: Face, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._face = face

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(0, self._face.look.px(60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the card at `index`; what is reserved is said under what is left."""
        card: CardRowView = index.data(CARD)
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
        painter.drawText(top, MIDDLE | Qt.AlignmentFlag.AlignLeft, card.programme)
        painter.setFont(look.font(tokens.LEAD, tokens.BOLD, figures=True))
        painter.setPen(look.colour("strong" if card.balance else "soft"))
        balance = self._face.money(card.balance)
        painter.drawText(top, MIDDLE | Qt.AlignmentFlag.AlignRight, balance)
        self._paint_below(painter, below, card)
        painter.restore()

    def _paint_below(self, painter: QPainter, below: QRectF, card: CardRowView) -> None:
        look = self._face.look
        small = look.font(tokens.CAPTION, tokens.MEDIUM)
        painter.setFont(small)
        painter.setPen(look.colour("soft"))
        room = below.width()
        if card.available != card.balance:
            held = self._face.text("card.held", amount=card.balance - card.available)
            painter.drawText(below, MIDDLE | Qt.AlignmentFlag.AlignRight, held)
            room -= QFontMetricsF(small).horizontalAdvance(held) + look.px(12)
        detail = card_detail(self._face, card)
        shown = QFontMetricsF(small).elidedText(detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(below, MIDDLE | Qt.AlignmentFlag.AlignLeft, shown)


class CardList(QListView):
    """The list itself."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.setItemDelegate(CardDelegate(face, self))
        self.setUniformItemSizes(True)
        self.setProperty("ring", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(face.text("cards.title"))
        finger_scroll(self.viewport())
