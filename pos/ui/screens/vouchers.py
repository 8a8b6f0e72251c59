"""Looking after vouchers (manager): overview, making many, reading in, messages, tasks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.vouchers.printing import Sheet
from pos.ui.face import Face
from pos.ui.screens.screen import Page
from pos.ui.screens.voucher_generate import GenerateForm
from pos.ui.screens.voucher_import import ImportForm
from pos.ui.screens.voucher_overview import VoucherOverview
from pos.ui.screens.voucher_post import LettersList, TasksList
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.work import Tone, Work

PARTS = (
    ("overview", "layout-grid"),
    ("generate", "plus"),
    ("import", "file-up"),
    ("letters", "mail"),
    ("tasks", "triangle-alert"),
)
PART_KINDS = (VoucherOverview, GenerateForm, ImportForm, LettersList, TasksList)


class VouchersPage(Page):
    """F5 to F9 choose a part; a sheet of cards is written beside the sale.

    Args:
        folder: where sheets of cards are written, in a folder of their own.
    """

    def __init__(self, face: Face, work: Work, folder: Path) -> None:
        super().__init__(face, work, face.text("vouchers.manage_title"))
        self._folder = folder / "cards"
        self.overview = VoucherOverview(face, work)
        self.generate = GenerateForm(face, work)
        self.imports = ImportForm(face, work)
        self.letters, self.tasks = LettersList(face, work), TasksList(face, work)
        self.parts: dict[str, QWidget] = {
            "overview": self.overview,
            "generate": self.generate,
            "import": self.imports,
            "letters": self.letters,
            "tasks": self.tasks,
        }
        self.stack = QStackedWidget()
        self.keys: dict[str, Key] = {}
        for place, (name, icon_name) in enumerate(PARTS):
            self.stack.addWidget(self.parts[name])
            self.keys[name] = self._tab(name, icon_name, f"F{place + 5}")
        self.overview.sheet_wanted.connect(self._on_sheet)
        self.overview.cards_wanted.connect(self._on_cards_wanted)
        self.generate.begun.connect(self._on_begun)
        self.body.addWidget(flowing(*self.keys.values()))
        self.body.addWidget(self.stack, 1)

    def entered(self) -> None:
        """Begin with the overview."""
        super().entered()
        self.show_part("overview")

    def show_part(self, name: str) -> None:
        """Bring a part into sight, as of now."""
        self.keys[name].setChecked(True)
        part = self.parts[name]
        self.stack.setCurrentWidget(part)
        assert isinstance(part, PART_KINDS)
        part.entered()

    def show_view(self, view: TillView) -> None:
        """Paint what came."""
        self.overview.show_view(view)
        self.generate.show_view(view)
        self.imports.show_view(view)
        self.letters.show_view(view)
        self.tasks.show_view(view)
        counts = {"letters": view.letters_waiting + view.letters_failed, "tasks": len(view.tasks)}
        for name, count in counts.items():
            words = self.face.text(f"parts.{name}")
            self.keys[name].set_text(f"{words} ({count})" if count else words)

    def hotkey(self, event: QKeyEvent) -> bool:
        """F5 to F9 choose a part."""
        place = event.key() - int(Qt.Key.Key_F5)
        if 0 <= place < len(PARTS):
            self.show_part(PARTS[place][0])
            return True
        return super().hotkey(event)

    def _tab(self, name: str, icon_name: str, hint: str) -> Key:
        words = self.face.text(f"parts.{name}")
        key = Key(self.face.look, words, icon=icon_name, hint=hint, height=56)
        key.setCheckable(True)
        key.setAutoExclusive(True)
        key.setProperty("part", name)
        key.clicked.connect(self._on_tab)
        return key

    def _on_tab(self) -> None:
        self.show_part(str(self.sender().property("part")))

    def _on_cards_wanted(self, programme: str, run: str) -> None:
        """The list stands beside the sale."""
        self.left.emit()
        self.work.cards_wanted.emit(programme, run)

    def _on_begun(self) -> None:
        self.show_part("overview")

    def _on_sheet(self, programme: str, run: str) -> None:
        self._sheet_name = f"{run or programme}.pdf"
        self.work.ask(lambda till: till.card_sheet(programme, run), self._on_cards)

    def _on_cards(self, outcome: Outcome[object]) -> None:
        """Drawing takes a moment: it happens beside the till."""
        if self.work.take(outcome) and isinstance(outcome.value, Sheet):
            sheet, path = outcome.value, self._folder / self._sheet_name
            self.work.say(Tone.INFO, self.face.text("runs.writing", count=len(sheet.faces)))
            self.work.aside(lambda: sheet.write(path), self._on_written)

    def _on_written(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome):
            self.work.say(Tone.GOOD, self.face.text("runs.written", path=str(outcome.value)))
