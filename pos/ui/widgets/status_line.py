"""The quiet line at the bottom: the truth about the state, loud only when someone must act."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import row
from pos.ui.widgets.button import Key
from pos.ui.widgets.facts_line import FactsLine

BETWEEN = "   ·   "
FAILED = "failed"
TROUBLE_PAGES = {"receipt_printer_unknown": "devices"}
"""Where a trouble is mended; the others are explained among the notices."""


class Alarm(Struct, frozen=True):
    """Something a person must do: what it says, and the page where it is done."""

    text: str
    icon: str
    page: str


class StatusLine(QFrame):
    """Session, operator, price list, catalogue age; alarms become keys.

    Attributes:
        pages: the keys at its end, for notices, help and the lock.

    Signals:
        wanted(page): the cashier wants to see to something.
    """

    wanted = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.setProperty("surface", "bar")
        self._facts = FactsLine(BETWEEN)
        self._sign = QLabel()
        self._alarms: QHBoxLayout = row(gap=8)
        self._alarm_keys: list[Key] = []
        self._shown: list[Alarm] = []
        self._locks = False
        notices = self._page_key("bell", "notices", "")
        help_key = self._page_key("circle-help", "help", "F1")
        lock = self._page_key("lock", "lock", "F12")
        layout = row(self._sign, self._facts, self._alarms, notices, help_key, lock, gap=8)
        layout.setStretch(1, 1)
        layout.setContentsMargins(16, 0, 8, 0)
        self.setLayout(layout)
        self.setMinimumHeight(face.look.px(tokens.TARGET) + 2)
        self._lock, self.pages = lock, (notices, help_key, lock)
        self._covered = False

    def room(self) -> QRect:
        """Where a notice may lie: over the facts; with large letters over the keys as well."""
        left, right = 4, self.width() - 4
        if not self._face.compact:
            right = min(key.x() for key in self.pages if not key.isHidden()) - 8
        return QRect(left, 2, right - left, self.height() - 4)

    def make_room(self, *, taken: bool) -> None:
        """A notice comes or goes: what it covers takes no key and no touch meanwhile."""
        self._covered = taken
        for key in self._alarm_keys:
            key.setHidden(taken)
        if self._face.compact:
            for key in self.pages:
                key.setHidden(taken or (key is self._lock and not self._locks))

    def show_view(self, view: TillView) -> None:
        """Say how things stand."""
        alarms = self._find_alarms(view)
        if alarms != self._shown:
            self._show_alarms(alarms)
        self._show_sign(good=not alarms)
        self._facts.show_facts(tuple(self._find_facts(view)))
        self._locks = view.operator is not None and not view.locked
        self._lock.setVisible(self._locks and not (self._covered and self._face.compact))

    def _show_sign(self, *, good: bool) -> None:
        name, role = ("circle-check", "good") if good else ("triangle-alert", "warn")
        look, ratio = self._face.look, self.devicePixelRatioF()
        sign = icon(name, look.colour(role).name(), look.px(18), ratio)
        if self._sign.pixmap().cacheKey() != sign.cacheKey():
            self._sign.setPixmap(sign)

    def _page_key(self, icon_name: str, page: str, hint: str) -> Key:
        key = Key(
            self._face.look,
            icon=icon_name,
            hint=hint,
            kind="quiet",
            height=48,
            name=self._face.text(f"page.{page}"),
        )
        key.setProperty("page", page)
        key.setToolTip(self._face.text(f"page.{page}"))
        key.clicked.connect(self._on_key)
        return key

    def _find_facts(self, view: TillView) -> list[str]:
        text, texts = self._face.text, self._face.texts
        facts = [view.till_name]
        if view.session is not None:
            since = texts.time(view.session.opened_at)
            facts.append(text("status.session", number=view.session.number, since=since))
        if view.price_list:
            facts.append(text("status.price_list", name=view.price_list))
        if view.catalogue_at is not None:
            facts.append(text("status.catalogue", at=texts.moment(view.catalogue_at)))
        return facts

    def _find_alarms(self, view: TillView) -> list[Alarm]:
        text, alarms = self._face.text, []
        failed = sum(job.state == FAILED for job in view.print_jobs)
        if failed:
            alarms.append(Alarm(text("status.jobs", count=failed), "printer", "jobs"))
        if view.session is not None and view.session.overdue:
            alarms.append(Alarm(text("status.overdue"), "clock", "close_session"))
        if view.tasks:
            words = text("status.tasks", count=len(view.tasks))
            alarms.append(Alarm(words, "triangle-alert", "vouchers"))
        for trouble in view.troubles:
            words = text(f"status.{trouble.code}", wanted=trouble.wanted)
            alarms.append(
                Alarm(words, "triangle-alert", TROUBLE_PAGES.get(trouble.code, "notices"))
            )
        if view.clock_behind:
            alarms.append(Alarm(text("status.clock"), "triangle-alert", "help"))
        return alarms

    def _show_alarms(self, alarms: list[Alarm]) -> None:
        for key in self._alarm_keys:
            self._alarms.removeWidget(key)
            key.deleteLater()
        self._shown, self._alarm_keys = alarms, []
        for alarm in alarms:
            key = Key(
                self._face.look,
                alarm.text,
                icon=alarm.icon,
                kind="warn",
                height=48,
                size=tokens.CAPTION,
            )
            key.setProperty("page", alarm.page)
            key.clicked.connect(self._on_key)
            key.setHidden(self._covered)
            self._alarms.addWidget(key)
            self._alarm_keys.append(key)

    def _on_key(self) -> None:
        self.wanted.emit(str(self.sender().property("page")))
