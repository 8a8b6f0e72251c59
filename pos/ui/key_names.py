"""Keys by the names the table of keys knows, and what a pressed one stands for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from pos.domain.keys import DEFAULT_KEYS

KEYS = {
    **{f"F{number}": Qt.Key(Qt.Key.Key_F1 + number - 1) for number in range(1, 25)},
    "Insert": Qt.Key.Key_Insert,
    "Pause": Qt.Key.Key_Pause,
}
_NAMES = {key: name for name, key in KEYS.items()}


def name_of(event: QKeyEvent) -> str:
    """The name of a pressed key; empty for one the table doesn't know, or with Shift and such."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    return _NAMES.get(Qt.Key(event.key()), "")


def moved(keys: Mapping[str, str]) -> dict[str, str]:
    """By pressed key, the usual key of what it does now; empty for a key that does nothing now."""
    usual = {DEFAULT_KEYS[action]: "" for action in keys if keys[action] != DEFAULT_KEYS[action]}
    return usual | {
        key: DEFAULT_KEYS[action] for action, key in keys.items() if key != DEFAULT_KEYS[action]
    }


def as_usual(event: QKeyEvent, moved_keys: Mapping[str, str]) -> QKeyEvent | None:
    """The event as the screens know it; None where the key does nothing any more."""
    meant = moved_keys.get(name_of(event))
    if meant is None:
        return event
    if not meant:
        return None
    return QKeyEvent(QEvent.Type.KeyPress, KEYS[meant], event.modifiers(), "")
