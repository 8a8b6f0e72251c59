"""Letters for fingers: a small keyboard for notes, names and the search without a keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.face import Face
from pos.ui.widgets.basics import row
from pos.ui.widgets.button import Key

GAP = 8
"""Between keys, as far as fingers need it; ten keys of 48 fill the narrowest pane."""


class Letters(QWidget):
    """Types into one field. The rows come from the language file: layouts differ. `more` makes a
    row of its own, for what is no word.

    The keys are made when they are first seen: most of these keyboards never are.
    """

    def __init__(
        self, face: Face, field: QLineEdit, *, on_card: bool = False, more: str = ""
    ) -> None:
        super().__init__()
        self._face, self._field = face, field
        self._kind, self._more = "key" if on_card else "plain", more

    def showEvent(self, event: QShowEvent) -> None:
        """Make the keys, the first time."""
        if self.layout() is None:
            self._build()
        super().showEvent(event)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        rows = [self._face.text(f"letters.row{number}") for number in (1, 2, 3, 4)]
        for signs in filter(None, (*rows, self._more)):
            layout.addLayout(row(*(self._key(sign) for sign in signs), gap=GAP))
        space = self._key(" ", "letters.space")
        back = self._key("back", "letters.back", icon="delete")
        seldom = [self._key(sign) for sign in self._face.text("letters.seldom")]
        bottom = row(*seldom, space, back, gap=GAP)
        for place in range(bottom.count()):
            bottom.setStretch(place, 4 if place == len(seldom) else 1)
        layout.addLayout(bottom)

    def type_into(self, field: QLineEdit) -> None:
        """Type into another field from here on."""
        self._field = field

    def _key(self, sign: str, name: str = "", icon: str = "") -> Key:
        said = self._face.text(name) if name else sign
        key = Key(
            self._face.look,
            "" if icon else sign if sign != " " else said,
            icon=icon,
            kind=self._kind,
            size=18,
            height=48,
            name=said,
        )
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        key.setProperty("sign", sign)
        key.clicked.connect(self._on_key)
        return key

    def _on_key(self) -> None:
        sign = str(self.sender().property("sign"))
        if sign == "back":
            self._field.backspace()
        else:
            self._field.insert(sign)
