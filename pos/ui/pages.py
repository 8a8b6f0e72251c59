"""The pages of the window, each built when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.preferences import Preferences
from pos.ui.scans import Scans
from pos.ui.screens.cash_move import CashMovePage
from pos.ui.screens.change import ChangeScreen
from pos.ui.screens.close_session import CloseSession
from pos.ui.screens.codes import CodesPage
from pos.ui.screens.devices import DevicesPage
from pos.ui.screens.help import HelpPage, NoticesPage
from pos.ui.screens.history import HistoryPage
from pos.ui.screens.jobs import JobsPage
from pos.ui.screens.keys import KeysPage
from pos.ui.screens.open_session import OpenSession
from pos.ui.screens.report import ReportPage
from pos.ui.screens.sale import SaleScreen
from pos.ui.screens.screen import Screen
from pos.ui.screens.settings import SettingsPage
from pos.ui.screens.shown_prices import ShownPricesPage
from pos.ui.screens.sign_in import SignIn
from pos.ui.screens.vouchers import VouchersPage
from pos.ui.shelf import Shelf
from pos.ui.widgets.notice import NoticeLine
from pos.ui.widgets.stack import Stack
from pos.ui.work import Work

BEFORE_SIGNING_IN = ("help", "notices", "settings")
WITHOUT_SESSION = (*BEFORE_SIGNING_IN, "history", "jobs", "z_report", "devices", "keys")
OVER = "change"
"""Lies over the sale instead of taking its place: the first scan of the next sale then finds the
selling screen as it was, and nothing has to be laid out anew.
"""
BREATH_MS = 200
"""Nothing has happened for so long: time to build a page ahead."""


class Pages(Stack):
    """All pages of one face. Those that nobody opened yet are built one by one while the till
    has nothing else to do, so that opening one later is a matter of a frame.

    Args:
        made: told each new page, to connect it.
    """

    def __init__(
        self,
        face: Face,
        work: Work,
        shelf: Shelf,
        scans: Scans,
        preferences: Preferences,
        notices: NoticeLine,
        made: Callable[[Screen], None],
    ) -> None:
        super().__init__()
        self._makers: Mapping[str, Callable[[], Screen]] = {
            "sign_in": partial(SignIn, face, work),
            "open_session": partial(OpenSession, face, work),
            "sale": partial(SaleScreen, face, work, shelf, scans),
            "change": partial(ChangeScreen, face, work),
            "history": partial(HistoryPage, face, work),
            "close_session": partial(CloseSession, face, work),
            "x_report": partial(ReportPage, face, work, "x"),
            "z_report": partial(ReportPage, face, work, "z"),
            "jobs": partial(JobsPage, face, work),
            "vouchers": partial(VouchersPage, face, work, preferences.folder),
            "cash_in": partial(CashMovePage, face, work, "cash_in"),
            "cash_out": partial(CashMovePage, face, work, "cash_out"),
            "shown_prices": partial(ShownPricesPage, face, work),
            "codes": partial(CodesPage, face, work),
            "settings": partial(SettingsPage, face, work, preferences),
            "devices": partial(DevicesPage, face, work),
            "keys": partial(KeysPage, face, work),
            "help": partial(HelpPage, face, work),
            "notices": partial(NoticesPage, face, work, notices),
        }
        self._made, self._shelf, self._asked = made, shelf, 0
        self._built: dict[str, Screen] = {}
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(BREATH_MS)
        self._ahead.timeout.connect(self._build_next)

    def page(self, name: str) -> Screen:
        """The page of that name."""
        if name not in self._built:
            page = self._makers[name]()
            self._built[name] = page
            if name == OVER:
                page.hide()
                page.setParent(self)
            else:
                self.addWidget(page)
            self._made(page)
        return self._built[name]

    def show_page(self, name: str) -> Screen:
        """Bring a page into sight."""
        page = self.page(name)
        if name == OVER:
            page.setGeometry(self.rect())
            page.show()
            page.raise_()
            return page
        self.setCurrentWidget(page)
        if OVER in self._built:
            self._built[OVER].hide()
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What lies over the pages covers all of them."""
        super().resizeEvent(event)
        if OVER in self._built:
            self._built[OVER].setGeometry(self.rect())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's own
        """Tab stays on the page in sight: nobody presses a key that lies under another page."""
        over = self._built.get(OVER)
        if over is None or not over.isVisible():
            return super().focusNextPrevChild(forward)
        start: QWidget = QApplication.focusWidget() or over
        widget = start
        while True:
            follows = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            widget = follows or start
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and widget.isVisible() and widget.isEnabled() and over.isAncestorOf(widget):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if widget is start:
                return False

    def show_view(self, view: TillView, name: str) -> None:
        """Paint a snapshot on the page in sight, and on the sale behind it."""
        if self._ahead.isActive():
            self._ahead.start()
        for key in {name, "sale"} & self._built.keys():
            self._built[key].show_view(view)

    def build_ahead(self) -> None:
        """Begin to build what nobody opened yet."""
        self._ahead.start()

    def hideEvent(self, event: object) -> None:
        """Out of sight nothing is built ahead."""
        self._ahead.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _build_next(self) -> None:
        if self._asked != self._shelf.asked:
            self._asked = self._shelf.asked
            self._ahead.start()
            return
        missing = next((name for name in self._makers if name not in self._built), "")
        if missing:
            self.page(missing)
            self._ahead.start()


def page_of(view: TillView) -> str:
    """The page the state of the till calls for."""
    if view.operator is None or view.locked:
        return "sign_in"
    if view.session is None:
        return "open_session"
    if view.sale is None and view.last_sale is not None:
        return "change"
    return "sale"


def allowed(page: str, view: TillView) -> bool:
    """Whether a page that was asked for makes sense in this state."""
    if view.operator is None or view.locked:
        return page in BEFORE_SIGNING_IN
    return view.session is not None or page in WITHOUT_SESSION
