"""X and Z reports as they are printed."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from pos.ui import tokens
from pos.ui.face import Face
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
        self.tools.addLayout(row(self.print_key))
        self.body.addLayout(column(self.paper), 1)

    def entered(self) -> None:
        """Ask for the report anew."""
        kind = self._kind
        self.work.ask(lambda till: till.report(kind), self.paper.take_document)
        super().entered()

    def hotkey(self, event: QKeyEvent) -> bool:
        """The letter on the key prints."""
        if event.text() and event.text().upper() == self.print_key.hint:
            self._print()
            return True
        return super().hotkey(event)

    def _print(self) -> None:
        kind = self._kind
        self.work.do(lambda till: till.print_report(kind))
        self.work.say(Tone.INFO, self.face.text("report.sent"))
