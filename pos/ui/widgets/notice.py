"""The notice line: it appears, it goes away by itself, it is in nobody's way."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import label, row
from pos.ui.widgets.button import Key
from pos.ui.work import Notice, Tone

ICONS = {
    Tone.INFO: "info",
    Tone.GOOD: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.DANGER: "circle-alert",
}
KEPT = 50
READ_MS = 1_500
"""So long it takes to read a line."""


class NoticeLine(QFrame):
    """Floats over the lower edge of its parent. A touch puts it away.

    Attributes:
        kept: the notices so far, newest first, for the list.
    """

    def __init__(self, face: Face, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = face
        self.kept: list[Notice] = []
        self._icon, self._text = QLabel(), label(role="strong", wrap=True)
        self._close = Key(
            face.look, icon="x", kind="quiet", height=48, name=face.text("notice.close")
        )
        self._close.clicked.connect(self.hide)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = row(self._icon, self._text, self._close, gap=12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(16, 4, 4, 4)
        self.setLayout(layout)
        self._shown = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(tokens.NOTICE_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, notice: Notice) -> None:
        """Show a notice in place of the one before."""
        self.kept = [notice, *self.kept[: KEPT - 1]]
        look, role = self._face.look, str(notice.tone)
        self.setProperty("surface", role)
        self.style().unpolish(self)
        self.style().polish(self)
        ink = "text" if notice.tone is Tone.INFO else role
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icon(ICONS[notice.tone], look.colour(ink).name(), look.px(24), ratio))
        self._text.setText(notice.text)
        self.setAccessibleName(notice.text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        self._shown.start()

    def step_aside(self) -> None:
        """Another page comes: what only informs, and could be read, no longer covers its keys."""
        quiet = self.kept and self.kept[0].tone in (Tone.INFO, Tone.GOOD)
        if quiet and self._shown.hasExpired(READ_MS):
            self.hide()

    def place(self) -> None:
        """Stand at the lower left, above the status line, clear of the total and Pay."""
        parent, layout = self.parentWidget(), self.layout()
        if parent is None or layout is None:
            return
        px = self._face.look.px
        beside_the_sale = parent.width() * 9 // 16
        width = parent.width() - 32 if self._face.compact else min(px(640), beside_the_sale - 32)
        above = px(tokens.TARGET) + 16 + (px(80) if self._face.compact else 0)
        self.resize(width, max(layout.heightForWidth(width), px(56)))
        self.move(16, parent.height() - self.height() - above)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def hideEvent(self, event: object) -> None:
        """Stop counting."""
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]
