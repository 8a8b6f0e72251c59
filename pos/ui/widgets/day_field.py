"""A day that is typed, as the shop writes it: day, month, year."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QLineEdit

from pos.ui.face import Face

_DAY = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})")


class DayField(QLineEdit):
    """Empty is no day; what is no day can be asked for with `is_readable`."""

    def __init__(self, face: Face, words: str) -> None:
        super().__init__()
        self.setPlaceholderText(f"{words} ({face.text('day.shape')})")
        self.setAccessibleName(words)
        self.setMaxLength(10)

    @property
    def day(self) -> date | None:
        """What was typed; None where nothing was, or nothing that is a day."""
        typed = _DAY.fullmatch(self.text().strip())
        if typed is None:
            return None
        day, month, year = map(int, typed.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None

    @property
    def is_readable(self) -> bool:
        """Whether it is empty, or a day."""
        return not self.text().strip() or self.day is not None
