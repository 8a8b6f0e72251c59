"""Prices that are shown and never charged: what surfaces show, and what was agreed with makers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from pos.ports.partners import PartnerImport, Partnership
from pos.runtime.lane import Outcome
from pos.till.partners import PartnersView, SurfaceView
from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.work import Tone, Work

FLAGS = ("kept", "shared", "received")
EXPORTS = {"export_csv": "price_partners.csv", "export_xlsx": "price_partners.xlsx"}
MOST_PROBLEMS = 50


class ShownPricesPage(Page):
    """For those who may change settings. What the shop takes of its makers is one touch; their side
    and the surfaces come from the back office.

    Attributes:
        view: what the till answered last.
    """

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("shown_prices.title"))
        self.view: PartnersView | None = None
        self._exported = ""
        self._surfaces, self._table = QGridLayout(), QGridLayout()
        for grid in (self._surfaces, self._table):
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(8)
            grid.setColumnStretch(0, 1)
        self._outcome = QVBoxLayout()
        self._outcome.setSpacing(4)
        self.keys = {
            "export_csv": self._key("export_csv", "file-down"),
            "export_xlsx": self._key("export_xlsx", "file-down"),
            "import": self._key("import", "file-up"),
        }
        content = QWidget()
        content.setLayout(
            column(
                self._card("surfaces", self._surfaces),
                self._card("table", self._table),
                self._card("files", flowing(*self.keys.values()), self._outcome),
                None,
                gap=16,
            )
        )
        self.body.addWidget(scrolling(padded(content)), 1)

    def entered(self) -> None:
        """Ask anew: an import may have changed all of it."""
        super().entered()
        self._ask()

    def take_file(self, file: str) -> None:
        """Import a file; its outcome is shown row by row."""
        self.work.do(lambda till: till.import_partners(file), self._on_changed)

    def _ask(self) -> None:
        self.work.ask(lambda till: till.partners(), self._on_view)

    def _on_view(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, PartnersView):
            self.view = outcome.value
            self._show_surfaces(outcome.value.surfaces)
            self._show_table(outcome.value.rows)
            self._show_outcome(outcome.value.last_import)

    def _show_surfaces(self, surfaces: tuple[SurfaceView, ...]) -> None:
        clear(self._surfaces)
        texts = self.face.texts
        for line, one in enumerate(surfaces):
            told = (
                texts.get(f"display_price.show.{one.show}"),
                one.type,
                texts.get(f"display_price.level.{one.level}"),
            )
            words = label(" · ".join(filter(None, told)), "soft", wrap=True)
            name = label(texts.get(f"display_price.surface.{one.surface}"), "strong")
            self._surfaces.addWidget(name, line, 0)
            self._surfaces.addWidget(words, line, 1)
        self._surfaces.setColumnStretch(1, 2)
        if not surfaces:
            self._surfaces.addWidget(label(self.face.text("shown_prices.nowhere"), "soft"), 0, 0)

    def _show_table(self, rows: tuple[Partnership, ...]) -> None:
        clear(self._table)
        if self.face.narrow:
            for line, one in enumerate(rows):
                self._table.addWidget(self._stacked(one), line, 0)
            return
        for place, name in enumerate(("maker", "type", *FLAGS)):
            head = label(self.face.text(f"shown_prices.{name}"), "caption")
            self._table.addWidget(head, 0, place)
        self._table.setColumnStretch(1, 1)
        for line, one in enumerate(rows, 1):
            self._table.addWidget(label(one.supplier_name, "strong", wrap=True), line, 0)
            self._table.addWidget(label(one.type_name, wrap=True), line, 1)
            agreed = one.agreement
            self._table.addWidget(self._flag("kept", on=agreed.kept), line, 2)
            self._table.addWidget(self._flag("shared", on=agreed.shared), line, 3)
            self._table.addWidget(self._receive_key(one), line, 4)

    def _stacked(self, one: Partnership) -> QWidget:
        """A row where the window is too narrow for columns."""
        agreed, text = one.agreement, self.face.text
        name = label(f"{one.supplier_name} · {one.type_name}", "strong", wrap=True)
        parts = [
            label(text("shown_prices.kept"), "caption"),
            self._flag("kept", on=agreed.kept),
            label(text("shown_prices.shared"), "caption"),
            self._flag("shared", on=agreed.shared),
            label(text("shown_prices.received"), "caption"),
            self._receive_key(one),
        ]
        made = QWidget()
        flags = row(*parts[:-1], None, parts[-1], gap=12)
        made.setLayout(column(name, flags, gap=6))
        return made

    def _flag(self, name: str, *, on: bool) -> QWidget:
        """A sign and a word, for colour alone says nothing."""
        look = self.face.look
        sign = QLabel()
        role = "good" if on else "soft"
        ink = look.colour(role).name()
        name_of_icon = "check" if on else "x"
        sign.setPixmap(icon(name_of_icon, ink, look.px(18), self.devicePixelRatioF()))
        words = label(self.face.text("shown_prices.yes" if on else "shown_prices.no"), "soft")
        made = QWidget()
        made.setLayout(row(sign, words, None, gap=6))
        made.setAccessibleName(f"{self.face.text(f'shown_prices.{name}')}: {words.text()}")
        return made

    def _receive_key(self, one: Partnership) -> Key:
        on = one.agreement.received
        words = self.face.text("shown_prices.yes" if on else "shown_prices.no")
        name = f"{self.face.text('shown_prices.received')}: {one.supplier_name}, {one.type_name}"
        key = Key(self.face.look, words, icon="check" if on else "x", height=56, name=name)
        key.setCheckable(True)
        key.setChecked(on)
        key.setProperty("maker", one.supplier)
        key.setProperty("type", one.type)
        key.clicked.connect(self._on_receive)
        return key

    def _show_outcome(self, done: PartnerImport | None) -> None:
        clear(self._outcome)
        if done is None:
            return
        text = self.face.text
        told = text("shown_prices.done", file=done.file, read=done.read, changed=done.changed)
        self._outcome.addWidget(label(told, "strong", wrap=True))
        for one in done.problems[:MOST_PROBLEMS]:
            where = text("shown_prices.row", line=one.line, column=one.column).rstrip(" ,")
            self._outcome.addWidget(label(f"{where}: {one.text}", tone="warn", wrap=True))

    def _on_receive(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            maker, kind, on = key.property("maker"), key.property("type"), key.isChecked()
            self.work.do(lambda till: till.receive_prices(maker, kind, on), self._on_changed)

    def _on_changed(self, outcome: Outcome[object]) -> None:
        self.work.take(outcome)
        self._ask()

    def _on_key(self) -> None:
        action = str(self.sender().property("action"))
        if action == "import":
            self._choose_file()
            return
        file = EXPORTS[action]
        self._exported = file
        self.work.do(lambda till: till.export_partners(file), self._on_exported)

    def _on_exported(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, TillView):
            folder = self.face.pictures.parent
            where = str(folder / self._exported)
            self.work.say(Tone.GOOD, self.face.text("shown_prices.exported", file=where))

    def _choose_file(self) -> None:
        """The system's own dialog; the till goes on behind it."""
        kinds = f"{self.face.text('shown_prices.tables')} (*.csv *.xlsx)"
        title, start = self.face.text("shown_prices.import"), str(self.face.pictures.parent)
        chooser = QFileDialog(self, title, start, kinds)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_file)
        chooser.open()

    def _on_file(self, file: str) -> None:
        self.take_file(str(Path(file)))

    def _key(self, action: str, icon_name: str) -> Key:
        key = Key(self.face.look, self.face.text(f"shown_prices.{action}"), icon=icon_name)
        key.setProperty("action", action)
        key.clicked.connect(self._on_key)
        return key

    def _card(self, name: str, *content: QWidget | QGridLayout | QVBoxLayout) -> QWidget:
        card = frame("card")
        head = label(self.face.text(f"shown_prices.{name}"), "lead")
        explain = label(self.face.text(f"shown_prices.{name}_explain"), "soft", wrap=True)
        card.setLayout(column(head, explain, *content, gap=10, margin=20))
        return card
