"""Reading foreign codes in out of a table, with what is wrong row by row (T-130)."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pos.till.views import TillView
from pos.till.voucher_views import ImportView, ProgrammeView
from pos.ui import tokens
from pos.ui.face import Face
from pos.ui.widgets.basics import clear, column, frame, label, padded, row, scrolling
from pos.ui.widgets.button import Key
from pos.ui.widgets.flow import flowing
from pos.ui.widgets.progress import Progress
from pos.ui.work import Work

MOST_SHOWN = 200
"""Faulty rows on the screen; the rest is counted, and told once these are put right."""


class ImportForm(QWidget):
    """Which file, and of which kind its cards are where the table doesn't say so."""

    def __init__(self, face: Face, work: Work) -> None:
        super().__init__()
        self._face, self._work = face, work
        self.programme = ""
        self._programmes: tuple[ProgrammeView, ...] = ()
        self._shown: ImportView | None = None
        text = face.text
        self.path = QLineEdit()
        self.path.setPlaceholderText(text("import.path"))
        self.path.setAccessibleName(text("import.path"))
        self.path.setMaxLength(1000)
        self.path.textChanged.connect(self._on_path)
        self.choose = Key(face.look, text("import.choose"), icon="file-text", height=48)
        self.choose.clicked.connect(self._on_choose)
        self.kinds = flowing()
        self.take = Key(
            face.look,
            text("import.take"),
            icon="file-up",
            kind="primary",
            size=tokens.LEAD,
            height=72,
        )
        self.take.clicked.connect(self.read_in)
        self.stop = Key(face.look, text("import.stop"), icon="circle-x", kind="danger", height=56)
        self.stop.clicked.connect(self._on_stop)
        self.bar, self.said = Progress(face), label(role="strong", wrap=True)
        self.problems = QGridLayout()
        self.problems.setContentsMargins(0, 0, 0, 0)
        self.problems.setHorizontalSpacing(16)
        self.problems.setColumnStretch(2, 1)
        self._build()
        self._on_path("")

    def entered(self) -> None:
        """The keyboard types where the file is."""
        self.path.setFocus()

    def show_view(self, view: TillView) -> None:
        """How far it is, and what came of it."""
        if view.programmes != self._programmes:
            self._programmes = view.programmes
            self._show_kinds()
        if view.voucher_import != self._shown:
            self._shown = view.voucher_import
            if self._shown is not None:
                self._show(self._shown)

    def read_in(self) -> None:
        """Begin with the file that was named."""
        path, programme = self.path.text().strip(), self.programme
        if path:
            self._work.do(lambda till: till.import_vouchers(path, programme))

    def _build(self) -> None:
        text = self._face.text
        what, came = frame("card"), frame("card")
        file = row(self.path, self.choose, gap=8)
        file.setStretch(0, 1)
        what.setLayout(
            column(
                label(text("import.explain"), "soft", wrap=True),
                file,
                label(text("import.kind"), "caption"),
                self.kinds,
                self.take,
                gap=10,
                margin=16,
            )
        )
        table = QWidget()
        table.setLayout(self.problems)
        came.setLayout(column(self.said, self.bar, self.stop, table, gap=10, margin=16))
        came.hide()
        self._came = came
        content = QWidget()
        content.setLayout(column(what, came, None, gap=12))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(padded(content)))

    def _show_kinds(self) -> None:
        layout = self.kinds.layout()
        assert layout is not None
        clear(layout)
        in_table = ("", self._face.text("import.in_table"))
        for number, name in (in_table, *((one.number, one.name) for one in self._programmes)):
            key = Key(self._face.look, name, height=48)
            key.setCheckable(True)
            key.setAutoExclusive(True)
            key.setChecked(number == self.programme)
            key.setProperty("programme", number)
            key.clicked.connect(self._on_kind)
            layout.addWidget(key)

    def _show(self, came: ImportView) -> None:
        text = self._face.text
        self._came.show()
        self.bar.setVisible(came.busy)
        self.stop.setVisible(came.busy)
        said = text("import.came", file=came.file, count=came.added, rows=came.at)
        more = [text("import.known", count=came.known)] if came.known else []
        if came.problem_count:
            more.append(text("import.problems", count=came.problem_count))
        self.said.setText(" ".join((said, *more)))
        self.bar.show_progress(came.at, came.rows, said)
        clear(self.problems)
        for place, one in enumerate(came.problems[:MOST_SHOWN]):
            line = label(text("import.line", line=one.line), "caption")
            self.problems.addWidget(line, place, 0)
            self.problems.addWidget(label(one.column, "caption"), place, 1)
            self.problems.addWidget(label(one.text, "body", wrap=True), place, 2)

    def _on_path(self, text: str) -> None:
        self.take.setEnabled(bool(text.strip()))

    def _on_choose(self) -> None:
        """A file dialog beside the window: nothing waits for it."""
        dialog = QFileDialog(self, self._face.text("import.choose"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("*.csv *.xlsx")
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_kind(self) -> None:
        self.programme = str(self.sender().property("programme"))

    def _on_stop(self) -> None:
        self._work.do(lambda till: till.stop_voucher_import())
