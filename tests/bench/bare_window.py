"""The least a window costs: PySide6, a list of a hundred rows, painted once. A program of its own.

`python -m tests.bench.bare_window STARTED` prints seconds since STARTED and its memory as JSON.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QListView

from tests.bench.memory import peak_megabytes


class Painted(QObject):
    """Ends the program when the list was painted."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, QApplication.quit)
        return False


def main() -> None:
    """Show, wait for the paint, tell."""
    started = float(sys.argv[1])
    application = QApplication(sys.argv)
    view = QListView()
    view.setModel(QStringListModel([f"row {number}" for number in range(100)]))
    Painted(view)
    view.resize(1024, 768)
    view.show()
    application.exec()
    seconds = time.monotonic() - started
    print(json.dumps({"start": seconds, "memory": peak_megabytes()}))


if __name__ == "__main__":
    main()
