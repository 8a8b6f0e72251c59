"""The keys beside the sale: minus and plus, those the shop wants there (T-037), and More."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.panel import USUAL_PANEL
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import clear, column, row
from pos.ui.widgets.button import Key

KEYS = {
    "less": ("minus", ""),
    "more": ("plus", ""),
    "quantity": ("hash", "F4"),
    "price": ("tag", "F5"),
    "discount": ("percent", "F6"),
    "remove": ("trash-2", "key.delete"),
    "park": ("pause", "F7"),
    "order": ("clipboard-plus", ""),
    "orders": ("clipboard-list", ""),
    "why": ("circle-help", "?"),
    "voucher": ("gift", "F9"),
    "measure": ("package", ""),
    "choose": ("layers", ""),
    "rename": ("type", ""),
    "empties": ("recycle", ""),
    "note": ("sticky-note", ""),
    "drawer": ("inbox", "F11"),
    "reprint": ("printer", ""),
    "history": ("history", "key.history"),
    "info": ("info", "key.insert"),
    "return_line": ("rotate-ccw", ""),
    "ship": ("package-open", ""),
    "customer": ("user", "F3"),
    "points": ("star", ""),
    "menu": ("ellipsis", "key.menu"),
}
"""Icon, and the key on the keyboard that does the same: as it is, or the key of a text."""
NEED_A_LINE = (
    "less",
    "more",
    "quantity",
    "price",
    "discount",
    "remove",
    "why",
    "measure",
    "choose",
    "rename",
)
STEPS = ("less", "more")


class Panel(QWidget):
    """Laid out anew when the back office wants other keys.

    Signals:
        wanted(action): a key was pressed; the action's name.

    Attributes:
        keys: what stands there now, by action.
    """

    wanted = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.keys: dict[str, Key] = {}
        self._shown: tuple[str, ...] = ()
        self._rows = column(gap=8)
        self.setLayout(self._rows)
        self.show_keys(USUAL_PANEL)

    def show_keys(self, names: tuple[str, ...]) -> None:
        """Stand these there, in their order."""
        if names == self._shown:
            return
        self._shown = names
        clear(self._rows)
        self.keys.clear()
        steps, keys = [self._key(each) for each in STEPS], [self._key(each) for each in names]
        keys.append(self._key("menu"))
        if self._face.compact:
            rows = [steps, *_rows_of(keys, 2)]
        else:
            first = 3 if len(keys) > 3 else len(keys)
            rows = [[*steps, *keys[:first]], *_rows_of(keys[first:], 5)]
        for each in rows:
            self._rows.addLayout(row(*each, gap=8))

    def enable(self, *, has_line: bool) -> None:
        """What works on a line needs one."""
        for action in NEED_A_LINE:
            if action in self.keys:
                self.keys[action].setEnabled(has_line)

    def _key(self, action: str) -> Key:
        step = action in STEPS
        icon, hint = KEYS[action]
        words = self._face.text(f"do.{action}")
        key = Key(
            self._face.look,
            "" if step else words,
            icon=icon,
            hint=self._face.text(hint) if "." in hint else hint,
            stacked=not step,
            size=tokens.CAPTION,
            height=66,
            name=words,
        )
        narrow = step and not self._face.compact
        wide = QSizePolicy.Policy.Fixed if narrow else QSizePolicy.Policy.Expanding
        key.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        key.setProperty("action", action)
        key.clicked.connect(self._on_key)
        self.keys[action] = key
        return key

    def _on_key(self) -> None:
        self.wanted.emit(str(self.sender().property("action")))


def _rows_of(keys: list[Key], most: int) -> list[list[Key]]:
    """Keys in rows of at most so many, as even as can be."""
    count = -(-len(keys) // most)
    if not count:
        return []
    wide = -(-len(keys) // count)
    return [keys[place : place + wide] for place in range(0, len(keys), wide)]
