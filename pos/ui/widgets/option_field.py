"""One setting of a device on the form: a field, keys to choose from, or yes and no."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.ports.plugin import Option, Setting
from pos.ui.face import Face
from pos.ui.widgets.basics import label
from pos.ui.widgets.choice_row import ChoiceRow


class OptionField(QWidget):
    """A setting with its name above it; `value` is what was entered."""

    def __init__(self, face: Face, option: Option, value: Setting) -> None:
        super().__init__()
        self.option = option
        name = face.texts.get(f"device.option.{option.key}")
        self.input, self._read = self._control(face, option, value, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(name, "soft", wrap=True))
        layout.addWidget(self.input)

    @property
    def value(self) -> Setting:
        """What was entered; an empty number is the default."""
        return self._read()

    def _control(
        self, face: Face, option: Option, value: Setting, name: str
    ) -> tuple[QWidget, Callable[[], Setting]]:
        if isinstance(option.default, bool):
            words = [(True, face.text("devices.yes")), (False, face.text("devices.no"))]
            return _choice(ChoiceRow(face, words, value))
        if option.choices:
            choices = [(choice, str(choice)) for choice in option.choices]
            return _choice(ChoiceRow(face, choices, value))
        field = QLineEdit(str(value))
        field.setAccessibleName(name)
        if isinstance(option.default, int):
            field.setValidator(QIntValidator(0, option.maximum, field))
            default = option.default
            return field, lambda: int(field.text() or default)
        return field, field.text


def _choice(row: ChoiceRow) -> tuple[QWidget, Callable[[], Setting]]:
    def chosen() -> Setting:
        value = row.value
        assert isinstance(value, str | int)
        return value

    return row, chosen
