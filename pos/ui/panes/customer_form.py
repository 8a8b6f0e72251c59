"""The form of a customer: with an account or not, private or company (COMARCH-3, T-068)."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.domain.customer import Customer
from pos.domain.operator import Role
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.widgets.basics import column, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.choice_row import ChoiceRow
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.letters import Letters
from pos.ui.work import Work

FIELDS = (
    ("name", 0, 0, 6),
    ("street", 1, 0, 4),
    ("postcode", 1, 4, 2),
    ("city", 2, 0, 3),
    ("country", 2, 3, 1),
    ("vat_id", 2, 4, 2),
    ("mail", 3, 0, 4),
    ("id_number", 3, 4, 2),
    ("phone", 4, 0, 2),
    ("card", 4, 2, 2),
    ("tags", 4, 4, 2),
)
"""Name, row, column, columns wide."""
ACCOUNT_FIELDS = ("phone", "card", "tags")
"""What only makes sense where somebody comes again."""
KINDS = ("person", "company")
SIGNS = "@_&/+’"
"""What names and mail addresses hold besides letters."""
ROOM_FOR_LETTERS = 1200
"""Pixels of height from which fields and letters fit under each other."""


class Form(StrEnum):
    """What the form is filled in for; text keys under `ui.customer_form.`."""

    NEW = "new"
    ONE_OFF = "one_off"
    EDIT = "edit"


class FilledIn(Struct, frozen=True):
    """What was typed; fields that aren't asked for are empty.

    Attributes:
        number: of the customer who is changed, else empty.
    """

    form: Form
    number: str
    kind: str
    texts: dict[str, str]
    tags: tuple[str, ...]
    invoice: bool


class CustomerFormPane(Pane):
    """Fields by kind, with letters for fingers. A scan fills in the card (T-069).

    Signals:
        asked(FilledIn): the form is filled in.
        archived(number): the customer goes out of use.
        delivery_changed(number, allowed): a manager decided about delivery notes (T-070).
        status_asked(number): the back office shall look at the tax status (COMARCH-11).
    """

    asked = Signal(object)
    archived = Signal(str)
    delivery_changed = Signal(str, bool)
    status_asked = Signal(str)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, " ")
        self.form, self._customer = Form.ONE_OFF, Customer("", "")
        self.kinds = self._choice("kind", KINDS)
        self.accounts = self._choice("account", (Form.NEW, Form.ONE_OFF))
        self.fields = {name: self._field(name) for name, *_ in FIELDS}
        self.invoice = self._toggle("invoice")
        self.delivery = self._toggle("delivery_notes")
        self.delivery.clicked.connect(self._on_delivery)
        self.archive = self._key("archive", "trash-2")
        self.archive.clicked.connect(self._on_archive)
        self.status = self._key("ask_status", "globe")
        self.status.clicked.connect(self._on_status)
        self._explain = label(role="soft", wrap=True)
        self._tax = label(role="soft", wrap=True)
        self._boxes = {name: self._box(name, field) for name, field in self.fields.items()}
        self._letters = Letters(face, self.fields["name"], more=SIGNS)
        self._typing = Key(
            face.look, icon="keyboard", kind="plain", height=56, name=face.text("letters.show")
        )
        self._typing.setCheckable(True)
        self._typing.toggled.connect(self._letters.setVisible)
        self.take = Key(
            face.look,
            face.text("number.take"),
            icon="check",
            kind="primary",
            hint=face.text("key.enter"),
            size=tokens.LEAD,
            height=64,
        )
        self.take.clicked.connect(self._accept)
        self._build()

    def ask(self, form: Form, usual: str, customer: Customer | None = None) -> None:
        """Begin an empty form, or one with what is known of a customer."""
        self._customer = customer or Customer("", "")
        self.accounts.choose(form)
        self.kinds.choose(customer.kind.value if customer else usual)
        for name, field in self.fields.items():
            told = getattr(customer, name) if customer else ""
            field.setText(" ".join(told) if isinstance(told, tuple) else told)
        self.invoice.setChecked(bool(customer and customer.invoice))
        self.delivery.setChecked(bool(customer and customer.delivery_notes))
        self.form = form
        self._show_form()

    def entered(self) -> None:
        """The keyboard types the name; there are letters for fingers where they leave room."""
        self._typing.setChecked(self.height() >= ROOM_FOR_LETTERS)
        self._letters.setVisible(self._typing.isChecked())
        self.fields["name"].setFocus()

    def show_view(self, view: TillView) -> None:
        """Only managers decide about delivery notes."""
        manager = view.operator is not None and view.operator.role is Role.MANAGER
        self.delivery.setEnabled(manager)

    def take_scan(self, code: str) -> bool:
        """A card for whoever has an account; False where the form wants none."""
        if self.form is Form.ONE_OFF:
            return False
        self.fields["card"].setText(code)
        return True

    def hotkey(self, event: QKeyEvent) -> bool:
        """Enter goes on to the next field, and from the last one takes over."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
            return True
        return super().hotkey(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The letters type where the keyboard is, and the field is in sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._letters.type_into(watched)
            self._scroll.ensureWidgetVisible(watched)
        return False

    def _choice(self, name: str, values: tuple[str, ...]) -> ChoiceRow:
        choices = [(value, self.face.text(f"customer_form.{value}")) for value in values]
        made = ChoiceRow(self.face, choices, values[0])
        made.setAccessibleName(self.face.text(f"customer_form.{name}"))
        made.changed.connect(self._on_choice)
        return made

    def _toggle(self, name: str) -> Key:
        key = self._key(name, "")
        key.setCheckable(True)
        return key

    def _key(self, name: str, icon: str) -> Key:
        words = self.face.text(f"customer_form.{name}")
        return Key(self.face.look, words, icon=icon, kind="plain", height=56)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        words = self.face.text(f"customer_form.{name}")
        field.setAccessibleName(words)
        field.setMaxLength(2 if name == "country" else 80)
        field.installEventFilter(self)
        field.textChanged.connect(self._on_text)
        return field

    def _box(self, name: str, field: QLineEdit) -> QWidget:
        """A field under its name, which stays to be read when the field is filled."""
        box = QWidget()
        words = label(self.face.text(f"customer_form.{name}"), "caption")
        words.setBuddy(field)
        box.setLayout(column(words, field, gap=2))
        return box

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for name, line, place, width in FIELDS:
            grid.addWidget(self._boxes[name], line, place, 1, width)
        for place in range(6):
            grid.setColumnStretch(place, 1)
        self._more = flowing(self.invoice, self.delivery, self.status, self.archive)
        content = QWidget()
        choices = row(self.accounts, self.kinds, None, self._typing, gap=16)
        content.setLayout(column(self._explain, choices, grid, self._tax, self._more, None, gap=10))
        self._scroll = scrolling(padded(content))
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._letters)
        self.body.addWidget(self.take)

    def _on_choice(self) -> None:
        if self.form is not Form.EDIT:
            self.form = Form(str(self.accounts.value))
        self._show_form()

    def _show_form(self) -> None:
        """What is asked for follows kind and account; a company has no identification number."""
        text, form = self.face.text, self.form
        self.title.setText(text(f"customer_form.title_{form}"))
        self._explain.setHidden(self.face.compact)
        self._explain.setText(text(f"customer_form.explain_{form}"))
        self.accounts.setVisible(form is not Form.EDIT)
        person = self.kinds.value == "person"
        self._boxes["id_number"].setVisible(person)
        for name in ACCOUNT_FIELDS:
            self._boxes[name].setVisible(form is not Form.ONE_OFF)
        self.invoice.setVisible(person and form is not Form.ONE_OFF)
        for key in (self.delivery, self.status, self.archive, self._tax):
            key.setVisible(form is Form.EDIT)
        self._more.setVisible(form is not Form.ONE_OFF)
        status = self.face.texts.get(f"tax.status.{self._customer.tax_status}")
        self._tax.setText(text("customer_form.tax_status", status=status))
        self._on_text()

    def _on_text(self) -> None:
        self.take.setEnabled(bool(self.fields["name"].text().strip()))

    def _next(self) -> None:
        fields = [self.fields[name] for name, box in self._boxes.items() if not box.isHidden()]
        place = next((at for at, field in enumerate(fields) if field.hasFocus()), -1)
        if place + 1 < len(fields):
            fields[place + 1].setFocus()
        else:
            self._accept()

    def _accept(self) -> None:
        if not self.take.isEnabled():
            return
        typed = {
            name: "" if self._boxes[name].isHidden() else field.text().strip()
            for name, field in self.fields.items()
        }
        tags = tuple(typed.pop("tags").split())
        kind, invoice = str(self.kinds.value), self.invoice.isChecked()
        number = self._customer.number
        self.asked.emit(FilledIn(self.form, number, kind, typed, tags, invoice))

    def _on_archive(self) -> None:
        self.archived.emit(self._customer.number)

    def _on_status(self) -> None:
        self.status_asked.emit(self._customer.number)

    def _on_delivery(self) -> None:
        self.delivery_changed.emit(self._customer.number, self.delivery.isChecked())
