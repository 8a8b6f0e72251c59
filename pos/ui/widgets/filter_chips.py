"""Chips that narrow what the tiles show: one for each visible attribute (ETRON-21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ports.goods import Filter
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import clear
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing

ATTRIBUTE, VALUE = "attribute", "value"


class FilterChips(QWidget):
    """A touch on an attribute offers its values, a touch on a value takes it. The chosen value
    stands on its chip; a touch lets it go.

    Signals:
        narrowed(attribute, value): show only such goods; an empty value lets the attribute go.
    """

    narrowed = Signal(str, str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self._filters: tuple[Filter, ...] = ()
        self._values: dict[str, str] = {}
        self._open = ""
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(4, 0, 10, 0)
        self._rows.setSpacing(6)
        self.hide()

    def show_filters(self, filters: Sequence[Filter], values: Mapping[str, str]) -> None:
        """Show what there is to narrow by, and what is chosen of it."""
        if (tuple(filters), dict(values)) == (self._filters, self._values):
            return
        self._filters, self._values = tuple(filters), dict(values)
        self._open = ""
        self._paint()

    def _paint(self) -> None:
        clear(self._rows)
        self.setVisible(bool(self._filters))
        if not self._filters:
            return
        self._rows.addWidget(flowing(*map(self._chip, self._filters), gap=6))
        opened = next((each for each in self._filters if each.number == self._open), None)
        if opened is not None:
            keys = [self._value(opened, each.number, each.name) for each in opened.values]
            self._rows.addWidget(flowing(*keys, gap=6))

    def _chip(self, each: Filter) -> Key:
        chosen = self._values.get(each.number, "")
        name = next((value.name for value in each.values if value.number == chosen), "")
        words = self._face.text("filter.chosen", name=each.name, value=name) if name else each.name
        key = Key(self._face.look, words, icon="x" if name else "list-filter", height=tokens.TARGET)
        key.setCheckable(True)
        key.setChecked(bool(name) or self._open == each.number)
        key.setProperty(ATTRIBUTE, each.number)
        key.clicked.connect(self._on_chip)
        return key

    def _value(self, each: Filter, value: str, name: str) -> Key:
        key = Key(self._face.look, name, kind="plain", height=tokens.TARGET)
        key.setAccessibleName(f"{each.name}: {name}")
        key.setProperty(ATTRIBUTE, each.number)
        key.setProperty(VALUE, value)
        key.clicked.connect(self._on_value)
        return key

    def _on_chip(self) -> None:
        attribute = str(self.sender().property(ATTRIBUTE))
        if attribute in self._values:
            self.narrowed.emit(attribute, "")
            return
        self._open = "" if self._open == attribute else attribute
        self._paint()

    def _on_value(self) -> None:
        key = self.sender()
        self.narrowed.emit(str(key.property(ATTRIBUTE)), str(key.property(VALUE)))
