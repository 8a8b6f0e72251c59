"""What waits for somebody: messages that haven't left, and tasks for a manager."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.voucher_views import LetterView, TaskView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work


class Waiting(QWidget):
    """A list of cards with a sign, a sentence and keys each.

    Attributes:
        head: room above the list.
    """

    def __init__(self, face: Face, icon_name: str, nothing: str) -> None:
        super().__init__()
        self.face = face
        self._none = Empty(face, icon_name, nothing)
        self._list, self.head = QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(10)
        self.head.setSpacing(10)
        content = QWidget()
        content.setLayout(column(self._none, self._list, None, gap=0))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addLayout(self.head)
        outer.addWidget(scrolling(padded(content)))

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show these, or that there are none."""
        clear(self._list)
        self._none.setVisible(not rows)
        for each in rows:
            self._list.addWidget(each)

    def row_of(self, sign: str, tone: str, words: str, facts: str, *keys: Key) -> QWidget:
        """One of them."""
        card, picture = frame("card"), QLabel()
        colour = self.face.look.colour(tone).name()
        size = self.face.look.px(24)
        picture.setPixmap(icon(sign, colour, size, self.devicePixelRatioF()))
        said = column(label(words, "strong", wrap=True), label(facts, "caption", wrap=True), gap=2)
        layout = row(picture, said, gap=12, margin=16)
        layout.setStretch(1, 1)
        if not self.face.narrow:
            for key in keys:
                layout.addWidget(key)
            card.setLayout(layout)
        else:
            layout.setContentsMargins(0, 0, 0, 0)
            card.setLayout(column(layout, flowing(*keys), gap=10, margin=16))
        return card

    def lead_of(self, words: str, slot: Callable[[], None], to: str | int) -> Key:
        """A key that leads somewhere else: to a receipt by number, or to a card by id."""
        icon_name = "receipt-text" if isinstance(to, int) else "ticket"
        key = Key(self.face.look, words, icon=icon_name, height=56)
        key.setProperty("leads_to", to)
        key.clicked.connect(slot)
        return key


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
        if not failed:
            return self.row_of("clock", "soft", letter.recipient, facts)
        key = Key(self.face.look, text("letters_out.retry"), icon="rotate-ccw", height=56)
        key.setProperty("letter", letter.id)
        key.clicked.connect(self._on_retry)
        return self.row_of("triangle-alert", "warn", letter.recipient, facts, key)

    def _on_retry(self) -> None:
        letter = int(self.sender().property("letter"))
        self._work.do(lambda till: till.retry_letter(letter))


class TasksList(Waiting):
    """What a manager has to look at; "done" puts it away for good.

    Signals:
        receipt_wanted(number): the receipt a task is about.
        card_wanted(card): its card, by id.
        doubts_wanted(): the redemptions nobody could confirm.
    """

    receipt_wanted = Signal(int)
    card_wanted = Signal(str)
    doubts_wanted = Signal()

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, "circle-check", face.text("tasks.none"))
        self._work = work
        self._tasks: tuple[TaskView, ...] | None = None
        self.doubts = Key(face.look, face.text("doubts.title"), icon="list", height=56)
        self.doubts.clicked.connect(self.doubts_wanted)
        self.head.addWidget(flowing(self.doubts))

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
        return self.row_of("triangle-alert", "warn", task.text, at, *self._leads(task), key)

    def _leads(self, task: TaskView) -> Iterator[Key]:
        text = self.face.text
        if task.receipt:
            words = text("tasks.receipt", number=task.receipt)
            yield self.lead_of(words, self._on_receipt, task.receipt)
        if task.card:
            yield self.lead_of(text("tasks.card"), self._on_card, task.card)

    def _on_done(self) -> None:
        number = int(self.sender().property("task"))
        self._work.do(lambda till: till.finish_task(number))

    def _on_receipt(self) -> None:
        self.receipt_wanted.emit(int(self.sender().property("leads_to")))

    def _on_card(self) -> None:
        self.card_wanted.emit(str(self.sender().property("leads_to")))
