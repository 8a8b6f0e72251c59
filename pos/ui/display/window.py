"""The window of the customer display, and when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.runtime.lane import Outcome
from pos.runtime.texts import Texts
from pos.settings.till_toml import DisplaySetting
from pos.till.sale_views import LineView
from pos.till.surface_views import ShownPriceView
from pos.till.views import TillView
from pos.ui.display.board import Board
from pos.ui.face import Face
from pos.ui.look import Look, palette_of
from pos.ui.style_sheet import style_sheet
from pos.ui.work import Work

TRYING = QSize(800, 480)
"""How large it opens where it has no screen of its own."""
DRAWN_FOR = (760, 460)
"""Width and height at which everything has its own size; larger screens show all larger."""
SCALES = range(75, 301, 5)


class _Drawn(Struct, frozen=True):
    """What a board was built for."""

    language: str
    currency: str
    scale: int
    upright: bool


class DisplayWindow(QWidget):
    """Shows snapshots to the customer. It never takes the keyboard from the cashier.

    Another language, currency or size builds its board anew.
    """

    def __init__(self, setting: DisplaySetting, pictures: Path, zone: str) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The program ends with the till's window, not with the one customers look at.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("shell")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._setting, self._pictures, self._zone = setting, pictures, zone
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._drawn: _Drawn | None = None
        self._view: TillView | None = None
        self.board: Board | None = None
        self._price: ShownPriceView | None = None
        self.resize(TRYING)

    def show_view(self, view: TillView) -> None:
        """Paint a snapshot."""
        self._view = view
        self._build(view)
        assert self.board is not None
        self.board.show_view(view)
        self._show_price()

    def show_price(self, shown: ShownPriceView) -> None:
        """A price to look at, as long as its product is the newest line."""
        self._price = shown
        self._show_price()

    def _show_price(self) -> None:
        board, view, price = self.board, self._view, self._price
        if board is None or view is None or price is None or board.newest is None:
            return
        fits = view.prices_shown and price.product == board.newest.product
        board.show_price(price if fits else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may want another scale, or columns under each other."""
        super().resizeEvent(event)
        if self._view is not None:
            self.show_view(self._view)

    def language(self, view: TillView) -> str:
        """What it speaks: its own language, else the till's."""
        return self._setting.language or view.language

    def _build(self, view: TillView) -> None:
        width, height = self.width(), self.height()
        upright = height > width
        room = min(width * 100 // DRAWN_FOR[0], height * 100 // DRAWN_FOR[1])
        if upright:
            room = min(width * 100 // DRAWN_FOR[1], height * 100 // DRAWN_FOR[0])
        scale = max((each for each in SCALES if each <= room), default=SCALES[0])
        wanted = _Drawn(self.language(view), view.currency, scale, upright)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        texts = Texts(wanted.language, self._zone)
        look = Look(palette_of(self._setting.theme), scale)
        face = Face(texts, look, self._pictures, view.currency)
        self.setStyleSheet(style_sheet(look))
        self.setFont(look.font())
        self.setWindowTitle(face.text("display.title"))
        if self.board is not None:
            self._layout.removeWidget(self.board)
            self.board.deleteLater()
        self.board = Board(face, upright=upright)
        self._layout.addWidget(self.board)


class Display(QObject):
    """Opens and closes the window: on its own screen by itself, on the till's when asked to.

    A screen that isn't plugged in gets no window; it opens when the screen comes.
    """

    def __init__(self, work: Work, setting: DisplaySetting, pictures: Path) -> None:
        super().__init__()
        self._work, self._setting, self._pictures = work, setting, pictures
        self.window: DisplayWindow | None = None
        self._asked: tuple[str, str] = ("", "")
        work.viewed.connect(self._on_view)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._on_screens)
            application.screenRemoved.connect(self._on_screens)

    def open_on_its_screen(self) -> None:
        """Fill the screen the setting names, if it is there."""
        screen = screen_of(self._setting.screen, QGuiApplication.screens())
        if screen is None:
            return
        window = self._made()
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.setGeometry(screen.geometry())
        window.show()

    def toggle(self) -> None:
        """Show it on this screen to try it out, or put it away."""
        if self.window is not None and self.window.isVisible():
            self.close()
        else:
            self._made().show()

    def close(self) -> None:
        """Put the window away."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _made(self) -> DisplayWindow:
        if self.window is None:
            zone = self._work.texts.zone.key
            self.window = DisplayWindow(self._setting, self._pictures, zone)
            self._asked = ("", "")
        if self._work.view is not None:
            self._on_view(self._work.view)
        return self.window

    def _on_view(self, view: TillView) -> None:
        window = self.window
        if window is None:
            return
        window.show_view(view)
        line = window.board.newest if window.board is not None else None
        self._ask_price(line, window.language(view))

    def _ask_price(self, line: LineView | None, language: str) -> None:
        """What may be shown beside the newest line; asked once for each product in a row."""
        wanted = (line.product, language) if line is not None else ("", "")
        if wanted == self._asked:
            return
        self._asked = wanted
        product = wanted[0]
        if product:
            self._work.ask(
                lambda till: till.shown_price(product, "display", language),
                self._on_price,
                urgent=False,
            )

    def _on_price(self, outcome: Outcome[object]) -> None:
        if self.window is not None and isinstance(outcome.value, ShownPriceView):
            self.window.show_price(outcome.value)

    def _on_screens(self, _screen: QScreen) -> None:
        """A screen came or went: be where the setting says, or nowhere."""
        if self._setting.screen:
            self.close()
            self.open_on_its_screen()


def screen_of(number: int, screens: Sequence[QScreen]) -> QScreen | None:
    """The screen with that number, counted from 1; None for 0, or where it isn't plugged in."""
    return screens[number - 1] if 0 < number <= len(screens) else None
