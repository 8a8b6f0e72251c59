"""Where a device is plugged in: the way, what that way asks for, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.ports.address import USUAL, WAYS, Address, read_address
from pos.ui.face import Face
from pos.ui.widgets.basics import clear, label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.choice_row import ChoiceRow
from pos.ui.widgets.flow import flowing

WAYS_OF = {"printer": tuple(WAYS), "scanner": ("serial",)}
WIDE_PARTS = ("host", "device")


class AddressField(QWidget):
    """An address for editing.

    Signals:
        laid_out(): the fields are other ones.

    Attributes:
        fields: of the way that is chosen, by the part they hold.
    """

    laid_out = Signal()

    def __init__(self, face: Face, kind: str, address: str, found: Sequence[str]) -> None:
        super().__init__()
        self._face, self._ways = face, WAYS_OF[kind]
        self._found = [each for each in found if read_address(each).way in self._ways]
        self._address = read_address(address)
        if self._address.way not in self._ways:
            self._address = _empty(self._ways[0])
        self.fields: dict[str, QLineEdit] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._show()

    @property
    def value(self) -> str:
        """The address as it was entered."""
        parts = {name: field.text() for name, field in self.fields.items()}
        return str(Address(self._address.way, parts, self._address.rest))

    @property
    def complete(self) -> bool:
        """Whether everything is said that has no usual value."""
        missing = [name for name, field in self.fields.items() if not field.text().strip()]
        return all(name in USUAL for name in missing)

    def _show(self) -> None:
        clear(self._layout)
        text, way = self._face.text, self._address.way
        if len(self._ways) > 1:
            words = [(each, text(f"devices.way.{each}")) for each in self._ways]
            self._choice = ChoiceRow(self._face, words, way)
            self._choice.changed.connect(self._on_way)
            self._layout.addWidget(self._choice)
        self.fields = {name: self._field(name) for name in WAYS[way]}
        line = row(gap=8)
        for name, field in self.fields.items():
            line.addWidget(field, 3 if name in WIDE_PARTS else 1)
        self._layout.addLayout(line)
        keys = [self._found_key(each) for each in self._found if read_address(each).way == way]
        if keys:
            self._layout.addWidget(label(text("devices.found"), "soft", wrap=True))
            self._layout.addWidget(flowing(*keys))
        self.laid_out.emit()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self._address.parts.get(name, ""))
        words = self._face.text(f"devices.part.{self._address.way}.{name}")
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
        field.setToolTip(words)
        return field

    def _found_key(self, address: str) -> Key:
        place = read_address(address).parts["device"]
        key = Key(self._face.look, place, height=56)
        key.setProperty("place", place)
        key.clicked.connect(self._on_found)
        return key

    def _on_found(self) -> None:
        self.fields["device"].setText(str(self.sender().property("place")))

    def _on_way(self) -> None:
        self._address = _empty(str(self._choice.value))
        # The key that was pressed goes with the row: not inside its own signal.
        QTimer.singleShot(0, self, self._show)


def _empty(way: str) -> Address:
    return Address(way, {name: USUAL.get(name, "") for name in WAYS[way]})
