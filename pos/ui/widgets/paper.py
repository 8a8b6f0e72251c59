"""The preview of a receipt or report, as it comes out of the printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos.documents.picture import document_png
from pos.ports.document import Document
from pos.runtime.lane import Outcome
from pos.ui.face import Face
from pos.ui.widgets.basics import scrolling
from pos.ui.work import Work


class Sheet(QWidget):
    """A strip of paper with a torn lower edge, as wide as there is room for."""

    WIDEST = 400

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._picture = QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_png(self, png: bytes) -> None:
        """Take over the picture of a document."""
        self._picture = QPixmap()
        self._picture.loadFromData(png)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The paper keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the paper at a width."""
        if self._picture.isNull():
            return 0
        shown = min(width, self._face.look.px(self.WIDEST))
        return self._picture.height() * shown // self._picture.width() + 16

    def sizeHint(self) -> QSize:
        """The widest it is drawn."""
        width = self._face.look.px(self.WIDEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """It shrinks to half of that."""
        return QSize(self._face.look.px(self.WIDEST // 2), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, edge, and the print on it."""
        if self._picture.isNull():
            return
        look = self._face.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = min(self.width(), look.px(self.WIDEST))
        height = self._picture.height() * width / self._picture.width()
        area = QRectF((self.width() - width) / 2 + 1, 4, width - 2, height)
        painter.setPen(look.colour("hairline"))
        painter.setBrush(look.colour("paper"))
        painter.drawRoundedRect(area, 4, 4)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawPixmap(area.adjusted(1, 1, -1, -1), self._picture, QRectF(self._picture.rect()))


class Paper(QWidget):
    """A scrolling preview. The drawing is done aside, so that no key waits for it."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self._face, self._work = face, work
        self._sheet = Sheet(face)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(8, 8, 8, 8)
        inner.addWidget(self._sheet)
        inner.addStretch(1)
        self._area: QScrollArea = scrolling(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setAccessibleName(face.text("paper.preview"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self.document: Document | None = None

    def show_document(self, document: Document | None) -> None:
        """Draw a document, or clear the preview."""
        self.document = document
        if document is None:
            self._sheet.show_png(b"")
            return
        pictures: Path = self._face.pictures
        self._work.aside(lambda: document_png(document, pictures=pictures, scale=2), self._on_png)

    def take_document(self, outcome: Outcome[object]) -> None:
        """Draw the document a question was answered with, or say why there is none."""
        if self._work.take(outcome) and isinstance(outcome.value, Document):
            self.show_document(outcome.value)

    def _on_png(self, outcome: Outcome[object]) -> None:
        if isinstance(outcome.value, bytes):
            self._sheet.show_png(outcome.value)
            self._area.verticalScrollBar().setValue(0)
