"""Papers that wait: try again, send to another printer, or give up with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.runtime.lane import Outcome
from pos.till.views import PrintJobView, TillView
from pos.ui.face import Face
from pos.ui.icons import icon
from pos.ui.screens.screen import Page
from pos.ui.widgets.basics import clear, column, frame, label, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.empty import Empty
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.reason import ReasonRow
from pos.ui.work import Work


class JobsPage(Page):
    """One card a job. Nothing here can lose a paper: giving up asks why."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__(face, work, face.text("jobs.title"))
        self.printers: tuple[str, ...] = ()
        self._jobs: tuple[PrintJobView, ...] | None = None
        self._none = Empty(face, "printer-check", face.text("jobs.none"))
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 8, 0)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        outer.addWidget(self._none)
        outer.addLayout(self._list)
        outer.addStretch(1)
        self.body.addWidget(scrolling(content), 1)

    def entered(self) -> None:
        """Ask which printers there are."""
        super().entered()
        self.work.ask(lambda till: till.printers(), self._on_printers)

    def show_view(self, view: TillView) -> None:
        """Paint the jobs that wait."""
        if view.print_jobs != self._jobs:
            self._jobs = view.print_jobs
            self._show()

    def _on_printers(self, outcome: Outcome[object]) -> None:
        if self.work.take(outcome) and isinstance(outcome.value, tuple | list):
            self.printers = tuple(map(str, outcome.value))
            self._show()

    def _show(self) -> None:
        clear(self._list)
        jobs = self._jobs or ()
        self._none.setVisible(not jobs)
        for job in jobs:
            self._list.addWidget(self._card(job))

    def _card(self, job: PrintJobView) -> QWidget:
        face, text = self.face, self.face.text
        failed = job.state == "failed"
        card = frame("card")
        sign = QLabel()
        name, role = ("triangle-alert", "warn") if failed else ("clock", "soft")
        sign.setPixmap(
            icon(name, face.look.colour(role).name(), face.look.px(24), self.devicePixelRatioF())
        )
        state = (
            face.texts.get(f"device.{job.fault}") if failed and job.fault else text("jobs.waits")
        )
        facts = label(
            f"{job.printer} · {face.texts.time(job.created_at)} · {state}", "soft", wrap=True
        )
        words = column(label(job.title, "strong"), facts, gap=2)
        head = row(sign, words, gap=12)
        head.setStretch(1, 1)
        give_up = ReasonRow(face, text("jobs.drop"), text("jobs.reason"))
        give_up.given.connect(self._on_drop)
        give_up.setProperty("job", job.id)
        keys = [self._key("jobs.retry", "rotate-ccw", job.id, self._on_retry, "primary")]
        for printer in self.printers:
            if printer != job.printer:
                key = self._key(
                    "jobs.move", "arrow-right-left", job.id, self._on_move, "key", printer=printer
                )
                key.setProperty("printer", printer)
                keys.append(key)
        card.setLayout(column(head, flowing(*keys), give_up, gap=10, margin=16))
        return card

    def _key(self, words: str, icon_name: str, job: int, slot, kind: str, **values: str) -> Key:  # type: ignore[no-untyped-def]
        key = Key(
            self.face.look, self.face.text(words, **values), icon=icon_name, kind=kind, height=56
        )
        key.setProperty("job", job)
        key.clicked.connect(slot)
        return key

    def _on_retry(self) -> None:
        job = int(self.sender().property("job"))
        self.work.do(lambda till: till.retry_job(job))

    def _on_move(self) -> None:
        job, printer = int(self.sender().property("job")), str(self.sender().property("printer"))
        self.work.do(lambda till: till.move_job(job, printer))

    def _on_drop(self, reason: str) -> None:
        job = int(self.sender().property("job"))
        self.work.do(lambda till: till.drop_job(job, reason))
