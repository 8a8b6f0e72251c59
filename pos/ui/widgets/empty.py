"""What a place says while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import column, label


class Empty(QWidget):
    """A quiet sign with a sentence under it, in the middle of the room there is."""

    def __init__(self, face: Face, icon_name: str, text: str = "") -> None:
        super().__init__()
        sign = QLabel()
        colour = face.look.colour("edge").name()
        sign.setPixmap(icon(icon_name, colour, face.look.px(56), self.devicePixelRatioF()))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = label(text, role="soft", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(None, sign, self.words, None, gap=12, margin=32))
