"""What can be done with a receipt: return, void, sell again, a copy on paper or as PDF (T-102)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from pos.domain.operator import Right
from pos.ports.store import ReceiptRow
from pos.till.views import TillView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.panes.pane import Pane
from pos.ui.panes.return_pick import ReturnPickPane, WantedReturn
from pos.ui.panes.words import WordsPane, WordsQuestion
from pos.ui.screens.calling import Calling
from pos.ui.screens.paper_file import SavedPaper
from pos.ui.widgets.basics import column
from pos.ui.widgets.button import Key
from pos.ui.widgets.paper import Paper
from pos.ui.work import Tone, Work

KEYS = (
    ("take_back", "rotate-ccw", "F8", Qt.Key.Key_F8),
    ("void", "x", "F9", Qt.Key.Key_F9),
    ("resell", "shopping-basket", "F7", Qt.Key.Key_F7),
    ("copy", "printer", "F6", Qt.Key.Key_F6),
    ("pdf", "file-down", "F5", Qt.Key.Key_F5),
)


class ReceiptActions(QObject):
    """The keys under the paper, and the panes that take its place while something is asked.

    Signals:
        left(): something was done, the sale is where to look.
        asking(pane): a pane came before the paper, or went.
        scanned(number): another receipt was scanned while goods of one were picked.
    """

    left = Signal()
    asking = Signal(bool)
    scanned = Signal(int)

    def __init__(self, face: Face, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work = face, work
        self.chosen: ReceiptRow | None = None
        self.pick, self.words = ReturnPickPane(face, work), WordsPane(face, work, on_card=True)
        self.calling = Calling(face, work, self._open, self)
        self.calling.done.connect(self.left)
        self.pick.picked.connect(self._on_picked)
        self.pick.other.connect(self.scanned)
        self.saved = SavedPaper(face, work, self)
        self._stack = QStackedWidget()
        self._sheet = QWidget()
        self.keys: dict[str, Key] = {}

    def stack_over(self, paper: Paper) -> QWidget:
        """The paper with the keys under it, and the panes that come before it."""
        self._sheet.setLayout(column(paper, self.saved.place, self._key_row(), gap=8))
        self._stack.addWidget(self._sheet)
        for pane in (self.pick, self.words, self.calling.pane):
            pane.left.connect(self.show_paper)
            self._stack.addWidget(pane)
        return self._stack

    def choose(self, receipt: ReceiptRow | None) -> None:
        """The receipt the keys are meant for."""
        self.chosen = receipt
        self.saved.forget()
        view = self._work.view
        session = view.session.number if view is not None and view.session is not None else 0
        for key in self.keys.values():
            key.setEnabled(receipt is not None)
        if receipt is None:
            return
        for name in ("take_back", "resell"):
            self.keys[name].setEnabled(bool(session) and not receipt.voids)
        if receipt.voided:
            self.keys["take_back"].setEnabled(False)
        free = view is not None and view.sale is None
        voidable = receipt.session == session and not (receipt.voids or receipt.came_back)
        self.keys["void"].setEnabled(voidable and free)

    def show_paper(self) -> None:
        """Nothing is asked: the receipt itself."""
        self._stack.setCurrentWidget(self._sheet)
        self.asking.emit(False)

    def show_view(self, view: TillView) -> None:
        """Paint the pane in sight."""
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            pane.show_view(view)

    def hotkey(self, event: QKeyEvent) -> bool:
        """The pane in sight takes keys first."""
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            return pane.hotkey(event)
        for name, _, _, key in KEYS:
            if event.key() == key and self.keys[name].isEnabled():
                self._act(name)
                return True
        return False

    def take_scan(self, code: str) -> bool:
        """While goods are picked, a scan picks them; else it rings up as anywhere."""
        picking = self._stack.currentWidget() is self.pick
        if picking:
            self.pick.take_scan(code)
        return picking

    def begin_return(self) -> None:
        """Pick goods of the chosen receipt, if any can come back."""
        if self.keys["take_back"].isEnabled():
            self._act("take_back")

    def _act(self, name: str) -> None:
        if self.chosen is None:
            return
        number = self.chosen.number
        match name:
            case "take_back":
                self.pick.ask(number)
                self._open(self.pick)
            case "void":
                self._ask_void(number)
            case "resell":
                self.calling.send(Right.RETURN, lambda till, _who, _pin: till.resell(number))
            case "pdf":
                self.saved.save(lambda till: till.receipt_pdf(number))
            case "copy":
                self._work.do(lambda till: till.reprint(number))
                self._work.say(Tone.INFO, self._face.text("history.copied", number=number))

    def _ask_void(self, number: int) -> None:
        view, text = self._work.view, self._face.text
        self.words.ask(
            WordsQuestion(
                title=text("void.title", number=number),
                explanation=text("void.explain"),
                take=lambda reason: self._void(number, reason),
                choices=view.return_reasons if view is not None else (),
                needed=True,
                limit=80,
                verb=text("void.take"),
                drops=True,
            )
        )
        self._open(self.words)

    def _void(self, number: int, reason: str) -> None:
        self.calling.send(
            Right.CANCEL, lambda till, who, pin: till.void_receipt(number, reason, who, pin)
        )

    def _on_picked(self, wanted: object) -> None:
        assert isinstance(wanted, WantedReturn)
        self.calling.send(
            Right.RETURN,
            lambda till, who, pin: till.start_return(
                wanted.receipt, wanted.lines, wanted.reason, who, pin
            ),
        )

    def _open(self, pane: Pane) -> None:
        if self._work.view is not None:
            pane.show_view(self._work.view)
        self._stack.setCurrentWidget(pane)
        self.asking.emit(True)
        pane.entered()

    def _key_row(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        columns = 2 if self._face.narrow else len(KEYS)
        for place, (name, icon, hint, _) in enumerate(KEYS):
            key = Key(
                self._face.look,
                self._face.text(f"history.{name}"),
                icon=icon,
                hint=hint,
                stacked=True,
                size=tokens.CAPTION,
                height=66,
                kind="primary" if name == "take_back" else "key",
            )
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            key.setProperty("action", name)
            key.clicked.connect(self._on_key)
            grid.addWidget(key, place // columns, place % columns)
            grid.setColumnStretch(place % columns, 1)
            self.keys[name] = key
        return box

    def _on_key(self) -> None:
        self._act(str(self.sender().property("action")))
