"""Runs the core as on a machine that has no PySide6: every import of it is refused."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

QT_FOLDERS = {("tests", "ui"), ("tests", "tour")}
"""Test folders that are about windows, as path parts."""


class QtRefused:
    """An import finder that answers for PySide6 and its runtime, and says no."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raises ModuleNotFoundError for a Qt module, and leaves all others to the next finder."""
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            message = f"{name}: this run stands in for a machine without PySide6"
            raise ModuleNotFoundError(message, name=name)
        return None


def refuse_qt() -> None:
    """Refuses PySide6 from now on; raises RuntimeError if it is loaded already."""
    if "PySide6" in sys.modules:
        message = "PySide6 is loaded already: start pytest with -p no:pytest-qt"
        raise RuntimeError(message)
    sys.meta_path.insert(0, QtRefused())
