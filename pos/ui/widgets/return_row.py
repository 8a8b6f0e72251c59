"""One line of a receipt that may come back: what it is, how many, and what they bring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.money import Money
from pos.domain.quantity import ONE, Quantity
from pos.till.return_views import ReturnableLine
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import label, row
from pos.ui.widgets.button import Key

NOTHING = Quantity(0)


class ReturnRow(QWidget):
    """A touch on the name takes all that is left, another one none; − and + step.

    Signals:
        changed(): another quantity is wanted.
        moved(by): an arrow goes to the next line, or the one before.

    Attributes:
        wanted: how many come back, in what the line counts.
    """

    changed = Signal()
    moved = Signal(int)

    def __init__(self, face: Face, line: ReturnableLine) -> None:
        super().__init__()
        self._face, self.line = face, line
        self.wanted = NOTHING
        self._worth = ""
        self.key = Key(face.look, line.name, caption=self._caption(), height=64)
        self.key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.key.clicked.connect(self.toggle)
        self.less = self._step("minus", "return.less", -1)
        self.more = self._step("plus", "return.more", 1)
        self._count = label(role="lead")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.setMinimumWidth(face.look.px(52))
        layout = row(self.key, self.less, self._count, self.more, gap=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setEnabled(line.left.thousandths > 0)
        self._show()

    def show_worth(self, worth: Money) -> None:
        """Show what the wanted quantity brings."""
        self._worth = self._face.money(worth) if worth else ""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(self.key.font())
        taken = metrics.horizontalAdvance(self._worth) + self._face.look.px(44)
        room = max(self.key.width() - taken, self._face.look.px(40))
        name = metrics.elidedText(self.line.name, Qt.TextElideMode.ElideRight, room)
        self.key.set_text(name, self._worth)
        self.key.setAccessibleName(f"{self.line.name} {self._worth}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose lines; else the list around would scroll by them."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def take(self, quantity: Quantity) -> None:
        """Want so many, never more than are left nor less than none."""
        wanted = min(max(quantity, NOTHING), self.line.left)
        if wanted != self.wanted:
            self.wanted = wanted
            self._show()
            self.changed.emit()

    def step(self, by: int) -> None:
        """One more or one less."""
        self.take(self.wanted + Quantity(by * ONE.thousandths))

    def toggle(self) -> None:
        """All that is left, or none."""
        self.take(NOTHING if self.wanted.thousandths else self.line.left)

    def _step(self, icon: str, name: str, by: int) -> Key:
        words = self._face.text(name, name=self.line.name)
        key = Key(self._face.look, icon=icon, height=64, size=tokens.LEAD, name=words)
        key.setMinimumWidth(self._face.look.px(56))
        key.clicked.connect(self.step_less if by < 0 else self.step_more)
        return key

    def step_less(self) -> None:
        """One less."""
        self.step(-1)

    def step_more(self) -> None:
        """One more."""
        self.step(1)

    def _caption(self) -> str:
        line, texts = self.line, self._face.texts
        sold, left = texts.quantity(line.sold), texts.quantity(line.left)
        words = self._face.text("return.sold", sold=sold, unit=line.unit)
        if line.left != line.sold:
            words = self._face.text("return.left", sold=sold, unit=line.unit, left=left)
        if line.empties:
            words = self._face.text("return.empties", sold=sold, left=left)
        return f"{words} · {line.serial}" if line.serial else words

    def _show(self) -> None:
        some = self.wanted.thousandths > 0
        self._count.setText(self._face.texts.quantity(self.wanted))
        self._count.setAccessibleName(f"{self.line.name} {self._count.text()}")
        self.key.set_kind("selected" if some else "key")
        self.less.setEnabled(some)
        self.more.setEnabled(self.wanted < self.line.left)
