"""Receipts and reports as PDF files: what a customer or the tax office asks for, without a printer.

A file is a copy like one on paper: it says so, and the journal knows of it (complaint 7 of the
peers). It is written after the command, by whoever asked for it, so that no sale waits.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pos.documents.layout import WIDE
from pos.documents.pdf import document_pdf
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.ports.document import Document
from pos.runtime.texts import Texts
from pos.till import papers, printing, session
from pos.till.desk import Desk

X_REPORT = "x"


class PaperFile(Struct, frozen=True):
    """A paper to be written as a PDF; needs no till any more.

    Attributes:
        folder: where it goes; made if it isn't there.
        pictures: of the shop, for the logo.
        ending: of the name, where the title alone would be that of another file.
    """

    document: Document
    folder: Path
    pictures: Path | None
    ending: str = ""

    @property
    def name(self) -> str:
        """The file's name: the paper's title, and which copy it is."""
        copy = Texts(self.document.language).get("receipt.copy", count=self.document.copy)
        ending = copy.capitalize() if self.document.copy else self.ending
        words = re.sub(r"[^\w]+", "-", f"{self.document.title[:60]} {ending}")
        return f"{words.strip('-')}.pdf"

    def write(self) -> Path:
        """Write the file, whole or not at all; returns its path. Raises Refusal
        "paper_not_written".
        """
        path = self.folder / self.name
        unfinished = path.with_name(f"{path.name}.part")
        content = document_pdf(self.document, WIDE, self.pictures)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except OSError as error:
            reason = error.strerror or ""
            raise Refusal("paper_not_written", file=str(path), reason=reason) from error
        return path


def receipt_file(desk: Desk, number: int | None) -> PaperFile:
    """A receipt as a file, counted with the copies on paper; None is the newest."""
    return _file(desk, printing.copied(desk, number).document)


def report_file(desk: Desk, kind: str, number: int | None) -> PaperFile:
    """A report as a file. An X report is a look at now; of a closed session it is a copy."""
    desk.who()
    figures = session.report_figures(desk, kind, number)
    document = papers.session_report(desk, kind, figures)
    count = 0 if kind == X_REPORT else _copies(desk, figures.session) + 1
    with desk.writing() as work:
        facts = {"kind": kind, "session": figures.session, "copy": count}
        desk.record(work, Kind.REPORT_COPIED, facts)
    at = desk.now().astimezone(desk.paper_texts.zone)
    return _file(desk, replace(document, copy=count), f"{at:%Y-%m-%d-%H%M%S}")


def _copies(desk: Desk, number: int) -> int:
    entries = (link.entry.data for link in desk.store.journal(None, {Kind.REPORT_COPIED}))
    return sum(facts["session"] == number and facts["kind"] != X_REPORT for facts in entries)


def _file(desk: Desk, document: Document, ending: str = "") -> PaperFile:
    desk.version += 1
    return PaperFile(document, desk.paper_folder, desk.picture_folder, ending)
