"""Codes drawn ahead, for many cards at once."""

from __future__ import annotations

from collections import defaultdict

from pos.domain.stored_value.codes import CodeGroup, CodeKey

_SALT = 32
"""Symbols of a salt."""


class DrawnCodes:
    """Codes in the order of their ends, though each was drawn at random.

    Cards are found by how their codes end, in an index: those that are written together then stand
    together in it, which is a fraction of the pages to write. Nobody learns more of a code by that
    than what everybody may see of it.
    """

    def __init__(self, run: str, key: CodeKey, group: CodeGroup, wanted: int) -> None:
        """Draw for a generation, by its id, as many as are wanted."""
        self.run, self.missing = run, wanted
        self._key, self._group = key, group
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def draw(self, count: int) -> None:
        """Draw so many more; whoever takes some waits until none is missing."""
        self.missing -= count
        for _ in range(count):
            salt = self._key.new_salt()
            backwards = self._key.code(salt, self._group)[::-1]
            # One string for both takes half the room of two, and there are very many.
            self._by_end[backwards[:2]].append(backwards + salt)
        self._count += count

    def take(self, count: int) -> list[tuple[str, str]]:
        """The next codes, each with its salt; fewer where no more were drawn."""
        taken: list[str] = []
        for end in sorted(self._by_end):
            some = sorted(self._by_end.pop(end))
            wanted = count - len(taken)
            taken += some[:wanted]
            if some[wanted:]:
                self._by_end[end] = some[wanted:]
            if len(taken) == count:
                break
        self._count -= len(taken)
        return [(each[:-_SALT][::-1], each[-_SALT:]) for each in taken]
