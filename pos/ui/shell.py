"""The window: chooses the page for the state of the till, and carries keys, scans and notices."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pos.runtime.texts import Texts
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.key_names import as_usual, moved
from pos.ui.look import Look
from pos.ui.pages import OVER, Pages, allowed, page_of
from pos.ui.preferences import Preferences
from pos.ui.scans import Scans
from pos.ui.screens.change import ChangeScreen
from pos.ui.screens.screen import Screen
from pos.ui.screens.settings import SettingsPage
from pos.ui.shelf import Shelf
from pos.ui.sounds import Beeper, Sound
from pos.ui.style_sheet import style_sheet
from pos.ui.widgets.basics import column
from pos.ui.widgets.notice import NoticeLine
from pos.ui.widgets.status_line import StatusLine
from pos.ui.work import Notice, Tone, Work

SMALLEST = (1024, 768)
REPEATING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
)
"""Keys that go on while they are held down; Enter held down must not pay."""
ROOMY = (1600, 900)
TWO_COLUMNS = 980
TWO_ROWS = 1100
"""Width that two columns need at 100 %, and height that two rows do."""


class Shell(QWidget):
    """Holds one face at a time; another language or look builds all pages anew.

    Signals:
        display_wanted(): the customer display is to open here, or to close.
        turned(grave): something else came into sight; grave where a key takes money, or puts away
            what was not read.

    Attributes:
        page: name of the page in sight.
        asked: name of the page somebody asked for, empty while the state decides.
    """

    display_wanted = Signal()
    turned = Signal(bool)

    def __init__(self, work: Work, shelf: Shelf, preferences: Preferences, pictures: Path) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.work, self._shelf, self.preferences = work, shelf, preferences
        self.scans = Scans(work)
        self._beeper = Beeper(self)
        self.scans.heard.connect(self._on_heard)
        self.scans.receipt.connect(self._on_receipt)
        self._pictures = pictures
        self.asked, self.page = "", ""
        self.pages: Pages | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._look: Look = preferences.look
        self._room = (False, False)
        self._body: QWidget | None = None
        self.notices: NoticeLine | None = None
        self._kept: list[Notice] = []
        self._keys: dict[str, str] = {}
        self._moved: dict[str, str] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_colour_scheme)
        work.viewed.connect(self.show_view)
        work.noticed.connect(self._on_notice)
        work.scanned.connect(self.take_scan)

    @property
    def screen_in_sight(self) -> Screen:
        """The page in sight."""
        assert self.pages is not None
        return self.pages.page(self.page)

    def is_at_search(self) -> bool:
        """Whether what is typed goes to the search line of the goods."""
        focus: QWidget | None = self.focusWidget()
        return focus is not None and bool(focus.property("search"))

    def build(self, texts: Texts, currency: str) -> None:
        """Begin anew in this language and the preferred look."""
        self._drop_body()
        self._look = self._wanted_look()
        self._room = self._room_for(self._look)
        self.work.texts = texts
        QApplication.setFont(self._look.font())
        self._colour_links()
        self.setStyleSheet(style_sheet(self._look))
        self.setWindowTitle(texts.get("ui.window"))
        wishes = self.preferences
        face = Face(
            texts,
            self._look,
            self._pictures,
            currency,
            wishes.tiles,
            wishes.side,
            *self._room,
            ribbons=wishes.ribbons == "on",
        )
        self.status = StatusLine(face)
        self.notices = NoticeLine(face, self.status)
        self.notices.kept = self._kept
        self.status.wanted.connect(self.open)
        self.pages = Pages(
            face,
            self.work,
            self._shelf,
            self.scans,
            wishes,
            self.notices,
            self._connect_page,
        )
        self._body = QWidget()
        inside = column(self.pages, self.status, gap=0)
        inside.setStretch(0, 1)
        self._body.setLayout(inside)
        self._layout.addWidget(self._body)
        self.page = ""

    def show_view(self, view: TillView) -> None:
        """Paint a snapshot on the page it calls for."""
        keys = dict(view.keys)
        if self.pages is None or keys != self._keys or view.language != self.work.texts.language:
            self._keys, self._moved = keys, moved(keys)
            self.build(Texts(view.language, self.work.texts.zone.key), view.currency)
        assert self.pages is not None
        self.status.show_view(view)
        if not self._choose_page(self.pages, view):
            self.pages.show_view(view, self.page)

    def open(self, page: str) -> None:
        """Show a page somebody asked for."""
        if page == "customer_display":
            self.display_wanted.emit()
            return
        if page == "lock":
            self.work.do(lambda till: till.lock())
            return
        self.asked = page
        if self.work.view is not None:
            self.show_view(self.work.view)

    def leave(self) -> None:
        """One step back: to where the state of the till belongs."""
        self.open("")

    def take_scan(self, text: str, scanner: str = "") -> None:
        """A code was read: it goes to the till, whatever page is open, unless one is for trying."""
        if self.pages is not None and self.screen_in_sight.take_scan(text, scanner):
            return
        view = self.work.view
        if view is None or view.operator is None or view.locked or view.session is None:
            signed_in = view is not None and view.operator is not None and not view.locked
            key = "scan_closed" if signed_in else "scan_early"
            self.work.say(Tone.WARN, self.work.texts.get(f"ui.notice.{key}"))
            return
        self.screen_in_sight.step_aside()
        self.asked = ""
        self.scans.send(text)

    def refuse_scan(self, length: int) -> None:
        """A read longer than any code."""
        self.work.say(Tone.WARN, self.work.texts.get("ui.notice.scan_too_long", count=length))

    def rebuild(self) -> None:
        """The look is another one: build the pages anew, and stay where we are."""
        view = self.work.view
        if view is not None:
            self.build(self.work.texts, view.currency)
            self.show_view(view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no control needed."""
        if self.pages is None:
            return
        if event.isAutoRepeat() and event.key() not in REPEATING:
            return
        meant = event if self.screen_in_sight.takes_raw_keys else as_usual(event, self._moved)
        if meant is None or self.screen_in_sight.hotkey(meant):
            return
        event = meant
        match event.key():
            case Qt.Key.Key_F1:
                self.open("" if self.asked == "help" else "help")
            case Qt.Key.Key_F12:
                self.open("lock")
            case Qt.Key.Key_F11 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A large window draws everything larger; crossing the border builds the pages anew."""
        super().resizeEvent(event)
        look = self._wanted_look()
        if self.pages is not None and (look, self._room_for(look)) != (self._look, self._room):
            self._rebuild_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window may close at any moment: what was shown is kept already."""
        event.accept()

    def _colour_links(self) -> None:
        """Links are no matter of style sheets: Qt takes their colour from the palette."""
        colours = QApplication.palette()
        colours.setColor(QPalette.ColorRole.Link, self._look.colour("accent"))
        QApplication.setPalette(colours)

    def _wanted_look(self) -> Look:
        written = tuple((usual, key) for key, usual in self._moved.items() if usual)
        look = replace(self.preferences.look, keys=written)
        roomy = min(self.width(), self.height()) >= ROOMY[1]
        return look.roomier() if roomy and max(self.width(), self.height()) >= ROOMY[0] else look

    def _room_for(self, look: Look) -> tuple[bool, bool]:
        """Whether the window is too narrow for two columns, and too low for two rows as well."""
        narrow = self.width() < look.px(TWO_COLUMNS)
        return narrow, narrow and self.height() < look.px(TWO_ROWS)

    def _connect_page(self, page: Screen) -> None:
        page.wanted.connect(self.open)
        page.left.connect(self.leave)
        page.turned.connect(self.turned)
        if isinstance(page, ChangeScreen):
            page.passed_on.connect(self._pass_on)
        if isinstance(page, SettingsPage):
            # Later, so that the key that was pressed is not torn down inside its own signal.
            page.look_changed.connect(self._rebuild_soon)

    def _on_receipt(self, number: int) -> None:
        """A receipt was scanned: its page is where a return or a copy begins."""
        self.open("history")
        self.work.receipt_wanted.emit(number)

    def _pass_on(self, event: QKeyEvent) -> None:
        """A key that another page left for the one in sight; its meaning is settled already."""
        self.screen_in_sight.hotkey(event)

    def _choose_page(self, pages: Pages, view: TillView) -> bool:
        """Bring the page for this state into sight; False if it is there already."""
        if self.asked and not allowed(self.asked, view):
            self.asked = ""
        name = self.asked or page_of(view)
        if name == self.page:
            return False
        self.page = name
        if self.notices is not None:
            self.notices.step_aside()
        page = pages.show_page(name)
        pages.show_view(view, name)
        page.entered()
        pages.build_ahead()
        self.turned.emit(name == OVER)
        return True

    def _on_colour_scheme(self) -> None:
        """The desktop turned dark or light; a theme of one's own stays as it is."""
        if self.pages is not None and self._wanted_look() != self._look:
            self._rebuild_soon()

    def _rebuild_soon(self) -> None:
        QTimer.singleShot(0, self, self.rebuild)

    def _drop_body(self) -> None:
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        if self.notices is not None:
            self._kept = self.notices.kept

    def _on_notice(self, notice: Notice) -> None:
        if self.notices is not None:
            self.notices.tell(notice)
        loud = notice.tone in (Tone.DANGER, Tone.WARN)
        if loud and self.preferences.sounds != "off":
            self._beeper.play(Sound.FAULT)

    def _on_heard(self, ok: bool) -> None:
        """A scan can be told from the next without looking up."""
        sounds = self.preferences.sounds
        if sounds == "all" or (sounds == "on" and not ok):
            self._beeper.play(Sound.SCANNED if ok else Sound.NO_SUCH_CODE)
