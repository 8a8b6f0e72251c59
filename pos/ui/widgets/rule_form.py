"""The form of one rule for codes: name, pattern, meaning, places."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from pos.domain.code_rules import MEASURED, CodeRule, Meaning
from pos.ui.face import Face
from pos.ui.widgets.basics import column, label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing

PLACES = {Meaning.WEIGHT: 3, Meaning.PRICE: 2, Meaning.COUNT: 0}
"""What values are written in: grams, cents, pieces."""
ACTIONS = (("new", "plus"), ("up", "arrow-up"), ("down", "arrow-down"), ("remove", "trash-2"))


class RuleForm(QFrame):
    """Changes the rule that is selected, or makes a new one.

    Signals:
        changed(CodeRule): the rule as it should be.
        acted(action): "new", "up", "down", "remove".
    """

    changed = Signal(object)
    acted = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._face = face
        self._head = label(role="lead")
        self.name, self.pattern = QLineEdit(), QLineEdit()
        for field, what in ((self.name, "name"), (self.pattern, "pattern")):
            field.setAccessibleName(face.text(f"codes.{what}"))
            field.setPlaceholderText(face.text(f"codes.{what}"))
            field.setMaxLength(60)
            field.returnPressed.connect(self._on_take)
        self.meanings = {meaning: self._meaning_key(meaning) for meaning in Meaning}
        self._places = 0
        self.take = Key(face.look, face.text("codes.take"), icon="check", kind="primary")
        self.take.clicked.connect(self._on_take)
        self.keys = {action: self._action_key(action, icon) for action, icon in ACTIONS}
        explain = label(face.text("codes.fields"), "soft", wrap=True)
        keys = self.keys.values()
        head = column(self._head, flowing(*keys)) if face.narrow else row(self._head, None, *keys)
        self.setLayout(
            column(
                head,
                self.name,
                self.pattern,
                explain,
                flowing(*self.meanings.values()),
                self.take,
                gap=10,
                margin=20,
            )
        )
        self.show_rule(None)

    def show_rule(self, rule: CodeRule | None) -> None:
        """Fill the form; None empties it for a new rule."""
        self._head.setText(self._face.text("codes.new" if rule is None else "codes.change"))
        self.name.setText(rule.name if rule else "")
        self.pattern.setText(rule.pattern if rule else "")
        self._choose(rule.meaning if rule else Meaning.WEIGHT)
        if rule is not None:
            self._places = rule.decimals
        for action in ("up", "down", "remove"):
            self.keys[action].setEnabled(rule is not None)

    def _choose(self, meaning: Meaning) -> None:
        self._places = PLACES.get(meaning, 0)
        for each, key in self.meanings.items():
            key.setChecked(each is meaning)

    def _meaning_key(self, meaning: Meaning) -> Key:
        key = Key(self._face.look, self._face.texts.get(f"code.meaning.{meaning}"), height=56)
        key.setCheckable(True)
        key.setProperty("meaning", meaning.value)
        key.clicked.connect(self._on_meaning)
        return key

    def _action_key(self, action: str, icon: str) -> Key:
        name = self._face.text(f"codes.{action}")
        key = Key(self._face.look, icon=icon, height=56, name=name)
        key.setToolTip(name)
        key.setProperty("action", action)
        key.clicked.connect(self._on_action)
        return key

    def _on_meaning(self) -> None:
        self._choose(Meaning(str(self.sender().property("meaning"))))

    def _on_action(self) -> None:
        self.acted.emit(str(self.sender().property("action")))

    def _on_take(self) -> None:
        meaning = next(each for each, key in self.meanings.items() if key.isChecked())
        places = self._places if meaning in MEASURED else 0
        rule = CodeRule(self.name.text().strip(), self.pattern.text().strip(), meaning, places)
        self.changed.emit(rule)
