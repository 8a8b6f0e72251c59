"""Files with the codes of many cards: fetched page by page, so that no sale waits, then written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from pos.runtime.lane import Outcome
from pos.till.till import Till
from pos.till.vouchers.printing import Sheet
from pos.till.vouchers.sharing import CodeList
from pos.ui.face import Face
from pos.ui.work import Tone, Work

Part = Sheet | CodeList

MOST_DRAWN = 5_000
"""Cards in one PDF: 500 pages; what is more goes into another file."""

MOST_LISTED = 50_000
"""Rows in one table; a spreadsheet opens it without pain."""


class CardFiles(QObject):
    """One order at a time; files lie in `folder`, numbered from the second on."""

    def __init__(self, face: Face, work: Work, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._face, self._work, self._folder = face, work, folder
        self._fetch: Callable[[Till, str], Part] | None = None
        self._name, self._kind, self._most, self._number = "", "", 0, 1
        self._part: Part | None = None

    def draw(self, programme: str, run: str) -> None:
        """Write the cards as sheets to cut."""
        self._begin(
            lambda till, after: till.card_sheet(programme, run, after),
            run or programme,
            "pdf",
            MOST_DRAWN,
        )

    def share(self, programme: str, run: str, kind: str) -> None:
        """Write the codes as a table; `kind` is "csv" or "xlsx"."""
        self._begin(
            lambda till, after: till.code_list(programme, run, after),
            run or programme,
            kind,
            MOST_LISTED,
        )

    def _begin(self, fetch: Callable[[Till, str], Part], name: str, kind: str, most: int) -> None:
        if self._fetch is not None:
            self._work.say(Tone.INFO, self._face.text("files.busy"))
            return
        self._fetch, self._name, self._kind, self._most = fetch, name, kind, most
        self._number, self._part = 1, None
        self._next("")

    def _next(self, after: str) -> None:
        fetch = self._fetch
        assert fetch is not None
        self._work.ask(lambda till: fetch(till, after), self._on_page, urgent=False)

    def _on_page(self, outcome: Outcome[object]) -> None:
        page = outcome.value
        if not self._work.take(outcome) or not isinstance(page, Sheet | CodeList):
            self._fetch = self._part = None
            return
        self._part = page if self._part is None else self._part.joined(page)  # type: ignore[arg-type]
        if self._part.more and self._part.count < self._most:
            self._next(self._part.more)
        else:
            self._write(self._part)

    def _write(self, part: Part) -> None:
        number = f"-{self._number}" if self._number > 1 else ""
        path = self._folder / f"{self._name}{number}.{self._kind}"
        self._work.say(Tone.INFO, self._face.text("files.writing", count=part.count))
        self._work.aside(lambda: part.write(path), self._on_written)

    def _on_written(self, outcome: Outcome[object]) -> None:
        more = self._part.more if self._part is not None else ""
        self._part = None
        if not self._work.take(outcome):
            self._fetch = None
            return
        words = "files.drawn" if self._kind == "pdf" else "files.shared"
        self._work.say(Tone.GOOD, self._face.text(words, path=str(outcome.value)))
        if more:
            self._number += 1
            self._next(more)
        else:
            self._fetch = None
