"""Devices: how each is, trying it out, setting it up; and a place for a scan that sells nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.domain.operator import Right
from pos.runtime.lane import Outcome
from pos.till.codes import CodeTestView
from pos.till.device_views import DeviceSetUpView, DeviceView
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import clear, column, frame, label, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.device_card import DeviceCard
from pos.ui.widgets.device_form import DeviceForm, DeviceWish
from pos.ui.widgets.empty import Empty
from pos.ui.work import Tone, Work


class DevicesPage(Page):
    """The list of devices, or the form of one. A scan that arrives here is shown, not sold."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("devices.title"))
        self.add_keys = {kind: self._add_key(kind) for kind in ("printer", "scanner")}
        for key in self.add_keys.values():
            self.tools.addWidget(key)
        self._shown: tuple[DeviceView, ...] | None = None
        self._manager = False
        self._editing: tuple[str, str] = ("", "")
        self.cards: list[DeviceCard] = []
        self.code = label(face.text("devices.scan_wait"), "lead", wrap=True)
        self.meaning = label("", "soft", wrap=True)
        self.form = DeviceForm(face)
        self.form.filled.connect(self._on_filled)
        self.form.left.connect(self._show_list)
        self._leaving = ""
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list())
        self._stack.addWidget(self.form)
        self.body.addWidget(self._stack, 1)

    def entered(self) -> None:
        """Begin with the list."""
        self._leaving = ""
        self._show_list()
        super().entered()

    def show_view(self, view: TillView) -> None:
        """Paint the devices when something about them is new."""
        manager = view.operator is not None and view.operator.may(Right.SETTINGS)
        if (view.equipment, manager) != (self._shown, self._manager):
            self._shown, self._manager = view.equipment, manager
            self._show_cards()

    def hotkey(self, event: QKeyEvent) -> bool:
        """Escape leaves the form first."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is self.form:
            self._show_list()
            return True
        return super().hotkey(event)

    def take_scan(self, code: str, scanner: str) -> bool:
        """Show what arrived, and what it would mean at this till."""
        shown = code.replace("\x1d", "␝")
        by = scanner or self.face.text("devices.keyboard")
        self.code.setText(self.face.text("devices.scanned", code=shown, count=len(code), by=by))
        self.meaning.setText("")
        self.work.ask(lambda till: till.read_test(code), self._on_meaning)
        return True

    def _list(self) -> QWidget:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(12)
        self._none = Empty(self.face, "printer", self.face.text("devices.none"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        inner.addWidget(self._none)
        inner.addLayout(self._cards)
        inner.addWidget(self._scan_card())
        inner.addStretch(1)
        return scrolling(content)

    def _scan_card(self) -> QWidget:
        card = frame("card")
        head = label(self.face.text("devices.scan_title"), "strong")
        explain = label(self.face.text("devices.scan_explain"), "soft", wrap=True)
        card.setLayout(column(head, explain, self.code, self.meaning, gap=8, margin=16))
        return card

    def _add_key(self, kind: str) -> Key:
        words = self.face.text(f"devices.add_{kind}")
        key = Key(self.face.look, words, icon="plus", height=56)
        key.setProperty("adds", kind)
        key.clicked.connect(self._on_add)
        return key

    def _show_cards(self) -> None:
        clear(self._cards)
        self.cards = []
        for device in self._shown or ():
            card = DeviceCard(self.face, device, manager=self._manager)
            card.wanted.connect(self._on_wanted, Qt.ConnectionType.QueuedConnection)
            self._cards.addWidget(card)
            self.cards.append(card)
        self._none.setVisible(not self.cards)
        for key in self.add_keys.values():
            key.setEnabled(self._manager)

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        for key in self.add_keys.values():
            key.show()
        self.title.setText(self.face.text("devices.title"))
        self.setFocus()

    def _on_wanted(self, action: str, name: str) -> None:
        if action != "remove":
            self._leaving = ""
        match action:
            case "print":
                self.work.do(lambda till: till.test_print(name), self._on_tried)
            case "drawer":
                self.work.do(lambda till: till.test_drawer(name), self._on_tried)
            case "check":
                self.work.do(lambda till: till.check_device(name))
            case "remove":
                self._remove(name)
            case "change":
                self._edit("", name)

    def _on_tried(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self.work.say(Tone.INFO, self.face.text("devices.tried"))

    def _remove(self, name: str) -> None:
        """The second touch on the same key takes the device out: a slip must not."""
        if self._leaving == name:
            self._leaving = ""
            self.work.do(lambda till: till.remove_device(name))
        else:
            self._leaving = name
            self.work.say(Tone.WARN, self.face.text("devices.remove_sure", device=name))

    def _on_add(self) -> None:
        self._edit(str(self.sender().property("adds")), "")

    def _edit(self, kind: str, name: str) -> None:
        self._editing = (kind, name)
        self.work.ask(
            lambda till: (
                till.device_offers(),
                till.device_addresses(),
                till.device(name) if name else None,
            ),
            self._on_form,
        )

    def _on_form(self, outcome: Outcome[object]) -> None:
        if not self.work.take(outcome) or not isinstance(outcome.value, tuple):
            return
        offers, found, device = outcome.value
        kind = device.kind if isinstance(device, DeviceSetUpView) else self._editing[0]
        self.title.setText(self.face.text(f"devices.form_{kind}"))
        for key in self.add_keys.values():
            key.hide()
        self.form.begin(kind, offers, found, device)
        self._stack.setCurrentWidget(self.form)
        self.form.name.setFocus()

    def _on_filled(self, wish: DeviceWish) -> None:
        self.work.do(
            lambda till: till.save_device(wish.name, wish.plugin, wish.options, wish.instead_of),
            self._on_saved,
        )

    def _on_saved(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self._show_list()

    def _on_meaning(self, outcome: Outcome[object]) -> None:
        view = outcome.value
        if isinstance(view, CodeTestView):
            self.meaning.setText(view.problem or view.name)
