"""A card as it is drawn on the screen: programme, owner, code, last day, and the balance large."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.documents.voucher_card import grouped
from pos.till.voucher_views import CardView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import paint_icon

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CardFace(QWidget):
    """Drawn in the primary colour, so that it is known at a glance what is on the screen."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._card: CardView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: CardView) -> None:
        """Show another card, or the same in another state."""
        self._card = card
        self.setAccessibleName(", ".join(filter(None, self._said(card))))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its four rows."""
        return QSize(self._face.look.px(320), self._face.look.px(168))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the words."""
        card, look, px = self._card, self._face.look, self._face.look.px
        if card is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QLinearGradient(area.topLeft(), area.bottomRight())
        ground.setColorAt(0, look.colour("accent"))
        ground.setColorAt(1, look.colour("accent_pressed"))
        painter.setBrush(ground)
        painter.drawRoundedRect(area, tokens.RADIUS_LARGE, tokens.RADIUS_LARGE)
        painter.setPen(look.colour("on_accent"))
        inner = area.adjusted(px(20), px(16), -px(20), -px(14))
        self._paint_top(painter, inner, card)
        self._paint_balance(painter, inner, card)
        self._paint_foot(painter, inner, card)

    def _paint_top(self, painter: QPainter, inner: QRectF, card: CardView) -> None:
        px = self._face.look.px
        size = px(24)
        name = "wallet" if card.is_wallet else "gift"
        ink = self._face.look.colour("on_accent")
        paint_icon(painter, name, ink, QRectF(inner.left(), inner.top(), size, size))
        top = QRectF(inner.left() + size + px(10), inner.top(), inner.width() - size, size)
        self._write(painter, top, card.name, self._font(tokens.LEAD, tokens.SEMIBOLD), LEFT, 0.6)
        self._write(
            painter, top.adjusted(0, 0, -px(10), 0), card.customer_name, self._font(), RIGHT, 0.4
        )

    def _paint_balance(self, painter: QPainter, inner: QRectF, card: CardView) -> None:
        px = self._face.look.px
        middle = QRectF(inner.left(), inner.top() + px(34), inner.width(), px(58))
        balance = self._face.money(card.available)
        font = self._face.look.font(tokens.DISPLAY, tokens.BOLD, figures=True)
        self._write(painter, middle, balance, font, LEFT, 1)
        if not card.confirmed:
            said = self._face.text("card.unconfirmed")
            self._write(painter, middle.adjusted(0, px(24), 0, 0), said, self._font(), RIGHT, 0.5)
        elif card.available != card.balance:
            held = self._face.text("card.held", amount=card.balance - card.available)
            self._write(painter, middle.adjusted(0, px(24), 0, 0), held, self._font(), RIGHT, 0.5)

    def _paint_foot(self, painter: QPainter, inner: QRectF, card: CardView) -> None:
        foot = QRectF(
            inner.left(),
            inner.bottom() - self._face.look.px(24),
            inner.width(),
            self._face.look.px(24),
        )
        code = QFont(tokens.MONO_FAMILY)
        code.setPixelSize(self._face.look.px(tokens.LEAD))
        code.setWeight(QFont.Weight(tokens.BOLD))
        shown = card.code if card.code.startswith("*") else grouped(card.code)
        self._write(painter, foot, shown, code, LEFT, 0.65)
        self._write(painter, foot, self._valid(card), self._font(), RIGHT, 0.4)

    def _write(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        font: QFont,
        align: Qt.AlignmentFlag,
        share: float,
    ) -> None:
        """One line, cut where it would run into what stands at the other side."""
        painter.setFont(font)
        width = area.width() * share
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(area, align, shown)

    def _font(self, size: int = tokens.BODY, weight: int = tokens.MEDIUM) -> QFont:
        return self._face.look.font(size, weight)

    def _valid(self, card: CardView) -> str:
        if card.expires is None:
            return self._face.text("card.for_ever")
        return self._face.text("card.until", day=card.expires)

    def _said(self, card: CardView) -> tuple[str, ...]:
        """What a screen reader says: not the code, for others may hear it."""
        money = self._face.money(card.available)
        masked = card.code if card.code.startswith("*") else ""
        doubt = "" if card.confirmed else self._face.text("card.unconfirmed")
        return card.name, card.customer_name, money, doubt, masked, self._valid(card), card.problem
