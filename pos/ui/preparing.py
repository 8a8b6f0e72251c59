"""The window that is there while the data are brought into the program's new layout.

That happens once after an update, and takes a minute with a million products: too long for a
program that shows nothing. It knows no till and no lane of a till, for there is none yet.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos.runtime.lane import Lane, Outcome
from pos.runtime.texts import Texts
from pos.ui.bridge import Bridge
from pos.ui.face import Face
from pos.ui.look import Look, load_fonts
from pos.ui.preferences import Preferences
from pos.ui.style_sheet import style_sheet
from pos.ui.widgets.basics import column, frame, label
from pos.ui.widgets.progress import Progress
from pos.ui.window import application

WIDTH = 620

Told = Callable[[int, int], None]
"""Takes how many of how many are done; none of none where that can't be said."""


class Preparing(QWidget):
    """What is being done, and how far it is. It stays until it is over."""

    def __init__(self, texts: Texts, look: Look, folder: Path) -> None:
        super().__init__()
        self._texts = texts
        self._over = False
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # The program goes on when this closes: no word to end is left for the till's own window.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(texts.get("ui.window"))
        self.setStyleSheet(style_sheet(look))
        self.bar = Progress(Face(texts, look, folder))
        self.step = label("", "caption")
        px = look.px
        lines = (
            label(texts.get("ui.preparing.title"), "title"),
            label(texts.get("ui.preparing.why"), "body", wrap=True),
        )
        card = frame("card")
        card.setLayout(column(*lines, 4, self.bar, self.step, gap=px(12), margin=px(24)))
        layout = column(card, gap=0, margin=px(20))
        self.setLayout(layout)
        self.show_step(0, 1)
        self.ensurePolished()
        self.setFixedWidth(px(WIDTH))
        self.resize(px(WIDTH), layout.totalHeightForWidth(px(WIDTH)))

    @Slot(int, int)
    def show_step(self, done: int, of: int) -> None:
        """So many of so many rows; the words say it too."""
        words = (
            self._texts.get("ui.preparing.rows", done=Decimal(done), of=Decimal(of))
            if of
            else self._texts.get("ui.preparing.sorting")
        )
        self.step.setText(words)
        self.bar.show_progress(done if of else 1, of or 1, words)

    def end(self) -> None:
        """It is over; the window goes."""
        self._over = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Half done is nothing done: it can't be put away before."""
        event.setAccepted(self._over)


class _Work(QObject):
    """The job on its lane, and the window it is seen in."""

    advanced = Signal(int, int)

    def __init__(self, window: Preparing) -> None:
        super().__init__()
        self.outcome: Outcome[object] = Outcome()
        self._window = window
        self.advanced.connect(window.show_step, Qt.ConnectionType.QueuedConnection)

    def take(self, outcome: Outcome[object]) -> None:
        """The job has ended."""
        self.outcome = outcome
        self._window.end()
        QApplication.exit()


def show_preparing(job: Callable[[Told], None], texts: Texts, folder: Path) -> None:
    """Do a job with a window over it. Raises the Refusal the job ended with; a bug in it is in
    the crash log, and whoever comes next finds the job undone."""
    application()
    load_fonts()
    look = Preferences(folder).look
    QApplication.setFont(look.font())
    window = Preparing(texts, look, folder)
    work, bridge, lane = _Work(window), Bridge(), Lane("preparing")
    window.show()
    lane.start()
    bridge.run(lane, partial(job, work.advanced.emit), work.take)
    QApplication.exec()
    lane.stop()
    window.deleteLater()
    if work.outcome.refusal is not None:
        raise work.outcome.refusal
