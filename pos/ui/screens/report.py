"""X and Z reports as they are printed."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.screens.paper_file import SavedPaper
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import column, row
from pos.ui.widgets.button import Key
from pos.ui.widgets.paper import Paper
from pos.ui.work import Tone, Work


class ReportPage(Page):
    """One report: "x" of the open session, or "z" of the last closed one."""

    def __init__(self, face: Face, work: Work, kind: str) -> None:
        super().__init__(face, work, face.text(f"report.{kind}"))
        self._kind = kind
        self.paper = Paper(face, work)
        self.print_key = Key(
            face.look,
            face.text("report.print"),
            icon="printer",
            hint=face.text("report.print_key"),
            kind="primary",
            height=56,
            size=tokens.BODY,
        )
        self.print_key.clicked.connect(self._print)
        self.pdf_key = Key(
            face.look,
            face.text("report.pdf"),
            icon="file-down",
            hint=face.text("report.pdf_key"),
            height=56,
        )
        self.pdf_key.clicked.connect(self._save)
        self.saved = SavedPaper(face, work, self)
        self.tools.addLayout(row(self.pdf_key, self.print_key))
        self.body.addLayout(column(self.saved.place, self.paper), 1)

    def entered(self) -> None:
        """Ask for the report anew."""
        kind = self._kind
        self.saved.forget()
        self.work.ask(lambda till: till.report(kind), self.paper.take_document)
        super().entered()

    def hotkey(self, event: QKeyEvent) -> bool:
        """The letter on a key does what the key does."""
        for key, act in ((self.print_key, self._print), (self.pdf_key, self._save)):
            if event.text() and event.text().upper() == key.hint:
                act()
                return True
        return super().hotkey(event)

    def _save(self) -> None:
        kind = self._kind
        self.saved.save(lambda till: till.report_pdf(kind))

    def _print(self) -> None:
        kind = self._kind
        self.work.do(lambda till: till.print_report(kind))
        self.work.say(Tone.INFO, self.face.text("report.sent"))
