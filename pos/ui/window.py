"""Opens the window on a till: connects lanes, bus and scanner filter to the shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos.ports.catalogue import Shelves
from pos.runtime.bus import Bus
from pos.runtime.memory import settle
from pos.runtime.texts import Texts
from pos.settings.till_toml import NO_SCREEN, DisplaySetting
from pos.till.till import Till
from pos.ui.bridge import Bridge, WorkLane
from pos.ui.display.window import Display
from pos.ui.keys import WedgeFilter
from pos.ui.look import load_fonts
from pos.ui.preferences import Preferences
from pos.ui.second_press import SecondPress
from pos.ui.shelf import Shelf
from pos.ui.shell import Shell
from pos.ui.work import Work

SETTLED_MS = 5_000
"""So long after the window was shown, the start is over: the pages are built by then."""


class WindowParts(Struct, frozen=True):
    """What a window stands on.

    Attributes:
        till_lane: the only lane that may call `till`.
        search_lane: owns what `open_shelves` opens.
        side_lane: for work that needs no till.
        folder: where the window's own preferences are kept.
        display: of the customer display.
    """

    till: Till
    till_lane: WorkLane
    search_lane: WorkLane
    side_lane: WorkLane
    open_shelves: Callable[[], Shelves]
    bus: Bus
    texts: Texts
    folder: Path
    pictures: Path
    display: DisplaySetting = NO_SCREEN


class Window:
    """The shell with all its wires. Making it needs a running QApplication."""

    def __init__(self, parts: WindowParts) -> None:
        load_fonts()
        self.bridge = Bridge()
        parts.bus.subscribe(self.bridge.hear)
        self.work = Work(self.bridge, parts.till_lane, parts.side_lane, parts.till, parts.texts)
        shelf = Shelf(self.bridge, parts.search_lane, parts.open_shelves)
        self.shell = Shell(self.work, shelf, Preferences(parts.folder), parts.pictures)
        self.display = Display(self.work, parts.display, parts.pictures)
        self.shell.display_wanted.connect(self.display.toggle)
        self.wedge, self.second = WedgeFilter(), SecondPress()
        self.wedge.at_search = self.shell.is_at_search
        self.wedge.scanned.connect(self.shell.take_scan)
        self.wedge.refused.connect(self.shell.refuse_scan)
        # On the native window, not the application: keys pass here, and nothing else is slowed.
        self.shell.winId()
        self._handle = self.shell.windowHandle()
        # The one installed last is asked first: a scan is no press of a key.
        self._handle.installEventFilter(self.second)
        self._handle.installEventFilter(self.wedge)
        self.shell.turned.connect(self.second.turned)
        self.work.do(lambda till: till.view())

    def close(self) -> None:
        """Take the wires off again."""
        self.display.close()
        self._handle.removeEventFilter(self.wedge)
        self._handle.removeEventFilter(self.second)
        self.shell.close()
        self.shell.deleteLater()


def application() -> QApplication:
    """The one application, made on first use."""
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication(["kassa"])


def run_window(parts: WindowParts) -> int:
    """Show the window until it is closed; returns Qt's exit code."""
    application()
    window = Window(parts)
    # Where no window manager maximises it, the window takes the screen by itself.
    window.shell.setGeometry(QApplication.primaryScreen().availableGeometry())
    window.shell.showMaximized()
    window.display.open_on_its_screen()
    QTimer.singleShot(SETTLED_MS, window.shell, settle)
    code = QApplication.exec()
    window.close()
    return code
