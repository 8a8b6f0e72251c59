"""Pages over each other, of which one is in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """All pages have the same room, whatever they would like.

    Qt would ask each of them how high it is at this width, with every word that changes anywhere.
    """

    def hasHeightForWidth(self) -> bool:
        """No page is asked."""
        return False
