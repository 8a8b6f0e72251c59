"""Typing words: a note, the name of a parked sale, the reason for something."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.letters import Letters
from pos.ui.work import Work


class WordsQuestion(Struct, frozen=True):
    """What is asked, and who takes the text.

    Attributes:
        choices: what is said most often, one touch each.
        needed: whether an empty answer is none.
        drops: it gives something up, so its key doesn't look like the way on.
        other: another way on that needs no words, and `take_other` does it.
    """

    title: str
    explanation: str
    take: Callable[[str], None]
    choices: tuple[str, ...] = ()
    text: str = ""
    needed: bool = False
    limit: int = 200
    verb: str = ""
    drops: bool = False
    other: str = ""
    take_other: Callable[[], None] | None = None


class WordsPane(Pane):
    """A field, the usual answers as keys, and letters for fingers."""

    def __init__(self, face: Face, work: Work, *, on_card: bool = False) -> None:
        super().__init__(face, work, " ")
        self._question: WordsQuestion | None = None
        self._explanation = label(role="soft", wrap=True)
        self._choices = flowing()
        self.field = QLineEdit()
        self.field.textChanged.connect(self._on_text)
        self.take = Key(
            face.look,
            "",
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            height=56 if face.compact else 64,
            size=tokens.LEAD,
        )
        self.take.clicked.connect(self.accept)
        self.other = Key(face.look, "", icon="clipboard-plus", height=56)
        self.other.clicked.connect(self._on_other)
        content = QWidget()
        letters = Letters(face, self.field, on_card=on_card)
        above = (self._explanation, self._choices, self.field)
        inside = column(*above, letters, self.other, self.take, gap=6 if face.compact else 12)
        inside.setStretch(3, 1)
        content.setLayout(inside)
        if face.compact:
            self.body.addWidget(scrolling(content), 1)
        else:
            self.body.addLayout(centred(content, face.look.px(860), face.look.px(680)), 1)

    def ask(self, question: WordsQuestion) -> None:
        """Begin a new question."""
        self._question = question
        self.title.setText(question.title)
        self._explanation.setText(question.explanation)
        self.field.setMaxLength(question.limit)
        self.field.setText(question.text)
        self.field.setAccessibleName(question.title)
        self.take.set_kind("danger" if question.drops else "primary")
        self.take.set_text(question.verb or self.face.text("number.take"))
        self.other.setVisible(bool(question.other))
        self.other.set_text(question.other)
        self._on_text(question.text)
        choices = self._choices.layout()
        assert choices is not None
        clear(choices)
        for choice in question.choices:
            key = Key(self.face.look, choice, height=56)
            key.clicked.connect(self._on_choice)
            choices.addWidget(key)
        self._choices.setVisible(bool(question.choices))

    def entered(self) -> None:
        """The keyboard types the words."""
        self.field.setFocus()
        self.field.selectAll()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter takes over from wherever the keyboard is; once, for the field hands it on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return True
        return super().hotkey(event)

    def accept(self) -> None:
        """Hand over what was typed, and go."""
        question, text = self._question, self.field.text().strip()
        if question is None or (question.needed and not text):
            return
        self._question = None
        self.left.emit()
        question.take(text)

    def _on_other(self) -> None:
        question = self._question
        if question is not None and question.take_other is not None:
            self._question = None
            self.left.emit()
            question.take_other()

    def _on_choice(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self.field.setText(key.text())
            self.accept()

    def _on_text(self, text: str) -> None:
        needed = self._question is not None and self._question.needed
        self.take.setEnabled(bool(text.strip()) or not needed)
