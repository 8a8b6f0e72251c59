"""One device on the page of devices: what it is, how it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from pos.till.device_views import DeviceState, DeviceView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.widgets.basics import column, label, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing

ICONS = {"printer": "printer", "scanner": "scan-barcode"}
SIGNS = {
    DeviceState.UNKNOWN: ("circle-help", "soft"),
    DeviceState.READY: ("circle-check", "good"),
    DeviceState.WARNING: ("triangle-alert", "warn"),
    DeviceState.FAULT: ("circle-alert", "danger"),
}
KEYS = {
    "printer": (
        ("print", "receipt-text", False),
        ("drawer", "inbox", False),
        ("check", "rotate-ccw", False),
        ("change", "pencil", True),
        ("remove", "trash-2", True),
    ),
    "scanner": (
        ("check", "rotate-ccw", False),
        ("change", "pencil", True),
        ("remove", "trash-2", True),
    ),
}
"""What can be done, its icon, and whether it needs the right to change settings."""


class DeviceCard(QFrame):
    """Signs have words beside them: the colour alone says nothing.

    Signals:
        wanted(action, device): a key was pressed.
    """

    wanted = Signal(str, str)

    def __init__(self, face: Face, device: DeviceView, *, manager: bool) -> None:
        super().__init__()
        self._face, self.device = face, device
        self.setProperty("surface", "card")
        picture = QLabel()
        ratio = self.devicePixelRatioF()
        ink = face.look.colour("soft").name()
        picture.setPixmap(icon(ICONS[device.kind], ink, face.look.px(28), ratio))
        words = column(label(device.name, "strong"), label(self._what(), "soft", wrap=True), gap=2)
        head = row(picture, words, gap=14)
        head.setStretch(1, 1)
        keys = [self._key(*each, manager=manager) for each in KEYS[device.kind]]
        self.setLayout(column(head, self._state(), flowing(*keys), gap=10, margin=16))

    def _what(self) -> str:
        """What drives it, where it is, and what it is for."""
        text, texts, device = self._face.text, self._face.texts, self.device
        facts = [texts.get(f"device.plugin.{device.plugin}"), device.address]
        if device.receipts:
            facts.append(text("devices.receipts"))
        return " · ".join(filter(None, facts))

    def _state(self) -> QFrame:
        face, device = self._face, self.device
        name, role = SIGNS[device.state]
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        sign.setPixmap(icon(name, face.look.colour(role).name(), face.look.px(20), ratio))
        words = face.texts.get(
            f"device.{device.fault}" if device.fault else f"device.state.{device.state}"
        )
        if device.since is not None:
            words = face.text("devices.since", state=words, at=face.texts.time(device.since))
        tone = "" if role == "soft" else role
        line = row(sign, label(words, "body", tone=tone, wrap=True), gap=8)
        line.setStretch(1, 1)
        made = QFrame()
        made.setLayout(line)
        return made

    def _key(self, action: str, icon_name: str, managed: bool, *, manager: bool) -> Key:
        kind = "danger" if action == "remove" else "key"
        words = self._face.text(f"devices.{action}")
        key = Key(self._face.look, words, icon=icon_name, kind=kind, height=56)
        key.setEnabled(manager or not (managed or action == "drawer"))
        key.setProperty("action", action)
        key.clicked.connect(self._on_key)
        return key

    def _on_key(self) -> None:
        self.wanted.emit(str(self.sender().property("action")), self.device.name)
