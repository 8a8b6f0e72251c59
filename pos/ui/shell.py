"""The window: chooses the page for the state of the till, and carries keys, scans and notices."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from pos.runtime.texts import Texts
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.keys import split_aim
from pos.ui.look import Look
from pos.ui.preferences import Preferences
from pos.ui.screens.cash_move import CashMovePage
from pos.ui.screens.change import ChangeScreen
from pos.ui.screens.close_session import CloseSession
from pos.ui.screens.help import HelpPage, NoticesPage
from pos.ui.screens.history import HistoryPage
from pos.ui.screens.jobs import JobsPage
from pos.ui.screens.open_session import OpenSession
from pos.ui.screens.report import ReportPage
from pos.ui.screens.sale import SaleScreen
from pos.ui.screens.screen import Screen
from pos.ui.screens.settings import SettingsPage
from pos.ui.screens.sign_in import SignIn
from pos.ui.shelf import Shelf
from pos.ui.style_sheet import style_sheet
from pos.ui.widgets.notice import NoticeLine
from pos.ui.widgets.status_line import StatusLine
from pos.ui.work import Notice, Tone, Work

SMALLEST = (1024, 768)
ROOMY = (1600, 900)
TWO_COLUMNS = 980
"""Width that two columns need at 100 %."""
BEFORE_SIGNING_IN = ("help", "notices", "settings")
WITHOUT_SESSION = (*BEFORE_SIGNING_IN, "history", "jobs", "z_report")


class Shell(QWidget):
    """Holds one face at a time; another language or look builds all pages anew.

    Attributes:
        page: name of the page in sight.
        asked: name of the page somebody asked for, empty while the state decides.
    """

    def __init__(self, work: Work, shelf: Shelf, preferences: Preferences, pictures: Path) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.work, self._shelf, self.preferences = work, shelf, preferences
        self._pictures = pictures
        self.asked, self.page = "", ""
        self.pages: dict[str, Screen] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._look: Look = preferences.look
        self._narrow = False
        self._body: QWidget | None = None
        self.notices: NoticeLine | None = None
        self._kept: list[Notice] = []
        work.viewed.connect(self.show_view)
        work.noticed.connect(self._on_notice)
        work.scanned.connect(self.take_scan)

    @property
    def screen_in_sight(self) -> Screen:
        """The page in sight."""
        return self.pages[self.page]

    def build(self, texts: Texts, currency: str) -> None:
        """Build every page in this language and the preferred look."""
        self._look = self._wanted_look()
        self.work.texts = texts
        QApplication.setFont(self._look.font())
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
            self._is_narrow(self._look),
        )
        self._narrow = face.narrow
        self._drop_body()
        body = QWidget()
        self.stack, self.status = QStackedWidget(), StatusLine(face)
        self.status.wanted.connect(self.open)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.stack, 1)
        inside.addWidget(self.status)
        self._layout.addWidget(body)
        self._body = body
        self.notices = NoticeLine(face, self)
        self.notices.kept = self._kept
        self.pages = self._make_pages(face, self.notices)
        for page in self.pages.values():
            self.stack.addWidget(page)
            page.wanted.connect(self.open)
            page.left.connect(self.leave)
        self.page = ""

    def show_view(self, view: TillView) -> None:
        """Paint a snapshot on the page it calls for."""
        if not self.pages or view.language != self.work.texts.language:
            self.build(Texts(view.language, self.work.texts.zone.key), view.currency)
        self.status.show_view(view)
        self._choose_page(view)
        for name, page in self.pages.items():
            if name in (self.page, "sale"):
                page.show_view(view)

    def open(self, page: str) -> None:
        """Show a page somebody asked for."""
        if page == "lock":
            self.work.do(lambda till: till.lock())
            return
        self.asked = page
        if self.work.view is not None:
            self.show_view(self.work.view)

    def leave(self) -> None:
        """One step back: to where the state of the till belongs."""
        self.open("")

    def take_scan(self, text: str) -> None:
        """A code was read: it goes to the till, whatever page is open."""
        code, symbology = split_aim(text)
        del symbology
        view = self.work.view
        if view is None or view.operator is None or view.locked or view.session is None:
            self.work.say(Tone.WARN, self.work.texts.get("ui.notice.scan_early"))
            return
        self.screen_in_sight.step_aside()
        self.work.do(lambda till: till.scan(code))

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
        if not self.pages or not self.page:
            return
        if self.screen_in_sight.hotkey(event):
            return
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
        if self.pages and (look, self._is_narrow(look)) != (self._look, self._narrow):
            self._rebuild_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window may close at any moment: what was shown is kept already."""
        event.accept()

    def _wanted_look(self) -> Look:
        look = self.preferences.look
        roomy = min(self.width(), self.height()) >= ROOMY[1]
        return look.roomier() if roomy and max(self.width(), self.height()) >= ROOMY[0] else look

    def _is_narrow(self, look: Look) -> bool:
        return self.width() < look.px(TWO_COLUMNS)

    def _make_pages(self, face: Face, notices: NoticeLine) -> dict[str, Screen]:
        settings = SettingsPage(face, self.work, self.preferences)
        # Later, so that the key that was pressed is not torn down inside its own signal.
        settings.look_changed.connect(self._rebuild_soon)
        return {
            "sign_in": SignIn(face, self.work),
            "open_session": OpenSession(face, self.work),
            "sale": SaleScreen(face, self.work, self._shelf),
            "change": ChangeScreen(face, self.work),
            "history": HistoryPage(face, self.work),
            "close_session": CloseSession(face, self.work),
            "x_report": ReportPage(face, self.work, "x"),
            "z_report": ReportPage(face, self.work, "z"),
            "jobs": JobsPage(face, self.work),
            "cash_in": CashMovePage(face, self.work, "cash_in"),
            "cash_out": CashMovePage(face, self.work, "cash_out"),
            "settings": settings,
            "help": HelpPage(face, self.work),
            "notices": NoticesPage(face, self.work, notices),
        }

    def _choose_page(self, view: TillView) -> None:
        page = self.asked if self.asked and self._allowed(view) else _page_of(view)
        if page == self.page:
            return
        self.page = page
        self.stack.setCurrentWidget(self.pages[page])
        self.pages[page].show_view(view)
        self.pages[page].entered()

    def _allowed(self, view: TillView) -> bool:
        """Whether the asked page makes sense now; if not, it is forgotten."""
        if view.operator is None or view.locked:
            allowed = self.asked in BEFORE_SIGNING_IN
        elif view.session is None:
            allowed = self.asked in WITHOUT_SESSION
        else:
            allowed = True
        if not allowed:
            self.asked = ""
        return allowed

    def _rebuild_soon(self) -> None:
        QTimer.singleShot(0, self, self.rebuild)

    def _drop_body(self) -> None:
        for widget in (self._body, self.notices):
            if widget is not None:
                self._layout.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        if self.notices is not None:
            self._kept = self.notices.kept

    def _on_notice(self, notice: Notice) -> None:
        if self.notices is not None:
            self.notices.tell(notice)
        if notice.tone in (Tone.DANGER, Tone.WARN):
            QApplication.beep()


def _page_of(view: TillView) -> str:
    """The page the state of the till calls for."""
    if view.operator is None or view.locked:
        return "sign_in"
    if view.session is None:
        return "open_session"
    if view.sale is None and view.last_sale is not None:
        return "change"
    return "sale"
