"""The number pad, and the field it types into."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.runtime.texts import MINUS
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.button import Key

MAX_ENTRY = 10
DECIMAL_SIGNS = ",."


class Keypad(QWidget):
    """Twelve big keys. `pressed` carries "0"…"9", the corner's sign or "back"."""

    pressed = Signal(str)

    def __init__(
        self, face: Face, *, corner: str = "", height: int = 64, on_card: bool = False
    ) -> None:
        super().__init__()
        self._digits = "key" if on_card else "plain"
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for index, sign in enumerate(("7", "8", "9", "4", "5", "6", "1", "2", "3")):
            self._add(face, sign, index // 3, index % 3, height)
        self._add(face, corner or face.decimal_sign, 3, 0, height)
        self._add(face, "0", 3, 1, height)
        self._add(face, "back", 3, 2, height)

    def _add(self, face: Face, sign: str, row: int, column: int, height: int) -> None:
        back = sign == "back"
        key = Key(
            face.look,
            "" if back else sign,
            icon="delete" if back else "",
            size=tokens.TITLE,
            height=height,
            kind=self._digits if sign.isdigit() else "key",
            name=face.text("keypad.back") if back else sign,
        )
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        key.setProperty("sign", sign)
        key.clicked.connect(self._clicked)
        self._grid.addWidget(key, row, column)

    def _clicked(self) -> None:
        self.pressed.emit(str(self.sender().property("sign")))


class Entry(QWidget):
    """A number being typed, by keypad or keyboard, shown large. It holds text, not a value:
    what the text means is for the screen to ask.

    Signals:
        changed(): another text.
        accepted(): Enter was pressed.

    Attributes:
        text: what was typed, with "," as its decimal sign.
        decimals: how many places may follow the sign.
        suffix: shown behind the figures, such as a unit.
        money: it is an amount, shown with the sign of the currency where amounts have it.
        below_zero: the figures typed count below zero, and are shown so.
    """

    changed = Signal()
    accepted = Signal()

    def __init__(
        self, face: Face, name: str, *, size: int = tokens.AMOUNT, decimals: int = 2
    ) -> None:
        super().__init__()
        self._face, self.decimals = face, decimals
        self._size = size
        self.text = ""
        self.placeholder, self._strong = "", False
        self.suffix, self.money, self.below_zero = "", False, False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def signed(self) -> str:
        """What was typed, as the number it means."""
        return f"-{self.text}" if self.text and self.below_zero else self.text

    def press(self, sign: str) -> None:
        """Type a sign; what would not make a number is left out."""
        if sign == "back":
            self.set_text(self.text[:-1])
        elif sign in DECIMAL_SIGNS:
            if self.decimals and "," not in self.text:
                self.set_text((self.text or "0") + ",")
        elif sign.isdigit() and self._fits(sign):
            self.set_text(("" if self.text == "0" else self.text) + sign)

    def set_text(self, text: str) -> None:
        """Replace what was typed."""
        self.text = text
        self.changed.emit()
        self.update()

    def clear(self) -> None:
        """Start anew."""
        self.set_text("")

    def hint(self, placeholder: str, *, strong: bool = False) -> None:
        """What is shown while nothing is typed; quietly, unless it is already meant."""
        self.placeholder, self._strong = placeholder, strong
        self.update()

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key of the keyboard; False if it is none of a number's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.press("back")
        elif event.text() and event.text() in "0123456789,.":
            self.press(event.text())
        else:
            return False
        return True

    def _fits(self, sign: str) -> bool:
        whole, _, part = (self.text + sign).partition(",")
        return len(whole) <= MAX_ENTRY and len(part) <= self.decimals

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; everything else goes to the screen."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        """Show the ring."""
        self.update()

    focusOutEvent = focusInEvent

    def sizeHint(self) -> QSize:
        """One line of large figures in a box."""
        return QSize(self._face.look.px(180), self._face.look.px(self._size + 32))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """A box, the figures right-aligned, a caret where the next one goes."""
        look = self._face.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "focus" if self.hasFocus() else "edge"
        painter.setPen(QPen(look.colour(edge), 2))
        painter.setBrush(look.colour("surface"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        typed = self.text.replace(",", self._face.decimal_sign)
        shown = typed or self.placeholder
        strong = bool(self.text) or self._strong
        weight = tokens.BOLD if strong else tokens.MEDIUM
        painter.setFont(look.font(self._size, weight, figures=True))
        painter.setPen(look.colour("strong" if strong else "soft"))
        area = box.adjusted(look.px(14), 0, -look.px(14), 0)
        text = self._face.in_currency(shown) if self.money else f"{shown} {self.suffix}".strip()
        if self.text and self.below_zero:
            text = f"{MINUS}{text}"
        self._fit(painter, text, area.width())
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, align, text)

    def _fit(self, painter: QPainter, text: str, width: float) -> None:
        """What is longer than the field is written smaller; a cut figure is another figure."""
        needed = painter.fontMetrics().horizontalAdvance(text)
        if needed > width > 0:
            font = painter.font()
            font.setPixelSize(max(1, int(font.pixelSize() * width / needed)))
            painter.setFont(font)
