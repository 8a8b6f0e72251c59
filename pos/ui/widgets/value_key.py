"""The key of one value to choose: swatch or picture, name, price, and a mark where it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from pos.till.choice_views import AttributeView, ValueView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import paint_icon
from pos.ui.models.line_text import unit_price
from pos.ui.widgets.button import Key
from pos.ui.widgets.pictures import PLATE, paint_picture

ROWS = ("radio", "list")
"""Displays that take a whole row a value; the others flow (ETRON-16)."""
SIGN, RING, DOT = 40, 20, 16
"""Sides of a picture or swatch, of a radio ring, and of the swatch at a picture's corner."""


class ValueKey(Key):
    """A value as its attribute wants it shown. State is told by a sign and words, not by colour
    alone; a colour has its name beside it.
    """

    def __init__(self, face: Face, attribute: AttributeView, value: ValueView) -> None:
        super().__init__(face.look, value.name, height=56)
        self._face, self._value = face, value
        self._display = attribute.display
        self._price = unit_price(face, value.price)
        self._gone = face.text("choice.gone")
        self.attribute, self.value = attribute.number, value.number
        self.setCheckable(True)
        self.setChecked(attribute.chosen == value.number)
        self.setEnabled(value.is_there)
        wide = QSizePolicy.Policy.Expanding if self._is_row else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        below = self._price if value.is_there else self._gone
        self.setAccessibleName(f"{attribute.name}: {value.name}")
        self.setAccessibleDescription(below)

    @property
    def _is_row(self) -> bool:
        return self._display in ROWS

    @property
    def _has_sign(self) -> bool:
        return bool(self._value.colour or self._value.picture)

    @property
    def _left_width(self) -> int:
        """What ring and sign take before the words begin."""
        ring = RING + 10 if self._display == "radio" else 0
        return self.look.px(ring + (SIGN + 10 if self._has_sign else 0))

    def sizeHint(self) -> QSize:
        """Room for sign, name and price, and for the mark of what is chosen."""
        px = self.look.px
        name = QFontMetricsF(self.font()).horizontalAdvance(self._value.name)
        price = QFontMetricsF(self._small()).horizontalAdvance(max(self._below, key=len))
        words = name + price + px(16) if self._is_row else max(name, price)
        return QSize(round(words + self._left_width + px(24 + 26)), self.minimumHeight())

    @property
    def _below(self) -> tuple[str, str]:
        return self._price, "" if self._value.is_there else self._gone

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground comes from the style sheet, the rest is drawn here."""
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        px = self.look.px
        area = QRectF(self.rect()).adjusted(px(12), px(6), -px(12), -px(6))
        left = area.left()
        if self._display == "radio":
            self._paint_ring(painter, _square(left, area, px(RING)))
            left += px(RING + 10)
        if self._has_sign:
            self._paint_sign(painter, _square(left, area, min(px(SIGN), area.height())))
        area.setLeft(area.left() + self._left_width)
        if self.isChecked():
            mark = QRectF(area.right() - px(18), area.center().y() - px(9), px(18), px(18))
            paint_icon(painter, "check", self.look.colour("accent"), mark)
        area.setRight(area.right() - px(26))
        self._paint_name(painter, area)

    def _paint_ring(self, painter: QPainter, where: QRectF) -> None:
        """One of several: the ring is filled where this is the one."""
        painter.setPen(QPen(self.look.colour("accent" if self.isChecked() else "edge"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(where.adjusted(1, 1, -1, -1))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour("accent"))
            inset = where.width() * 0.28
            painter.drawEllipse(where.adjusted(inset, inset, -inset, -inset))

    def _paint_sign(self, painter: QPainter, where: QRectF) -> None:
        """The picture on a light plate, so that black goods show on dark ground; a swatch alone
        fills the place, beside a picture it sits at its corner."""
        if not self._value.picture:
            self._paint_swatch(painter, where.adjusted(3, 3, -3, -3))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PLATE))
        painter.drawRoundedRect(where, tokens.RADIUS, tokens.RADIUS)
        inset = self.look.px(3)
        inner = where.adjusted(inset, inset, -inset, -inset)
        paint_picture(painter, self._face, self._value.picture, inner)
        if self._value.colour:
            side = self.look.px(DOT)
            corner = QRectF(where.right() - side + 4, where.bottom() - side + 4, side, side)
            self._paint_swatch(painter, corner)

    def _paint_swatch(self, painter: QPainter, where: QRectF) -> None:
        """A disc with two rims: one shows on light ground, the other on dark."""
        painter.setPen(QPen(self.look.colour("edge"), 1.5))
        painter.setBrush(QColor(PLATE))
        painter.drawEllipse(where)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._value.colour))
        painter.drawEllipse(where.adjusted(2.5, 2.5, -2.5, -2.5))

    def _paint_name(self, painter: QPainter, area: QRectF) -> None:
        words = self._gone if not self._value.is_there else self._price
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(self.font())
        painter.setPen(self.ink())
        if self._is_row:
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, left | middle, self._value.name)
            painter.setFont(self._small())
            painter.setPen(self.hint_ink())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, words)
            return
        half = area.height() / 2
        above = QRectF(area.left(), area.top(), area.width(), half)
        painter.drawText(above, left | Qt.AlignmentFlag.AlignBottom, self._value.name)
        painter.setFont(self._small())
        painter.setPen(self.hint_ink())
        below = QRectF(area.left(), area.top() + half + 1, area.width(), half)
        painter.drawText(below, left | Qt.AlignmentFlag.AlignTop, words)

    def _small(self) -> QFont:
        return self.look.font(tokens.CAPTION, tokens.MEDIUM, figures=True)


def _square(left: float, area: QRectF, side: float) -> QRectF:
    """A square in the middle of an area's height."""
    return QRectF(left, area.center().y() - side / 2, side, side)
