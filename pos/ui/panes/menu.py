"""Everything that is not needed with every customer, one touch deeper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.domain.panel import is_offered
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import padded, scrolling
from pos.ui.widgets.button import Key
from pos.ui.work import Work

ENTRIES = (
    ("history", "history"),
    ("return_line", "rotate-ccw"),
    ("reprint", "printer"),
    ("parked", "play"),
    ("order", "clipboard-plus"),
    ("orders", "clipboard-list"),
    ("info", "info"),
    ("price_note", "tag"),
    ("empties", "recycle"),
    ("choose", "layers"),
    ("measure", "package"),
    ("rename", "type"),
    ("ship", "package-open"),
    ("note", "sticky-note"),
    ("drawer", "inbox"),
    ("cash_in", "arrow-down-to-line"),
    ("cash_out", "arrow-up-from-line"),
    ("x_report", "chart-column"),
    ("jobs", "receipt-text"),
    ("close_session", "door-closed"),
    ("codes", "scan-text"),
    ("shown_prices", "tags"),
    ("customer_display", "monitor"),
    ("settings", "settings"),
    ("leave_ordered", "clock"),
    ("sign_out", "log-out"),
    ("cancel_sale", "circle-x"),
)

OWN = {"history": "key.history", "drawer": "key.drawer", "info": "key.insert"}
"""Entries with a key of their own, by the text that names it."""
OWN_KEYS = {Qt.Key.Key_F8: "history", Qt.Key.Key_F11: "drawer", Qt.Key.Key_Insert: "info"}
NEED_A_LINE = ("price_note", "choose", "measure", "rename", "ship")


class MenuPane(Pane):
    """A grid of keys; digits and letters choose one from the keyboard."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("menu.title"))
        grid = QGridLayout()
        grid.setSpacing(8)
        self.keys: dict[str, Key] = {}
        columns = 2 if face.compact else 3
        for place, (action, icon) in enumerate(ENTRIES):
            hint = (
                face.text(OWN[action])
                if action in OWN
                else "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
            )
            key = Key(
                face.look,
                face.text(f"menu.{action}"),
                icon=icon,
                hint=hint,
                kind="plain",
                size=tokens.BODY if face.compact else tokens.CAPTION,
                height=60,
                stacked=True,
            )
            if action == "cancel_sale":
                key.set_kind("danger")
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            key.setProperty("action", action)
            key.clicked.connect(self._on_key)
            grid.addWidget(key, place // columns, place % columns)
            self.keys[action] = key
        content = QWidget()
        content.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scrolling(padded(content)), 1)

    def show_view(self, view: TillView) -> None:
        """What there is nothing for is not offered."""
        for action, key in self.keys.items():
            key.setVisible(is_offered(action, view.without))
        has_sale = view.sale is not None
        self.keys["cancel_sale"].setEnabled(has_sale)
        self.keys["note"].setEnabled(has_sale)
        self.keys["order"].setEnabled(view.sale is not None and view.sale.lines_count > 0)
        has_order = view.sale is not None and bool(view.sale.order)
        self.keys["leave_ordered"].setEnabled(has_order)
        has_line = view.sale is not None and bool(view.sale.lines)
        for action in NEED_A_LINE:
            self.keys[action].setEnabled(has_line)
        self.keys["parked"].setEnabled(bool(view.parked))

    def hotkey(self, event: QKeyEvent) -> bool:
        """The sign shown on a key presses it."""
        own = self.keys.get(OWN_KEYS.get(Qt.Key(event.key()), ""))
        if own is not None and own.isEnabled() and not own.isHidden():
            own.click()
            return True
        for key in self.keys.values():
            if (
                key.isEnabled()
                and not key.isHidden()
                and event.text()
                and event.text().upper() == key.hint
            ):
                key.click()
                return True
        return super().hotkey(event)

    def _on_key(self) -> None:
        action = str(self.sender().property("action"))
        self.left.emit()
        self.wanted.emit(action)
