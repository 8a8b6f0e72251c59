"""Opening files and addresses in the programs of this machine."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

WEB = ("http://", "https://", "mailto:")


def open_outside(target: str) -> bool:
    """Open a file by its path, or an address; False where no program takes it."""
    is_address = target.lower().startswith(WEB)
    url = QUrl(target) if is_address else QUrl.fromLocalFile(target)
    return bool(QDesktopServices.openUrl(url))
