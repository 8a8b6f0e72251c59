"""The commands of the till that are about receipts, reports and print jobs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pos.ports.document import Document
from pos.ports.store import ReceiptQuery, ReceiptRow
from pos.till import paper_files, papers, printing, session, shipping
from pos.till.commands import command, query
from pos.till.facade import Facade
from pos.till.paper_files import PaperFile
from pos.till.shipping import ShippingView
from pos.till.views import TillView


class PaperCommands(Facade):
    """What is printed, printed again, waits or is given up."""

    @command
    def reprint(self, receipt: int | None = None) -> TillView:
        """Print a copy of a receipt; without a number of the newest."""
        printing.reprint(self._desk, receipt)
        return self._changed()

    @command
    def receipt_pdf(self, receipt: int | None = None) -> PaperFile:
        """A copy of a receipt as a PDF; without a number of the newest."""
        return paper_files.receipt_file(self._desk, receipt)

    @command
    def report_pdf(self, kind: str, session: int | None = None) -> PaperFile:
        """The X report, or the Z report of a session, as a PDF."""
        return paper_files.report_file(self._desk, kind, session)

    @command
    def print_report(self, kind: str, session: int | None = None) -> TillView:
        """Print the X report, or the Z report of a session (by default the last closed)."""
        printing.print_out(self._desk, self.report(kind, session))
        return self._changed()

    @command
    def test_print(self, printer: str) -> TillView:
        """Print a paper that shows whether code page, codes and cutter are right."""
        printing.test_print(self._desk, printer)
        return self._changed()

    @query
    def shipping(self) -> ShippingView:
        """The sale on the screen, or the last one, against the types of packages."""
        return shipping.shipping(self._desk)

    @command
    def ship(self, package: str, anyway: bool = False) -> TillView:
        """Print the paper for a package; one that is too weak has to be taken anyway."""
        shipping.ship(self._desk, package, anyway)
        return self._changed()

    @command
    def retry_job(self, job: int) -> TillView:
        """Try a print job again."""
        printing.retry(self._desk, job)
        return self._changed()

    @command
    def move_job(self, job: int, printer: str) -> TillView:
        """Print a job on another printer."""
        printing.retry(self._desk, job, printer)
        return self._changed()

    @command
    def drop_job(self, job: int, reason: str) -> TillView:
        """Give a print job up."""
        printing.drop(self._desk, job, reason)
        return self._changed()

    def job_done(self, job: int, fault: str) -> TillView:
        """A printer tells what became of a job; `fault` is a key under `device.`, or empty."""
        printing.job_done(self._desk, job, fault)
        return self._changed()

    def printers(self) -> Sequence[str]:
        """The printers of this till."""
        return self._desk.printing.names()

    def receipts(self, query: ReceiptQuery) -> Sequence[ReceiptRow]:
        """The receipt history."""
        rows = self._desk.store.receipts(query)
        return [
            replace(row, operator=papers.operator_name(self._desk, row.operator)) for row in rows
        ]

    def receipt(self, number: int | None = None) -> Document:
        """A receipt as a paper; without a number the newest."""
        return printing.receipt_document(self._desk, number)

    def report(self, kind: str, number: int | None = None) -> Document:
        """The X report ("x"), or the Z report ("z") of a session, as a paper."""
        figures = session.report_figures(self._desk, kind, number)
        return papers.session_report(self._desk, kind, figures)
