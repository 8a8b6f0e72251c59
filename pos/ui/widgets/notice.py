"""The notice line: it appears, it goes away by itself, it is in nobody's way."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.status_line import StatusLine
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
    """Lies over the status line, where nothing is pressed: no notice ever covers a key of the
    page. A touch puts it away.

    Attributes:
        kept: the notices so far, newest first, for the list.
    """

    def __init__(self, face: Face, status: StatusLine) -> None:
        super().__init__(status)
        self._face, self._status = face, status
        self.kept: list[Notice] = []
        self._icon, self._text = QLabel(), label(role="strong", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._close = Key(
            face.look, icon="x", kind="quiet", height=44, name=face.text("notice.close")
        )
        self._close.clicked.connect(self.hide)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = row(self._icon, self._text, self._close, gap=12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(12, 0, 0, 0)
        self.setLayout(layout)
        self._shown = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(tokens.NOTICE_MS)
        self._timer.timeout.connect(self.hide)
        for watched in (status, *status.pages):
            watched.installEventFilter(self)
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
        self.setAccessibleName(notice.text)
        self.setToolTip(notice.text)
        self._status.make_room(taken=True)
        self.show()
        self.place()
        self.raise_()
        self._timer.start()
        self._shown.start()

    @property
    def shown_text(self) -> str:
        """The words there was room for; the list holds all of them."""
        return self._text.text()

    def step_aside(self) -> None:
        """Another page comes: what only informs, and could be read, makes room again."""
        quiet = self.kept and self.kept[0].tone in (Tone.INFO, Tone.GOOD)
        if quiet and self._shown.hasExpired(READ_MS):
            self.hide()

    def place(self) -> None:
        """Stand in the room of the facts, with the largest letters in which all of it fits."""
        room = self._status.room()
        self.setGeometry(room)
        layout = self.layout()
        if layout is None or not self.kept:
            return
        layout.activate()
        text, look = self.kept[0].text, self._face.look
        area = QRect(0, 0, max(1, self._text.width()), room.height() - 4)
        font = next((font for font in self._fonts() if _fits(text, font, area)), None)
        smallest = look.font(tokens.CAPTION, tokens.SEMIBOLD)
        size = (font or smallest).pixelSize()
        self._text.setStyleSheet(f"font-size: {size}px;")
        self._text.setText(text if font is not None else _shortened(text, smallest, area))

    def _fonts(self) -> tuple[QFont, ...]:
        sizes = (tokens.BODY, tokens.BODY - 1, tokens.CAPTION)
        return tuple(self._face.look.font(size, tokens.SEMIBOLD) for size in sizes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the window changes its size, or a key beside it comes or goes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self.place()
        return False

    def hideEvent(self, event: object) -> None:
        """Stop counting, and give the facts their room again."""
        self._timer.stop()
        self._status.make_room(taken=False)
        super().hideEvent(event)  # type: ignore[arg-type]


def _fits(text: str, font: QFont, area: QRect) -> bool:
    flags = int(Qt.TextFlag.TextWordWrap)
    needed = QFontMetrics(font).boundingRect(QRect(0, 0, area.width(), 10_000), flags, text)
    return needed.height() <= area.height() and needed.width() <= area.width()


def _shortened(text: str, font: QFont, area: QRect) -> str:
    """As many whole words as there is room for."""
    words = text.split()
    while words and not _fits(" ".join(words) + " …", font, area):
        words.pop()
    return " ".join(words) + " …"
