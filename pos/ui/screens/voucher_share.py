"""Before codes leave the till as a table: what that means, and which kind of file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import centred, column, frame, label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing

KINDS = ("csv", "xlsx")


class ShareForm(QWidget):
    """The file is worth what is on the cards: that is said before it is written (ETRON-43).

    Signals:
        taken(programme, run, kind): write it.
        left(): rather not.
    """

    taken = Signal(str, str, str)
    left = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._of = ("", "")
        self.title = label(role="lead", wrap=True)
        self.keys = [self._kind_key(kind) for kind in KINDS]
        self.back = Key(face.look, face.text("share.back"), icon="x", height=64)
        self.back.clicked.connect(self.left)
        self._build()

    def ask(self, name: str, programme: str, run: str) -> None:
        """Begin anew, for the cards of a programme or of a generation."""
        self._of = (programme, run)
        self.title.setText(self._face.text("share.title", name=name))
        self.back.setFocus()

    def _build(self) -> None:
        face, card, sign = self._face, frame("card"), QLabel()
        size = face.look.px(32)
        colour = face.look.colour("warn").name()
        sign.setPixmap(icon("triangle-alert", colour, size, self.devicePixelRatioF()))
        sign.setFixedSize(QSize(size, size))
        warning = label(face.text("share.warning"), "body", wrap=True)
        said = row(sign, column(self.title, warning, gap=8), gap=16)
        said.setStretch(1, 1)
        card.setLayout(column(said, 8, flowing(*self.keys, self.back), gap=12, margin=20))
        content = QWidget()
        content.setLayout(column(card, None, gap=0))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(centred(content, face.look.px(760)), 1)

    def _kind_key(self, kind: str) -> Key:
        words = self._face.text(f"share.{kind}")
        key = Key(self._face.look, words, icon="file-text", kind="primary", height=64)
        key.setProperty("file", kind)
        key.clicked.connect(self._on_kind)
        return key

    def _on_kind(self) -> None:
        self.taken.emit(*self._of, str(self.sender().property("file")))
