"""Which key of the keyboard does what, where a manager may decide otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from pos.domain.errors import Refusal

DEFAULT_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "help": "F1",
        "search": "F2",
        "customer": "F3",
        "quantity": "F4",
        "price": "F5",
        "discount": "F6",
        "park": "F7",
        "take_back": "F8",
        "voucher": "F9",
        "pay": "F10",
        "drawer": "F11",
        "lock": "F12",
        "info": "Insert",
    }
)
"""By action; its name is a text key under `key_action.`."""

POSSIBLE_KEYS = (*(f"F{number}" for number in range(1, 25)), "Insert", "Pause")
"""Keys that type nothing and move nothing. Programmable keyboards send F13 to F24."""


class KeyTable(Struct, frozen=True):
    """Every action with its key; no key does two things.

    Attributes:
        changed: the keys that are other ones than usual, by action.
    """

    changed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = [key for _, key in self.rows()]
        if len(set(keys)) < len(keys) or not self.changed.keys() <= DEFAULT_KEYS.keys():
            raise ValueError(f"no table of keys: {dict(self.changed)}")

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Action and key, in the order they are shown."""
        return tuple((name, self.changed.get(name, key)) for name, key in DEFAULT_KEYS.items())

    def action_of(self, key: str) -> str:
        """What a key does; empty for nothing."""
        return next((name for name, each in self.rows() if each == key), "")

    def with_key(self, action: str, key: str) -> KeyTable:
        """The table with another key for an action.

        Raises Refusal "no_such_action", "key_impossible" or, naming the other action, "key_taken".
        """
        if action not in DEFAULT_KEYS:
            raise Refusal("no_such_action", action=action)
        if key not in POSSIBLE_KEYS:
            raise Refusal("key_impossible", key=key)
        taken = self.action_of(key)
        if taken not in ("", action):
            raise Refusal("key_taken", key=key, other=taken)
        others = {name: each for name, each in self.changed.items() if name != action}
        return KeyTable(others if key == DEFAULT_KEYS[action] else {**others, action: key})
