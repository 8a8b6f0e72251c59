"""Works the window as a cashier does: keys, touches, scans; everything happens at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.runtime.bus import Bus
from pos.till.sale_views import SaleView
from pos.till.views import TillView
from pos.ui.screens.sale import SaleScreen
from pos.ui.shell import SMALLEST
from pos.ui.stage import AtOnce
from pos.ui.widgets.button import Key
from pos.ui.window import Window, WindowParts
from tests.support.till import TestTill

NONE = Qt.KeyboardModifier.NoModifier
T = TypeVar("T", bound=QWidget)


class Hands:
    """A cashier's hands on one window."""

    def __init__(self, parts: Callable[[AtOnce, Bus], WindowParts], size: tuple[int, int]) -> None:
        self.bus = Bus()
        self.window = Window(parts(AtOnce(), self.bus))
        # A scan is what is sent without a pause, however busy the machine is.
        self.window.wedge.set_gap(60_000)
        self.shell = self.window.shell
        self.shell.resize(*size)
        self.shell.show()
        self.settle()

    @property
    def view(self) -> TillView:
        """What the window shows."""
        view = self.window.work.view
        assert view is not None
        return view

    @property
    def sale(self) -> SaleView:
        """The sale the window shows."""
        assert self.view.sale is not None
        return self.view.sale

    @property
    def selling(self) -> SaleScreen:
        """The selling screen, which has to be in sight."""
        screen = self.shell.screen_in_sight
        assert isinstance(screen, SaleScreen), self.shell.page
        return screen

    @property
    def handle(self) -> QWindow:
        """The window as the desktop sees it: where real keys arrive."""
        handle = self.shell.windowHandle()
        assert handle is not None
        return handle

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        focus: QWidget | None = self.shell.focusWidget()
        return self.shell if focus is None else focus

    @property
    def notices(self) -> list[str]:
        """What the cashier was told, newest first."""
        assert self.shell.notices is not None
        return [notice.text for notice in self.shell.notices.kept]

    def settle(self) -> None:
        """Deliver what is queued, until replies to replies have arrived too."""
        for _ in range(8):
            QApplication.sendPostedEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifiers)
        self.settle()

    def write(self, text: str) -> None:
        """Type where the keyboard is, as a hand does: below the scanner filter."""
        for sign in text:
            press_sign(self.focus, sign)
            self.settle()

    def touch(self, target: QWidget, at: QPoint | None = None) -> None:
        """Touch the middle of a control, which has to be in sight and in the window."""
        assert target.isVisible(), f"{target.accessibleName()} is out of sight"
        middle = target.rect().center()
        spot = target.mapTo(self.shell, middle)
        assert self.shell.rect().contains(spot), f"{target.accessibleName()} is out of the window"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, NONE, middle if at is None else at)
        self.settle()

    def touch_key(self, words: str) -> None:
        """Touch the key in sight with these words or this name."""
        self.touch(self.find_key(words))

    def find_key(self, words: str) -> Key:
        """The one key in sight with these words or this name."""
        found = [key for key in self.visible(Key) if words in (key.text(), key.accessibleName())]
        assert len(found) == 1, f"{len(found)} keys say {words!r}"
        return found[0]

    def scan(self, code: str, suffix: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Let a keyboard wedge type a code into the window, without a pause."""
        for sign in code:
            if sign == "\x1d":
                self._send_separator()
            else:
                press_sign(self.handle, sign)
        if suffix is not None:
            QTest.keyClick(self.handle, suffix)
        self.settle()

    def _send_separator(self) -> None:
        """A group separator as scanners send it: Ctrl and ], which makes the text "\\x1d"."""
        control = Qt.KeyboardModifier.ControlModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_BracketRight, control, "\x1d")
            QApplication.sendEvent(self.handle, event)

    def visible(self, kind: type[T]) -> list[T]:
        """All controls of a kind that are in sight."""
        found: list[T] = self.shell.findChildren(kind)
        return [child for child in found if child.isVisible()]

    def close(self) -> None:
        """Take the window down."""
        self.window.close()
        self.settle()


class Driver(Hands):
    """A window on a test till, at its smallest unless asked otherwise."""

    def __init__(self, folder: Path) -> None:
        self.desk = TestTill(folder)
        super().__init__(self._parts, SMALLEST)

    def _parts(self, lane: AtOnce, bus: Bus) -> WindowParts:
        return WindowParts(
            till=self.desk.till,
            till_lane=lane,
            search_lane=lane,
            side_lane=lane,
            open_shelves=lambda: self.desk.desk.catalogue,
            bus=bus,
            texts=self.desk.desk.texts,
            folder=self.desk.folder,
            pictures=self.desk.folder,
        )

    def open(self, operator: str = "maria", pin: str = "9999") -> None:
        """Sign in and open the session, past the window."""
        self.desk.till.sign_in(operator, pin)
        self.window.work.do(lambda till: till.open_session(None))
        self.settle()

    def close(self) -> None:
        """Take window and till down."""
        super().close()
        self.desk.close()


def press_sign(target: QWidget | QWindow, sign: str) -> None:
    """Press and release the key of a character."""
    QTest.keyClick(target, sign)  # type: ignore[call-overload]  # missing in the stubs
