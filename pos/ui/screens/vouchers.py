"""Looking after vouchers (manager): overview, making many, reading in, messages, tasks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.till.views import TillView
from pos.ui.face import Face
from pos.ui.screens.card_files import CardFiles
from pos.ui.screens.screen import Page
from pos.ui.screens.voucher_doubts import DoubtsList
from pos.ui.screens.voucher_generate import GenerateForm
from pos.ui.screens.voucher_import import ImportForm
from pos.ui.screens.voucher_overview import VoucherOverview
from pos.ui.screens.voucher_post import LettersList, TasksList
from pos.ui.screens.voucher_share import ShareForm
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.work import Work

PARTS = (
    ("overview", "layout-grid"),
    ("generate", "plus"),
    ("import", "file-up"),
    ("letters", "mail"),
    ("tasks", "triangle-alert"),
)
PART_KINDS = (VoucherOverview, GenerateForm, ImportForm, LettersList, TasksList)


class VouchersPage(Page):
    """F5 to F9 choose a part; files with codes are written beside the sale.

    Args:
        folder: where files with codes are written, in a folder of their own.
    """

    def __init__(self, face: Face, work: Work, folder: Path) -> None:
        super().__init__(face, work, face.text("vouchers.manage_title"))
        self.files = CardFiles(face, work, folder / "cards", self)
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
        self.share = ShareForm(face)
        self.share.taken.connect(self._on_share)
        self.share.left.connect(self._on_begun)
        self.stack.addWidget(self.share)
        self.doubts = DoubtsList(face, work)
        self.stack.addWidget(self.doubts)
        self.doubts.left.connect(self._on_doubts_left)
        self.tasks.doubts_wanted.connect(self._on_doubts)
        for leads in (self.tasks, self.doubts):
            leads.receipt_wanted.connect(self._on_receipt_wanted)
            leads.card_wanted.connect(self._on_card_wanted)
        self.overview.sheet_wanted.connect(self.files.draw)
        self.overview.share_wanted.connect(self._on_share_wanted)
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
        self.doubts.show_view(view)
        counts = {"letters": view.letters_waiting + view.letters_failed, "tasks": len(view.tasks)}
        for name, count in counts.items():
            words = self.face.text(f"parts.{name}")
            self.keys[name].set_text(f"{words} ({count})" if count else words)

    def hotkey(self, event: QKeyEvent) -> bool:
        """F5 to F9 choose a part; Esc goes one step back."""
        before: dict[QWidget, str] = {self.share: "overview", self.doubts: "tasks"}
        part = next((each for each in before if each.isVisible()), None)
        if event.key() == Qt.Key.Key_Escape and part is not None:
            self.show_part(before[part])
            return True
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

    def _on_doubts(self) -> None:
        self.stack.setCurrentWidget(self.doubts)
        self.doubts.entered()

    def _on_doubts_left(self) -> None:
        self.show_part("tasks")

    def _on_receipt_wanted(self, number: int) -> None:
        self.wanted.emit("history")
        self.work.receipt_wanted.emit(number)

    def _on_card_wanted(self, card: str) -> None:
        """The card stands beside the sale, with its history."""
        self.left.emit()
        self.work.do(lambda till: till.check_voucher(card=card))

    def _on_share_wanted(self, name: str, programme: str, run: str) -> None:
        self.stack.setCurrentWidget(self.share)
        self.share.ask(name, programme, run)

    def _on_share(self, programme: str, run: str, kind: str) -> None:
        self.show_part("overview")
        self.files.share(programme, run, kind)
