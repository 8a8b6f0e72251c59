"""Sets a device up: its name, what drives it, where it is plugged in, and the rest on request."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.ports.plugin import Setting
from pos.till.device_views import DeviceSetUpView, OfferView
from pos.ui.face import Face
from pos.ui.widgets.address_field import AddressField
from pos.ui.widgets.basics import clear, column, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.choice_row import ChoiceRow
from pos.ui.widgets.letters import Letters
from pos.ui.widgets.option_field import OptionField

ADDRESS = "address"
AT_ONCE = ("columns",)
"""Settings that are shown without being asked for; the others seldom need a change."""
ADDRESS_SIGNS = ":/-_.@+"


class DeviceWish(Struct, frozen=True):
    """What was filled in; `instead_of` is the device that is changed, empty for a new one."""

    name: str
    plugin: str
    options: dict[str, Setting]
    instead_of: str


class DeviceForm(QWidget):
    """One form for all kinds: its rows come from what the plug-in declares.

    Signals:
        filled(DeviceWish): to be saved.
        left(): nothing is to be changed.
    """

    filled = Signal(object)
    left = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face
        self.name = QLineEdit()
        self.name.setAccessibleName(face.text("devices.name"))
        self.name.setPlaceholderText(face.text("devices.name_hint"))
        self.name.textChanged.connect(self._on_text)
        self.address: AddressField | None = None
        self.options: list[OptionField] = []
        self._offers: tuple[OfferView, ...] = ()
        self.name.installEventFilter(self)
        self._letters = Letters(face, self.name, more=ADDRESS_SIGNS)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.save = Key(face.look, face.text("devices.save"), icon="check", kind="primary")
        self.save.clicked.connect(self._on_save)
        cancel = Key(face.look, face.text("devices.cancel"), icon="x", hint=face.text("key.esc"))
        cancel.clicked.connect(self.left)
        self._build(cancel)

    def _build(self, cancel: Key) -> None:
        card = frame("card")
        inside = column(
            label(self._face.text("devices.name"), "soft"), self.name, self._rows, gap=8, margin=16
        )
        card.setLayout(inside)
        content = QWidget()
        inner = column(card, None)
        inner.setContentsMargins(0, 0, 8, 0)
        content.setLayout(inner)
        self._scroll = scrolling(content)
        letters = Key(self._face.look, icon="keyboard", name=self._face.text("letters.show"))
        letters.setCheckable(True)
        letters.toggled.connect(self._letters.setVisible)
        self._letters.hide()
        keys = row(letters, cancel, self.save, gap=8)
        keys.setStretch(1, 1)
        keys.setStretch(2, 2)
        outer = column(self._scroll, self._letters, keys, gap=10)
        outer.setStretch(0, 1)
        self.setLayout(outer)

    def begin(
        self,
        kind: str,
        offers: Sequence[OfferView],
        found: Sequence[str],
        device: DeviceSetUpView | None,
    ) -> None:
        """Show an empty form of a kind, or a device as it is."""
        self._kind, self._found, self._device = kind, found, device
        self._offers = tuple(offer for offer in offers if offer.kind == kind)
        self._plugin = device.plugin if device else self._offers[0].plugin
        self._given = dict(device.options) if device else {}
        self.name.setText(device.name if device else "")
        self._show()
        self.name.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The letters type where the keyboard is."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._letters.type_into(watched)
            self._scroll.ensureWidgetVisible(watched)
        return False

    def _show(self) -> None:
        clear(self._rows)
        if len(self._offers) > 1:
            self._add("devices.plugin", self._plugins())
        self.options, self.address = [], None
        further = []
        for option in self._offer.options:
            value = self._given.get(option.key, option.default)
            if option.key == ADDRESS:
                shown = str(value) if ADDRESS in self._given else ""
                self.address = AddressField(self._face, self._kind, shown, self._found)
                self.address.laid_out.connect(self._on_fields)
                self._add(f"devices.{self._kind}_address", self.address)
                continue
            field = OptionField(self._face, option, value)
            self.options.append(field)
            if option.key in AT_ONCE:
                self._rows.addWidget(field)
            else:
                further.append(field)
        if further:
            self._add_further(further)
        self._on_fields()

    @property
    def _offer(self) -> OfferView:
        return next(offer for offer in self._offers if offer.plugin == self._plugin)

    def _plugins(self) -> ChoiceRow:
        texts = self._face.texts
        words = [(each.plugin, texts.get(f"device.plugin.{each.plugin}")) for each in self._offers]
        self._choice = ChoiceRow(self._face, words, self._plugin)
        self._choice.changed.connect(self._on_plugin)
        return self._choice

    def _add(self, words: str, widget: QWidget) -> None:
        self._rows.addWidget(label(self._face.text(words), "soft"))
        self._rows.addWidget(widget)

    def _add_further(self, fields: Sequence[OptionField]) -> None:
        """What seldom needs a change comes out when it is asked for."""
        more = Key(self._face.look, self._face.text("devices.further"), kind="quiet")
        more.setCheckable(True)
        hidden = QWidget()
        hidden.setLayout(column(*fields, gap=12))
        hidden.hide()
        more.toggled.connect(hidden.setVisible)
        self._rows.addWidget(more)
        self._rows.addWidget(hidden)

    def _on_fields(self) -> None:
        """The letters and the Save key follow every field there is."""
        for field in self.findChildren(QLineEdit):
            field.installEventFilter(self)
            field.textChanged.connect(self._on_text)
        self._on_text()

    def _on_text(self) -> None:
        placed = self.address is None or self.address.complete
        self.save.setEnabled(bool(self.name.text().strip()) and placed)

    def _on_plugin(self) -> None:
        self._plugin, self._given = str(self._choice.value), {}
        # The key that was pressed goes with its row: not inside its own signal.
        QTimer.singleShot(0, self, self._show)

    def _on_save(self) -> None:
        options: dict[str, Setting] = {field.option.key: field.value for field in self.options}
        if self.address is not None:
            options[ADDRESS] = self.address.value
        before = self._device.name if self._device else ""
        self.filled.emit(DeviceWish(self.name.text().strip(), self._plugin, options, before))
