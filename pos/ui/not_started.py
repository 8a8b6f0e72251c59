"""The window that stands in for the till when it can't start: what happened, and what to do.

It knows no till and no lane, for there is none; only a text, a language and a look.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from pos.domain.errors import Refusal
from pos.runtime.texts import Texts
from pos.ui import tokens
from pos.ui.icons import icon
from pos.ui.look import Look, load_fonts
from pos.ui.preferences import Preferences
from pos.ui.style_sheet import style_sheet
from pos.ui.widgets.basics import column, frame, label, row
from pos.ui.widgets.button import Key
from pos.ui.window import application

WIDTH = 620
SIGN = 44
CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NotStarted(QWidget):
    """Why the till didn't start. Esc and Enter close it; the text can be marked and copied.

    Attributes:
        told: what is copied: the text, its code and the folder, for whoever helps.
    """

    def __init__(self, refusal: Refusal, texts: Texts, look: Look, folder: Path) -> None:
        super().__init__()
        self._texts, self._look = texts, look
        text = texts.refusal(refusal)
        where = texts.get("ui.not_started.where", folder=folder, code=refusal.code)
        self.told = f"{text}\n{where}"
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(texts.get("ui.window"))
        self.setStyleSheet(style_sheet(look))
        px = look.px
        self.copy_key = self._key("copy", "key", "copy_key")
        self.close_key = self._key("close", "primary", "close_key")
        self.copy_key.clicked.connect(self._copy)
        self.close_key.clicked.connect(self.close)
        card = self._card(text, where)
        keys = row(self.copy_key, None, self.close_key, gap=px(12))
        layout = column(card, keys, gap=px(16), margin=px(20))
        self.setLayout(layout)
        self.close_key.setMinimumWidth(px(180))
        self.ensurePolished()
        self.setFixedWidth(px(WIDTH))
        self.resize(px(WIDTH), layout.totalHeightForWidth(px(WIDTH)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def _card(self, text: str, where: str) -> QFrame:
        px = self._look.px
        happened, _, after = text.partition(". ")
        lines = [label(self._texts.get("ui.not_started.title"), "title")]
        lines.append(self._line(happened + "." * bool(after), "lead"))
        if after:
            lines.append(self._line(after, "body"))
        lines.append(self._line(where, "caption"))
        sign = label()
        sign.setPixmap(
            icon("circle-x", self._look.palette.danger, px(SIGN), self.devicePixelRatioF())
        )
        sign.setFixedSize(px(SIGN), px(SIGN))
        inside = row(gap=px(20), margin=px(24))
        inside.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(column(*lines, None, gap=px(12)), 1)
        card = frame("card")
        card.setLayout(inside)
        return card

    def _line(self, text: str, role: str) -> QLabel:
        made = label(text, role, wrap=True)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return made

    def _key(self, text: str, kind: str, hint: str) -> Key:
        words = self._texts
        return Key(
            self._look,
            words.get(f"ui.not_started.{text}"),
            hint=words.get(f"ui.not_started.{hint}"),
            kind=kind,
            size=tokens.BODY,
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.told)
        self.copy_key.set_text(self._texts.get("ui.not_started.copied"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter close, Ctrl+C copies."""
        if event.key() in CLOSING:
            self.close()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)


def show_not_started(refusal: Refusal, texts: Texts, folder: Path) -> None:
    """Show why the till didn't start, until somebody closes it."""
    application()
    load_fonts()
    look = Preferences(folder).look
    QApplication.setFont(look.font())
    window = NotStarted(refusal, texts, look, folder)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.exec()
