"""The cards there are: each programme in sum, and each generation with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.domain.operator import Right
from pos.runtime.lane import Outcome
from pos.till.views import TillView
from pos.till.voucher_views import ProgrammeCountView, RunView
from pos.ui.face import Face
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.progress import Progress
from pos.ui.work import Work

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
BUSY = ("making", "taking_back", "mailing")


class VoucherOverview(QWidget):
    """Sums and generations come when the page is opened.

    Signals:
        sheet_wanted(programme, run): the cards of one of them as a PDF.
        share_wanted(name, programme, run): their codes as a table.
        cards_wanted(programme, run): the cards of one of them as a list.
    """

    sheet_wanted = Signal(str, str)
    share_wanted = Signal(str, str, str)
    cards_wanted = Signal(str, str)

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self._face, self._work = face, work
        self.runs: tuple[RunView, ...] = ()
        self.counts: tuple[ProgrammeCountView, ...] = ()
        self.stops: dict[str, Key] = {}
        self._may_see = False
        self._moving: dict[str, tuple[Progress, QWidget]] = {}
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(24)
        self._table.setVerticalSpacing(8)
        self._table.setColumnStretch(0, 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._none = label(face.text("runs.none"), "soft", wrap=True)
        self._build()

    def entered(self) -> None:
        """Ask for everything anew."""
        self._work.ask(lambda till: till.voucher_counts(), self._on_counts)
        self._work.ask(lambda till: till.card_runs(), self._on_runs)

    def show_view(self, view: TillView) -> None:
        """A generation under way tells how far it has come; when it ends, sums change."""
        self._may_see = view.operator is not None and view.operator.may(Right.CODES)
        run = view.generation
        before = next((one for one in self.runs if run and one.run == run.run), None)
        if run is None or run == before or not self.isVisible():
            return
        if before is not None and run.state == before.state and run.run in self._moving:
            self.runs = tuple(run if one.run == run.run else one for one in self.runs)
            self._show_progress(run)
        else:
            self.entered()

    def _build(self) -> None:
        sums, table = frame("card"), QWidget()
        self._table.setContentsMargins(0, 0, 0, 0)
        table.setLayout(self._table)
        sums.setLayout(column(label(self._face.text("counts.title"), "lead"), table, margin=16))
        content = QWidget()
        content.setLayout(
            column(
                sums,
                4,
                label(self._face.text("runs.title"), "lead"),
                self._none,
                self._list,
                None,
                gap=10,
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(padded(content)))

    def _on_counts(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.counts = tuple(outcome.value)
            self._show_counts()

    def _on_runs(self, outcome: Outcome[object]) -> None:
        if self._work.take(outcome) and isinstance(outcome.value, list | tuple):
            self.runs = tuple(outcome.value)
            self._show_runs()

    def _show_counts(self) -> None:
        clear(self._table)
        face = self._face
        if not self.counts:
            self._table.addWidget(label(face.text("counts.none"), "soft", wrap=True), 0, 0)
        for place, one in enumerate(self.counts):
            number = label(face.text("counts.cards", count=one.cards), "soft")
            amount = label(face.money(one.balance), "strong")
            line = place * 2 if face.narrow else place
            self._table.addWidget(label(one.name, "strong", wrap=True), line, 0)
            self._table.addWidget(number, line, 1, RIGHT)
            self._table.addWidget(amount, line, 2, RIGHT)
            keys = self._keys_of(one)
            if face.narrow:
                self._table.addWidget(flowing(*keys), line + 1, 0, 1, 3)
                continue
            for column_of, key in enumerate(keys, 3):
                self._table.addWidget(key, line, column_of)

    def _keys_of(self, one: ProgrammeCountView) -> list[Key]:
        keys = [self._of_kind("runs.show", "list", one, self._on_show)]
        if self._may_see:
            keys.append(self._of_kind("runs.sheet", "file-text", one, self._on_sheet))
            keys.append(self._of_kind("runs.share", "file-up", one, self._on_share))
        return keys

    def _of_kind(self, words: str, icon_name: str, one: ProgrammeCountView, slot) -> Key:  # type: ignore[no-untyped-def]
        key = Key(self._face.look, self._face.text(words), icon=icon_name, height=48)
        key.setProperty("programme", one.programme)
        key.setProperty("called", one.name)
        key.clicked.connect(slot)
        return key

    def _show_runs(self) -> None:
        clear(self._list)
        self.stops, self._moving = {}, {}
        self._none.setVisible(not self.runs)
        for run in self.runs:
            self._list.addWidget(self._card(run))

    def _card(self, run: RunView) -> QWidget:
        face, text = self._face, self._face.text
        card = frame("card")
        amount = face.money(run.amount) if run.amount else ""
        until = text("card.until", day=run.expires) if run.expires else text("card.for_ever")
        facts = " · ".join(filter(None, (face.texts.moment(run.at), amount, until)))
        state = label(run_words(face, run), "body", wrap=True)
        head = row(label(run.programme, "strong"), None, label(facts, "caption"), gap=12)
        inside = column(head, state, gap=6, margin=16)
        if run.state in BUSY:
            bar = Progress(face)
            self._moving[run.run] = (bar, state)
            inside.addWidget(bar)
            self._show_progress(run)
        inside.addWidget(flowing(*self._keys(run)))
        card.setLayout(inside)
        return card

    def _keys(self, run: RunView) -> list[Key]:
        if run.state in BUSY:
            words = "runs.stop" if run.state == "making" else "runs.stop_mail"
            stop = self._key(words, "circle-x", run, self._on_stop, kind="danger")
            stop.setEnabled(run.state != "taking_back")
            self.stops[run.run] = stop
            return [stop]
        if run.state != "done":
            return []
        keys = [self._key("runs.show", "list", run, self._on_show)]
        if self._may_see:
            keys.append(self._key("runs.sheet", "file-text", run, self._on_sheet))
            keys.append(self._key("runs.share", "file-up", run, self._on_share))
        return [*keys, self._key("runs.mail", "mail", run, self._on_mail)]

    def _key(self, words: str, icon_name: str, run: RunView, slot, kind: str = "key") -> Key:  # type: ignore[no-untyped-def]
        key = Key(self._face.look, self._face.text(words), icon=icon_name, kind=kind, height=56)
        key.setProperty("run", run.run)
        key.setProperty("called", run.programme)
        key.clicked.connect(slot)
        return key

    def _show_progress(self, run: RunView) -> None:
        bar, words = self._moving[run.run]
        said = run_words(self._face, run)
        done = {"making": run.made + run.skipped, "taking_back": run.taken_back}
        of = run.wanted if run.state == "making" else run.made
        bar.show_progress(done.get(run.state, run.mailed), of, said)
        words.setText(said)  # type: ignore[attr-defined]

    def _on_stop(self) -> None:
        number = str(self.sender().property("run"))
        self._work.do(lambda till: till.stop_generation(number))

    def _on_mail(self) -> None:
        number = str(self.sender().property("run"))
        self._work.do(lambda till: till.mail_generation(number))

    def _on_show(self) -> None:
        key = self.sender()
        self.cards_wanted.emit(key.property("programme") or "", key.property("run") or "")

    def _on_sheet(self) -> None:
        key = self.sender()
        self.sheet_wanted.emit(key.property("programme") or "", key.property("run") or "")

    def _on_share(self) -> None:
        key = self.sender()
        of = (key.property("programme") or "", key.property("run") or "")
        self.share_wanted.emit(str(key.property("called")), *of)


def run_words(face: Face, run: RunView) -> str:
    """ "3 von 100 Karten gemacht", and what else is to be known of a generation."""
    words = [face.text(f"runs.{run.state}", made=run.made, wanted=run.wanted, back=run.taken_back)]
    if run.skipped:
        words.append(face.text("runs.skipped", count=run.skipped))
    if run.mailed:
        words.append(face.text("runs.mailed", count=run.mailed))
    return " ".join(words)
