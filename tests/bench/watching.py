"""Watches the real window while it starts, takes scans and searches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos.till.views import TillView
from pos.ui import window as real
from pos.ui.screens.sale import SaleScreen
from tests.bench.memory import peak_megabytes

OPERATOR, PIN = "maria", "9999"
LINES = 12
PATIENCE_MS = 20_000
PAUSE_MS = 500


class Watcher(QObject):
    """Does one thing after the other, each when the one before it was painted.

    The steps are a generator: it yields the widget whose next painting it waits for.
    """

    def __init__(self, window: real.Window, told: dict[str, Any]) -> None:
        super().__init__()
        self._window, self._told = window, told
        self._steps = self._all_steps()
        self._awaited: QWidget | None = None
        self._answered = False
        self._never_painted = QWidget()
        window.work.viewed.connect(self._on_view)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(lambda: QApplication.exit(1))
        self._patience.start(PATIENCE_MS)

    def _on_view(self, view: TillView) -> None:
        if self._awaited is None:
            self._next()
        else:
            self._answered = True

    def _on_arrived(self) -> None:
        self._answered = True

    def _next(self) -> None:
        self._patience.start(PATIENCE_MS)
        self._answered = False
        widget = next(self._steps, None)
        if widget is None:
            QApplication.quit()
            return
        if self._awaited is not None:
            self._awaited.removeEventFilter(self)
        self._awaited = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The painting that follows the answer is the one waited for; it is done a moment later."""
        if event.type() == QEvent.Type.Paint and self._answered and watched is self._awaited:
            self._answered = False
            QTimer.singleShot(0, self, self._next)
        return False

    def _all_steps(self) -> Iterator[QWidget]:
        started = self._told["started"]
        shell, work = self._window.shell, self._window.work
        self._answered = True
        yield shell
        self._told["window"] = time.monotonic() - started
        work.do(lambda till: till.sign_in(OPERATOR, PIN))
        yield shell
        self._told["selling"] = time.monotonic() - started
        yield from self._scan()
        yield from self._search()
        self._told["memory"] = peak_megabytes()

    def _scan(self) -> Iterator[QWidget]:
        times: list[float] = self._told["scans"]
        random = Random(3)
        for number in range(self._told["scan_count"]):
            if number and number % LINES == 0:
                self._window.work.do(lambda till: till.tender("cash"))
                yield self._window.shell
                yield self._pause()
            code = random.choice(self._told["codes"])
            screen = self._selling()
            start = self._type(code)
            yield screen.cart.lines.viewport()
            times.append((time.monotonic() - start) * 1e3)

    def _pause(self) -> QWidget:
        """The next customer comes when the receipt of the last one is on the screen."""
        QTimer.singleShot(PAUSE_MS, self, self._next)
        return self._never_painted

    def _selling(self) -> SaleScreen:
        pages = self._window.shell.pages
        assert pages is not None
        screen = pages.page("sale")
        assert isinstance(screen, SaleScreen)
        return screen

    def _type(self, code: str) -> float:
        """Let a scanner type a code; returns when its last key came."""
        for sign in code:
            self._press(getattr(Qt.Key, f"Key_{sign}"), sign)
        start = time.monotonic()
        self._press(Qt.Key.Key_Return, "\r")
        return start

    def _press(self, key: Qt.Key, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QApplication.sendEvent(self._window.shell.windowHandle(), event)

    def _search(self) -> Iterator[QWidget]:
        """Type words sign by sign, as a hand does, and wait for the tiles after each."""
        screen = self._selling()
        screen.catalogue.model.arrived.connect(self._on_arrived)
        for word in self._told["words"]:
            for sign in word:
                start = time.monotonic()
                screen.catalogue.field.insert(sign)
                yield screen.catalogue.grid.viewport()
                self._told["keystrokes"].append((time.monotonic() - start) * 1e3)
            screen.catalogue.field.clear()
            yield screen.catalogue.grid.viewport()


def watch(told: dict[str, Any]) -> None:
    """The next window that is made is watched; what it does is written into `told`."""
    watchers: list[Watcher] = []
    plain = real.Window

    class Watched(plain):  # type: ignore[misc, valid-type]
        def __init__(self, parts: real.WindowParts) -> None:
            super().__init__(parts)
            watchers.append(Watcher(self, told))

    real.Window = Watched  # type: ignore[misc]
