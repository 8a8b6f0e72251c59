"""The keys of the till on one page, and the notices of the day."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from pos.till.views import TroubleView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import clear, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.notice import ICONS, NoticeLine
from pos.ui.work import Notice, Tone, Work

KEYS = (
    "f1",
    "f2",
    "f3",
    "f4",
    "f5",
    "f6",
    "f7",
    "f8",
    "f9",
    "why",
    "info",
    "f10",
    "f11",
    "f12",
    "esc",
    "arrows",
    "del",
    "undo",
    "steps",
    "star",
    "suggest",
    "enter",
    "comma",
    "letters",
    "menu",
    "tab",
)


class HelpPage(Page):
    """Each key with what it does, in two columns."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("help.title"))
        change = Key(face.look, face.text("help.change"), icon="keyboard", height=56)
        change.clicked.connect(self._on_change)
        self.tools.addWidget(change)
        card = frame("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(14)
        half = len(KEYS) if face.narrow else -(-len(KEYS) // 2)
        for place, name in enumerate(KEYS):
            at_row, at_column = place % half, place // half * 2
            grid.addWidget(
                label(face.look.key(face.text(f"help.{name}.key")), "keycap"), at_row, at_column
            )
            grid.addWidget(label(face.text(f"help.{name}.does"), wrap=True), at_row, at_column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 0 if face.narrow else 1)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(card)
        scan = label(face.text("help.scan"), "soft", wrap=True)
        inner.addWidget(scan)
        inner.addStretch(1)
        self.body.addWidget(scrolling(content), 1)

    def _on_change(self) -> None:
        self.wanted.emit("keys")


class NoticesPage(Page):
    """What is amiss as long as it is, then what the notice line said, newest first."""

    def __init__(self, face: Face, work: Work, notices: NoticeLine) -> None:
        super().__init__(face, work, face.text("notices.title"))
        self._notices = notices
        self._none = Empty(face, "bell", face.text("notices.none"))
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 8, 0)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        outer.addWidget(self._none)
        outer.addLayout(self._list)
        outer.addStretch(1)
        self.body.addWidget(scrolling(content), 1)

    def entered(self) -> None:
        """Read the notices that were kept."""
        super().entered()
        clear(self._list)
        lasting = [self._trouble(each) for each in self._troubles()]
        for notice in (*lasting, *self._notices.kept):
            self._list.addWidget(self._card(notice))
        self._none.setVisible(self._list.count() == 0)

    def _troubles(self) -> tuple[TroubleView, ...]:
        return self.work.view.troubles if self.work.view is not None else ()

    def _trouble(self, trouble: TroubleView) -> Notice:
        text = self.face.texts.get(
            f"trouble.{trouble.code}", wanted=trouble.wanted, used=trouble.used
        )
        return Notice(Tone.WARN, text)

    def _card(self, notice: Notice) -> QWidget:
        look = self.face.look
        role = "soft" if notice.tone is Tone.INFO else str(notice.tone)
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        sign.setPixmap(icon(ICONS[notice.tone], look.colour(role).name(), look.px(22), ratio))
        card = frame("card")
        line = row(
            sign, label(notice.text, wrap=True), label(notice.at, "caption"), gap=12, margin=14
        )
        line.setStretch(1, 1)
        card.setLayout(line)
        return card
