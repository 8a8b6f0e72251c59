"""The key of the till: icon, words and the key that does the same, on one big target."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from pos.ui import tokens
from pos.ui.icons import paint_icon
from pos.ui.look import Look
from pos.ui.widgets.stamps import Stamps

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
MOST_STATES = 6
"""Drawings a key keeps of itself: at rest, under the finger, with another word."""
BOUNCE_MS = 300
"""So long a key that has just appeared takes no touch (opensourcepos 3081)."""
INK = {"primary": "on_accent", "danger": "danger", "quiet": "text", "warn": "warn"}


class Key(QPushButton):
    """A push button drawn from the tokens. It takes the keyboard by Tab only, never by touch,
    so that typing goes on where it was.

    Attributes:
        kind: "key", "plain", "quiet", "primary", "danger", "warn": its ground.
        hint: the key on the keyboard that does the same, shown on the control.
        detail: what stands at the right of a wide key, such as an amount.
        caption: a second, quieter line under the words of a wide key.
        badge: a small count at the corner of a stacked key.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        icon: str = "",
        hint: str = "",
        detail: str = "",
        caption: str = "",
        kind: str = "key",
        size: int = tokens.BODY,
        height: int = 56,
        stacked: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.look, self.icon_name, self.hint, self.detail = look, icon, look.key(hint), detail
        self.caption, self.badge = caption, ""
        self.kind, self.stacked = kind, stacked
        self._size = size
        self._shown = QElapsedTimer()
        self._stamps = Stamps(MOST_STATES)
        self.setProperty("kind", kind)
        self.setFont(look.font(size, tokens.SEMIBOLD))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(look.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or text)
        self.setAccessibleDescription(" ".join(filter(None, (caption, self.hint))))

    def set_kind(self, kind: str) -> None:
        """Change the ground, for a key whose weight depends on the state."""
        if kind != self.kind:
            self.kind = kind
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_text(self, text: str, detail: str = "") -> None:
        """Change the words, and the name a screen reader says."""
        if (text, detail) != (self.text(), self.detail):
            self.setText(text)
            self.detail = detail
            self.setAccessibleName(f"{text} {detail}".strip())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for everything that is drawn."""
        width = self._words_width() + self.look.px(24)
        height = self.minimumHeight()
        if self.stacked:
            height = max(height, self.look.px(66))
        return QSize(max(round(width + 0.5), self.look.px(tokens.TARGET)), height)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it is in sight."""
        self._shown.start()
        super().showEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger that bounces must not press the key that came in the place of another."""
        if self._shown.isValid() and self._shown.elapsed() < BOUNCE_MS:
            event.accept()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses; arrows are the screen's, not for wandering between keys."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground comes from the style sheet, the rest is drawn here."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words = (self.text(), self.hint, self.detail, self.caption, self.badge)
        shown = (*words, self.icon_name, self.kind, self.isDefault(), option.state.value)

        def draw(stamp: QPainter) -> None:
            option.text = ""
            self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, stamp, self)
            if self.stacked:
                self._paint_stacked(stamp)
            else:
                self._paint_row(stamp)

        painter = QPainter(self)
        self._stamps.put(painter, shown, self.rect(), draw)
        painter.end()

    def ink(self) -> QColor:
        """The colour of the words."""
        if not self.isEnabled():
            return self.look.colour("soft")
        return self.look.colour(INK.get(self.kind, "text"))

    def hint_ink(self) -> QColor:
        """The colour of the key's name: quiet, but readable."""
        return self.ink() if self.kind in ("primary", "warn") else self.look.colour("soft")

    def _words_width(self) -> float:
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        hint = self._small_width(self.hint)
        if self.stacked:
            icon_row = self.look.px(24) + (hint + self.look.px(8) if hint else 0)
            return max(words, icon_row) - self.look.px(8)
        icon = self.look.px(20 + 10) if self.icon_name else 0
        if not self.text():
            icon = self.look.px(22)
        detail = QFontMetricsF(self._detail_font()).horizontalAdvance(self.detail)
        words = max(words, self._small_width(self.caption))
        gaps = self.look.px(10) * (bool(self.hint) + bool(self.detail) * 2)
        return icon + words + hint + detail + gaps

    def _small_width(self, text: str) -> float:
        font = self.look.font(tokens.CAPTION, tokens.MEDIUM)
        return QFontMetricsF(font).horizontalAdvance(text) if text else 0

    def _detail_font(self) -> QFont:
        if self.kind == "primary":
            return self.look.font(tokens.TITLE, tokens.BOLD, figures=True)
        return self.look.font(self._size, tokens.MEDIUM, figures=True)

    def _paint_row(self, painter: QPainter) -> None:
        side = self.look.px(12)
        area = QRectF(self.rect()).adjusted(side, 0, -side, 0)
        spread = bool(self.hint or self.detail or self.caption)
        icon = self.look.px(20 if self.text() else 22)
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        gap = self.look.px(10) if self.text() else 0
        content = words + (icon + gap if self.icon_name else 0)
        left = area.left() if spread else area.left() + (area.width() - content) / 2
        if self.icon_name:
            top = (self.height() - icon) / 2
            paint_icon(painter, self.icon_name, self.ink(), QRectF(left, top, icon, icon))
            left += icon + gap
        self._paint_words(painter, QRectF(left, 0, area.right() - left, self.height()))
        self._paint_right(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self.font())
        painter.setPen(self.ink())
        if not self.caption:
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
            return
        middle = area.center().y()
        above = QRectF(area.left(), 0, area.width(), middle)
        painter.drawText(above, Qt.AlignmentFlag.AlignBottom, self.text())
        painter.setFont(self.look.font(tokens.CAPTION, tokens.MEDIUM))
        painter.setPen(self.hint_ink())
        below = QRectF(area.left(), middle + 2, area.width(), middle)
        painter.drawText(below, Qt.AlignmentFlag.AlignTop, self.caption)

    def _paint_right(self, painter: QPainter, area: QRectF) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        right = QRectF(area)
        if self.hint:
            painter.setFont(self.look.font(tokens.CAPTION, tokens.MEDIUM))
            painter.setPen(self.hint_ink())
            painter.drawText(right, flags, self.hint)
            right.setRight(right.right() - self._small_width(self.hint) - self.look.px(12))
        if self.detail:
            painter.setFont(self._detail_font())
            painter.setPen(self.ink())
            painter.drawText(right, flags, self.detail)

    def _paint_stacked(self, painter: QPainter) -> None:
        pad, icon = self.look.px(8), self.look.px(20)
        line = QFontMetricsF(self.font()).height()
        block = icon + self.look.px(6) + line
        top = (self.height() - block) / 2
        if self.icon_name:
            paint_icon(painter, self.icon_name, self.ink(), QRectF(pad, top, icon, icon))
        if self.badge:
            corner = QRectF(pad + icon * 0.6, top - icon * 0.4, icon * 0.9, icon * 0.9)
            self._paint_badge(painter, corner)
        if self.hint:
            painter.setFont(self.look.font(tokens.CAPTION, tokens.MEDIUM))
            painter.setPen(self.hint_ink())
            area = QRectF(pad, top, self.width() - 2 * pad, icon)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.hint
            )
        painter.setFont(self.font())
        painter.setPen(self.ink())
        area = QRectF(pad, top + icon + self.look.px(6), self.width() - 2 * pad, line)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_badge(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("accent"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(self.look.colour("on_accent"))
        painter.setFont(self.look.font(tokens.CAPTION, tokens.BOLD))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.badge)
