"""Typing a number for the selected line: its quantity, its price, its weight."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, column, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.keypad import Entry, Keypad
from pos.ui.work import Work


class NumberQuestion(Struct, frozen=True):
    """What is asked, about what, and who takes the text.

    Attributes:
        take: gets the typed text; "" where nothing was typed.
        other: words of a second key, empty for none, its icon, and what it does.
        decimals: places after the comma that can be typed.
        money: an amount is asked for.
    """

    title: str
    subject: str
    placeholder: str
    take: Callable[[str], None]
    suffix: str = ""
    money: bool = False
    decimals: int = 2
    other: str = ""
    other_icon: str = "rotate-ccw"
    take_other: Callable[[], None] | None = None


class NumberPane(Pane):
    """A large entry with its number pad. Enter takes it over, Esc leaves everything as it was."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, " ")
        self._question: NumberQuestion | None = None
        self._subject = label(role="lead", wrap=True)
        # With large letters every line counts: the key that takes it over stays in sight.
        size, height = (tokens.AMOUNT, 56) if face.compact else (tokens.DISPLAY, 72)
        self.entry = Entry(face, face.text("number.entry"), size=size, decimals=3)
        self.entry.accepted.connect(self.accept)
        pad = Keypad(face, height=48 if face.compact else 72)
        pad.pressed.connect(self.entry.press)
        self.take = Key(
            face.look,
            face.text("number.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            height=height,
            size=tokens.LEAD,
        )
        self.take.clicked.connect(self.accept)
        self.other = Key(face.look, "", icon="rotate-ccw", height=height, size=tokens.LEAD)
        self.other.clicked.connect(self._on_other)
        keys = row(self.other, self.take)
        keys.setStretch(1, 2)
        inside = column(self._subject, self.entry, 4, pad, 4, keys, gap=8)
        inside.setStretch(3, 1)
        card = QWidget()
        card.setLayout(inside)
        if face.compact:
            self.body.addWidget(scrolling(card), 1)
        else:
            self.body.addLayout(centred(card, face.look.px(640), face.look.px(680)), 1)

    def ask(self, question: NumberQuestion) -> None:
        """Begin a new question."""
        self._question = question
        self.title.setText(question.title)
        self._subject.setText(question.subject)
        self.entry.decimals = question.decimals
        self.entry.suffix, self.entry.money = question.suffix, question.money
        self.entry.clear()
        self.entry.hint(question.placeholder)
        self.entry.setAccessibleName(f"{question.title}: {question.subject}")
        self.other.setVisible(bool(question.other))
        self.other.icon_name = question.other_icon
        self.other.set_text(question.other)

    def entered(self) -> None:
        """The keyboard types the number."""
        self.entry.setFocus()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Type, wherever the keyboard is."""
        return super().hotkey(event) or self.entry.take_key(event)

    def accept(self) -> None:
        """Hand over what was typed, and go; nothing typed changes nothing."""
        question, text = self._question, self.entry.text
        self.left.emit()
        if question is not None and text:
            question.take(text)

    def _on_other(self) -> None:
        question = self._question
        self.left.emit()
        if question is not None and question.take_other is not None:
            question.take_other()
