"""What waits for somebody: messages that haven't left, and tasks for a manager."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.voucher_views import LetterView, TaskView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.work import Work


class Waiting(QWidget):
    """A list of cards with a sign, a sentence and one key each."""

    def __init__(self, face: Face, icon_name: str, nothing: str) -> None:
        super().__init__()
        self.face = face
        self._none = Empty(face, icon_name, nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        content = QWidget()
        content.setLayout(column(self._none, self._list, None, gap=0))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(padded(content)))

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show these, or that there are none."""
        clear(self._list)
        self._none.setVisible(not rows)
        for each in rows:
            self._list.addWidget(each)

    def row_of(self, sign: str, tone: str, words: str, facts: str, key: Key | None) -> QWidget:
        """One of them."""
        card, picture = frame("card"), QLabel()
        colour = self.face.look.colour(tone).name()
        size = self.face.look.px(24)
        picture.setPixmap(icon(sign, colour, size, self.devicePixelRatioF()))
        said = column(label(words, "strong", wrap=True), label(facts, "caption", wrap=True), gap=2)
        layout = row(picture, said, gap=12, margin=16)
        layout.setStretch(1, 1)
        if key is not None:
            layout.addWidget(key)
        card.setLayout(layout)
        return card


class LettersList(Waiting):
    """Messages with codes that have not left, and why; those that failed can be tried again."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, "mail", face.text("letters_out.none"))
        self._work = work
        self.letters: tuple[LetterView, ...] = ()
        self._counts = (0, 0)

    def entered(self) -> None:
        """Ask what waits."""
        self._work.ask(lambda till: till.letters(), self._on_letters)

    def show_view(self, view: TillView) -> None:
        """Another number of them: ask again."""
        counts = (view.letters_waiting, view.letters_failed)
        if counts != self._counts and self.isVisible():
            self.entered()
        self._counts = counts

    def _on_letters(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.letters = tuple(outcome.value)
            self.show_rows([self._row(each) for each in self.letters])

    def _row(self, letter: LetterView) -> QWidget:
        text = self.face.text
        failed = letter.state == "failed"
        state = text(f"letters_out.{letter.state}")
        facts = " · ".join(filter(None, (self.face.texts.moment(letter.at), state, letter.fault)))
        key = None
        if failed:
            key = Key(self.face.look, text("letters_out.retry"), icon="rotate-ccw", height=56)
            key.setProperty("letter", letter.id)
            key.clicked.connect(self._on_retry)
        sign, tone = ("triangle-alert", "warn") if failed else ("clock", "soft")
        return self.row_of(sign, tone, letter.recipient, facts, key)

    def _on_retry(self) -> None:
        letter = int(self.sender().property("letter"))
        self._work.do(lambda till: till.retry_letter(letter))


class TasksList(Waiting):
    """What a manager has to look at; "done" puts it away for good."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, "circle-check", face.text("tasks.none"))
        self._work = work
        self._tasks: tuple[TaskView, ...] | None = None

    def entered(self) -> None:
        """They come with the snapshot."""

    def show_view(self, view: TillView) -> None:
        """Paint the tasks."""
        if view.tasks != self._tasks:
            self._tasks = view.tasks
            self.show_rows([self._row(task) for task in view.tasks])

    def _row(self, task: TaskView) -> QWidget:
        key = Key(self.face.look, self.face.text("tasks.done"), icon="check", height=56)
        key.setProperty("task", task.id)
        key.clicked.connect(self._on_done)
        at = self.face.texts.moment(task.at)
        return self.row_of("triangle-alert", "warn", task.text, at, key)

    def _on_done(self) -> None:
        number = int(self.sender().property("task"))
        self._work.do(lambda till: till.finish_task(number))
