"""Somebody with the right answers for one step, and the cashier goes on (complaint 37)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.operator import Operator
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import centred, clear, column, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.keypad import Keypad
from pos.ui.work import Work

LONGEST_PIN = 12


class ApprovalQuestion(Struct, frozen=True):
    """What is to be allowed.

    Attributes:
        why: what the till said.
        people: who may be called.
        take: gets the number of who was called, and the PIN.
    """

    why: str
    people: tuple[Operator, ...]
    take: Callable[[str, str], None]


class ApprovalPane(Pane):
    """Who, and the PIN. The PIN is shown as dots and forgotten with the pane."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("approval.title"))
        self._question: ApprovalQuestion | None = None
        self._who, self._pin = "", ""
        self._why = label(role="soft", wrap=True)
        self.people = flowing()
        self._dots = label(role="title")
        self._dots.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dots.setMinimumHeight(face.look.px(tokens.TARGET))
        pad = Keypad(face, corner="C", height=48 if face.compact else 64)
        pad.pressed.connect(self._press)
        self.take = Key(
            face.look,
            face.text("approval.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self._accept)
        content = QWidget()
        inside = column(self._why, self.people, self._dots, pad, self.take, gap=12)
        inside.setStretch(3, 1)
        content.setLayout(inside)
        if face.compact:
            self.body.addWidget(scrolling(content), 1)
        else:
            self.body.addLayout(centred(content, face.look.px(560), face.look.px(680)), 1)

    def ask(self, question: ApprovalQuestion) -> None:
        """Begin a new question; one candidate is chosen already."""
        self._question, self._who = question, ""
        self._why.setText(question.why)
        layout = self.people.layout()
        assert layout is not None
        clear(layout)
        for person in question.people:
            key = Key(self.face.look, person.name, icon="user", kind="plain", height=56)
            key.setCheckable(True)
            key.setAutoExclusive(True)
            key.setProperty("operator", person.number)
            key.clicked.connect(self._on_person)
            layout.addWidget(key)
            if len(question.people) == 1:
                key.setChecked(True)
                self._who = person.number
        self._set_pin("")

    def hotkey(self, event: QKeyEvent) -> bool:
        """Digits type the PIN, wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Backspace:
            self._press("back")
        elif event.text().isdigit():
            self._press(event.text())
        else:
            return super().hotkey(event)
        return True

    def _press(self, sign: str) -> None:
        if sign == "C":
            self._set_pin("")
        elif sign == "back":
            self._set_pin(self._pin[:-1])
        elif len(self._pin) < LONGEST_PIN:
            self._set_pin(self._pin + sign)

    def _set_pin(self, pin: str) -> None:
        self._pin = pin
        self._dots.setText("●" * len(pin))
        self._dots.setAccessibleName(self.face.text("sign_in.digits", count=len(pin)))
        self.take.setEnabled(bool(pin and self._who))

    def _on_person(self) -> None:
        self._who = str(self.sender().property("operator"))
        self._set_pin(self._pin)

    def _accept(self) -> None:
        question, who, pin = self._question, self._who, self._pin
        if question is None or not (who and pin):
            return
        self._question = None
        self._set_pin("")
        self.left.emit()
        question.take(who, pin)
