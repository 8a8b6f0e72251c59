"""What another customer or list would do to each line, before it does it (wish C16)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pos.till.price_views import LineChangeView, PriceChangeView
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import (
    centred,
    clear,
    column,
    frame,
    label,
    padded,
    row,
    scrolling,
    set_tone,
)
from pos.ui.widgets.button import Key
from pos.ui.work import Work

WIDEST = 860
"""Amounts stay near what they are for."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PreviewPane(Pane):
    """Lines with their old and new amounts, the two totals, and one key that makes it real."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("preview.title"))
        self.shown: PriceChangeView | None = None
        self._terms = label(role="lead", wrap=True)
        self._summary = label(role="soft", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        table = QWidget()
        table.setLayout(self._grid)
        card = frame("card")
        card.setLayout(column(table, margin=16))
        self.total = label(role="amount")
        self._before = label(role="lead", tone="soft")
        totals = row(label(face.text("cart.total"), "lead"), None, self._before, self.total, gap=16)
        self.keep = Key(face.look, face.text("preview.keep"), icon="x", height=72)
        self.keep.clicked.connect(self._on_keep)
        self.take = Key(
            face.look,
            face.text("preview.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self._on_take)
        keys = row(self.keep, self.take)
        keys.setStretch(0, 1)
        keys.setStretch(1, 2)
        content = QWidget()
        area = card if face.compact else scrolling(padded(card))
        inside = column(self._terms, self._summary, area, totals, keys, gap=12)
        inside.setStretch(2, 1)
        content.setLayout(inside)
        if face.compact:
            self.body.addWidget(scrolling(padded(content)), 1)
        else:
            self.body.addLayout(centred(content, face.look.px(WIDEST)), 1)

    def show_view(self, view: TillView) -> None:
        """Paint the preview; where it is gone, so is the pane."""
        if view.preview == self.shown:
            return
        gone = self.shown is not None and view.preview is None
        self.shown = view.preview
        if view.preview is not None:
            self._paint(view.preview)
        elif gone and self.isVisible():
            self.left.emit()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter makes it real, Esc leaves everything as it is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_take()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._on_keep()
            return True
        return super().hotkey(event)

    def _paint(self, change: PriceChangeView) -> None:
        text, money = self.face.text, self.face.money
        terms = [change.customer or text("customer.nobody")]
        if change.price_list:
            terms.append(text("status.price_list", name=change.price_list))
        self._terms.setText(" · ".join(terms))
        words = [text("preview.changed", count=change.changed)]
        if change.kept:
            words.append(text("preview.kept", count=change.kept))
        self._summary.setText(" ".join(words))
        self._before.setText(money(change.before) if change.before != change.after else "")
        self.total.setText(money(change.after))
        clear(self._grid)
        for number, line in enumerate(change.lines):
            self._row(number, line)

    def _row(self, number: int, line: LineChangeView) -> None:
        face = self.face
        name = label(f"{face.texts.quantity(line.quantity)} × {line.name}", wrap=True)
        source = label(face.texts.get(f"price.source.{line.source}"), "caption", wrap=True)
        if line.kept:
            source.setText(face.text("preview.stays", source=source.text()))
            set_tone(source, "discount")
        words = QWidget()
        words.setLayout(column(name, source, gap=0))
        changed = line.before != line.after
        old = self._amount(face.money(line.before), "soft")
        font = old.font()
        font.setStrikeOut(changed)
        old.setFont(font)
        self._grid.addWidget(words, number, 0)
        if changed:
            cheaper = line.after < line.before
            tone = "good" if cheaper else "warn"
            self._grid.addWidget(old, number, 1)
            self._grid.addWidget(self._amount(face.money(line.after), "strong"), number, 2)
            self._grid.addWidget(
                self._amount(face.off(line.before - line.after), "body", tone), number, 3
            )
        else:
            self._grid.addWidget(self._amount(face.money(line.after), "soft"), number, 2)

    def _amount(self, text: str, role: str, tone: str = "") -> QLabel:
        made = label(text, role, tone=tone)
        made.setAlignment(RIGHT)
        return made

    def _on_take(self) -> None:
        self.left.emit()
        self.work.do(lambda till: till.apply_preview())

    def _on_keep(self) -> None:
        self.left.emit()
        self.work.do(lambda till: till.drop_preview())
