"""Counting cash by notes and coins."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.domain.money import Money
from pos.domain.session import DENOMINATIONS, count_cash
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import row
from pos.ui.widgets.button import Key

SMALLEST_NOTE = 500
MOST_DIGITS = 4


class Pieces(QWidget):
    """How many of one note or coin: shows the denomination, the count and what it makes.

    Signals:
        changed(): another count.
        picked(): it was touched; typing goes here now.
    """

    changed = Signal()
    picked = Signal()

    def __init__(self, face: Face, denomination: int) -> None:
        super().__init__()
        self._face = face
        self.denomination, self.count = denomination, 0
        self._typed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def amount(self) -> Money:
        """What the pieces make."""
        return Money(self.denomination * self.count, self._face.currency)

    def set_count(self, count: int) -> None:
        """Take a count; more than four digits are a mistake."""
        self.show_count(max(0, min(10**MOST_DIGITS - 1, count)))
        self.changed.emit()

    def show_count(self, count: int) -> None:
        """Show a count without telling."""
        self.count = count
        self._name()
        self.update()

    def press(self, sign: str) -> None:
        """Type a digit, or take one back; the first digit after coming here starts anew."""
        if sign == "back":
            self.set_count(self.count // 10)
        elif sign.isdigit():
            self.set_count((self.count if self._typed else 0) * 10 + int(sign))
        self._typed = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits count, plus and minus step, arrows move on."""
        sign = "back" if event.key() == Qt.Key.Key_Backspace else event.text()
        if sign == "back" or (sign and sign in "0123456789"):
            self.press(sign)
        elif sign in ("+", "-") and sign:
            self.set_count(self.count + (1 if sign == "+" else -1))
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Typing goes here."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._typed = False
        self.picked.emit()
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """The ring goes away."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def sizeHint(self) -> QSize:
        """A row as high as a finger needs."""
        return QSize(self._face.look.px(146), self._face.look.px(tokens.TARGET))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Denomination at the left, count in a box, what it makes at the right."""
        look, px = self._face.look, self._face.look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        pen = painter.pen()
        pen.setColor(look.colour("focus" if focused else "hairline"))
        pen.setWidth(2 if focused else 1)
        painter.setPen(pen)
        painter.setBrush(look.colour("accent_soft" if focused else "surface"))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        inner = box.adjusted(px(12), 0, -px(12), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font(tokens.BODY, tokens.SEMIBOLD, figures=True))
        painter.setPen(look.colour("text"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, self._title())
        painter.setFont(look.font(tokens.LEAD, tokens.BOLD, figures=True))
        painter.setPen(look.colour("strong" if self.count else "soft"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, f"× {self.count}")
        if self.count and self.width() > px(240):
            painter.setFont(look.font(tokens.CAPTION, tokens.MEDIUM))
            painter.setPen(look.colour("soft"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self._face.money(self.amount))

    def _title(self) -> str:
        return self._face.money(Money(self.denomination, self._face.currency))

    def _name(self) -> None:
        made = self._face.money(self.amount)
        self.setAccessibleName(
            self._face.text("count.pieces", count=self.count, piece=self._title(), made=made)
        )


class Denominations(QWidget):
    """All notes and coins in columns, each with its steppers. `counts` is what a command takes.

    Signals:
        changed(): another sum.
    """

    changed = Signal()

    def __init__(self, face: Face, columns: int = 2) -> None:
        super().__init__()
        self._face = face
        self.rows = [Pieces(face, piece) for piece in DENOMINATIONS if 0 < piece <= 50000]
        self._current = self.rows[0]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        height = -(-len(self.rows) // columns)
        for number, pieces in enumerate(self.rows):
            pieces.changed.connect(self.changed)
            pieces.picked.connect(self._on_picked)
            line = self._stepped(pieces)
            grid.addLayout(line, number % height, number // height)

    def _stepped(self, pieces: Pieces):  # type: ignore[no-untyped-def]
        less = self._stepper(pieces, "minus", -1)
        more = self._stepper(pieces, "plus", 1)
        line = row(less, pieces, more, gap=6)
        line.setStretch(1, 1)
        return line

    def _stepper(self, pieces: Pieces, icon: str, by: int) -> Key:
        key = Key(
            self._face.look,
            icon=icon,
            height=48,
            name=self._face.text(f"count.{icon}", piece=pieces._title()),
        )
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setFixedWidth(self._face.look.px(tokens.TARGET))
        key.setAutoRepeat(True)
        key.setProperty("pieces", self.rows.index(pieces))
        key.setProperty("by", by)
        key.clicked.connect(self._on_step)
        return key

    @property
    def counts(self) -> dict[str, int]:
        """Pieces by denomination in minor units, as text; those without pieces are left out."""
        return {str(row.denomination): row.count for row in self.rows if row.count}

    @property
    def total(self) -> Money:
        """What all pieces make."""
        return count_cash(self.counts, self._face.currency)

    def press(self, sign: str) -> None:
        """Type into the row that was touched last."""
        self._current.press(sign)

    def clear(self) -> None:
        """Start counting anew; told once, when all rows are empty."""
        for pieces in self.rows:
            pieces.show_count(0)
        self.changed.emit()

    def _on_step(self) -> None:
        key = self.sender()
        pieces = self.rows[int(key.property("pieces"))]
        pieces.set_count(pieces.count + int(key.property("by")))

    def _on_picked(self) -> None:
        picked = self.sender()
        if isinstance(picked, Pieces):
            self._current = picked
