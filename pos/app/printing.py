"""Printing without lanes, for stories: what a printer received is there when the step ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pos.ports.devices import DeviceError, TillPrinter
from pos.ports.store import PrintJob
from pos.runtime.print_lane import Done


class DirectPrinting:
    """Prints at once. Implements `pos.till.desk.Printing`.

    Attributes:
        papers: the jobs that came out, in order.
    """

    def __init__(self, printers: Mapping[str, TillPrinter], done: Done) -> None:
        self._printers = printers
        self._done = done
        self.papers: list[PrintJob] = []

    def names(self) -> Sequence[str]:
        """The printers, the one for receipts first."""
        return tuple(self._printers)

    def send(self, job: PrintJob) -> None:
        """Print now."""
        printer = self._printers.get(job.printer)
        fault = "unreachable" if printer is None else _fault(lambda: printer.print(job.document))
        if not fault:
            self.papers.append(job)
        self._done(job.id, fault)

    def change(self, printers: Mapping[str, TillPrinter]) -> None:
        """Print on these from now on."""
        self._printers = printers

    def check(self, name: str, told: Callable[[str], None]) -> None:
        """Ask a printer how it is, now."""
        printer = self._printers[name]
        try:
            told(printer.check())
        except DeviceError as error:
            told(error.fault)

    def kick(self, printer: str) -> None:
        """Open the drawer at that printer."""
        if printer in self._printers:
            _fault(self._printers[printer].kick)


def _fault(action: Callable[[], None]) -> str:
    try:
        action()
    except DeviceError as error:
        return error.fault
    return ""
