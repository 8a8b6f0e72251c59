"""A paper saved as PDF: written beside the till's work, and a strip that says where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.runtime.lane import Outcome
from pos.till.paper_files import PaperFile
from pos.till.till import Till
from pos.ui import outside
from pos.ui.face import Face
from pos.ui.screens.strips import Strip
from pos.ui.widgets.basics import clear
from pos.ui.widgets.button import Key
from pos.ui.work import Tone, Work

BREAKS = str.maketrans({"/": "/\u200b", "\\": "\\\u200b"})
"""A long path may go on in the next line behind each folder."""


class SavedStrip(Strip):
    """Says where a file lies, and opens it."""

    def __init__(self, face: Face, work: Work, path: Path) -> None:
        self._face, self._work, self._path = face, work, path
        open_key = Key(face.look, face.text("paper_file.open"), icon="file-text", height=48)
        open_key.clicked.connect(self._open)
        super().__init__(face, "good", "circle-check", self._words("saved"), open_key)

    def put_away(self) -> None:
        """Somebody saw it."""
        self.hide()

    def _words(self, key: str) -> str:
        folder = str(self._path.parent).translate(BREAKS)
        return self._face.text(f"paper_file.{key}", name=self._path.name, folder=folder)

    def _open(self) -> None:
        if not outside.open_outside(str(self._path)):
            self._work.say(Tone.WARN, self._words("not_opened"))


class SavedPaper(QObject):
    """Has a paper made, written and told of.

    Attributes:
        place: where the strip stands; empty until something is saved.
    """

    def __init__(self, face: Face, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work = face, work
        self.place = QWidget()
        self._strips = QVBoxLayout(self.place)
        self._strips.setContentsMargins(0, 0, 0, 0)
        self.place.hide()

    def save(self, make: Callable[[Till], PaperFile]) -> None:
        """Have the till make the paper, then write it on the side."""
        self._work.ask(make, self._on_made)

    def forget(self) -> None:
        """Another paper is in sight."""
        clear(self._strips)
        self.place.hide()

    def _on_made(self, outcome: Outcome[object]) -> None:
        paper = outcome.value
        if self._work.take(outcome) and isinstance(paper, PaperFile):
            self._work.aside(paper.write, self._on_written)

    def _on_written(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, Path):
            self.forget()
            self._strips.addWidget(SavedStrip(self._face, self._work, outcome.value))
            self.place.show()
