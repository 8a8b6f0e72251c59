"""A customer without an account: what is typed stands on this sale and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import column, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.letters import Letters
from pos.ui.work import Work

FIELDS = (
    ("name", 0, 0, 6),
    ("street", 1, 0, 4),
    ("postcode", 1, 4, 2),
    ("city", 2, 0, 2),
    ("country", 2, 2, 2),
    ("vat_id", 2, 4, 2),
)
"""Name, row, column, columns wide."""
KINDS = ("person", "company")


@dataclass(frozen=True, slots=True)
class OneOff:
    """What was typed."""

    name: str
    kind: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str


class OneOffPane(Pane):
    """Person or company, name and address, with letters for fingers.

    Signals:
        asked(OneOff): the form is filled in.
    """

    asked = Signal(object)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("one_off.title"))
        self.kinds = {kind: self._kind(kind) for kind in KINDS}
        self.fields = {name: self._field(name) for name, *_ in FIELDS}
        self._letters = Letters(face, self.fields["name"])
        self.take = Key(
            face.look,
            face.text("number.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=64,
        )
        self.take.clicked.connect(self._accept)
        self._build()

    def ask(self) -> None:
        """Begin an empty form."""
        self.kinds["person"].setChecked(True)
        for field in self.fields.values():
            field.clear()
        self._show_kind()

    def entered(self) -> None:
        """The keyboard types the name."""
        self.fields["name"].setFocus()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter goes on to the next field, and from the last one takes over."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
            return True
        return super().hotkey(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The letters type where the keyboard is."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._letters.type_into(watched)
        return False

    def _kind(self, kind: str) -> Key:
        key = Key(self.face.look, self.face.text(f"one_off.{kind}"), kind="plain", height=48)
        key.setCheckable(True)
        key.setAutoExclusive(True)
        key.clicked.connect(self._show_kind)
        return key

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        words = self.face.text(f"one_off.{name}")
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
        field.setMaxLength(2 if name == "country" else 80)
        field.installEventFilter(self)
        field.textChanged.connect(self._on_text)
        return field

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for name, line, place, width in FIELDS:
            grid.addWidget(self.fields[name], line, place, 1, width)
        for place in range(6):
            grid.setColumnStretch(place, 1)
        explain = label(self.face.text("one_off.explain"), "soft", wrap=True)
        content = QWidget()
        inside = column(explain, row(*self.kinds.values()), grid, self._letters, self.take, gap=10)
        inside.setStretch(3, 1)
        content.setLayout(inside)
        self.body.addWidget(scrolling(content) if self.face.compact else content, 1)

    def _show_kind(self) -> None:
        """A private person has no VAT id here."""
        self.fields["vat_id"].setEnabled(self.kinds["company"].isChecked())
        self._on_text()

    def _on_text(self) -> None:
        self.take.setEnabled(bool(self.fields["name"].text().strip()))

    def _next(self) -> None:
        fields = [field for field in self.fields.values() if field.isEnabled()]
        place = next((at for at, field in enumerate(fields) if field.hasFocus()), -1)
        if place + 1 < len(fields):
            fields[place + 1].setFocus()
        else:
            self._accept()

    def _accept(self) -> None:
        if not self.take.isEnabled():
            return
        kind = next(kind for kind, key in self.kinds.items() if key.isChecked())
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        if kind == "person":
            typed["vat_id"] = ""
        self.left.emit()
        self.asked.emit(OneOff(kind=kind, **typed))
