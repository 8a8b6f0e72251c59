"""Between the till's print jobs and the printers: each printer has a lane, or none in a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pos.ports.devices import DeviceError, TillPrinter
from pos.ports.store import PrintJob
from pos.runtime import crash
from pos.runtime.lane import Lane, Outcome

JobDone = Callable[[int, str], None]
"""Told the job's id and its fault, empty when it is on paper."""


class LanePrinting:
    """Prints on a lane per printer, so that a dead one delays neither the till nor another.

    Attributes:
        on_done: called on the printer's lane.
    """

    def __init__(self, printers: Mapping[str, TillPrinter]) -> None:
        self._printers = printers
        self._lanes = {name: Lane(f"print-{name}") for name in printers}
        self.on_done: JobDone = lambda job, fault: None  # noqa: ARG005 - set before the first job

    def start(self) -> None:
        """Begin to print."""
        for lane in self._lanes.values():
            lane.start()

    def stop(self) -> None:
        """Finish what is at the printers; what hangs is left to the next start."""
        for lane in self._lanes.values():
            lane.stop(timeout=4)

    def names(self) -> Sequence[str]:
        """The printers, the one for receipts first."""
        return tuple(self._printers)

    def send(self, job: PrintJob) -> None:
        """Queue a job on its printer's lane."""
        printer = self._printers.get(job.printer)
        if printer is None:
            self.on_done(job.id, "unplugged")
            return

        def done(outcome: Outcome[str]) -> None:
            self.on_done(job.id, "bug" if outcome.bug else outcome.value or "")

        self._lanes[job.printer].submit(lambda: fault_of(printer, job), done, urgent=False)

    def kick(self) -> None:
        """Open the drawer at the first printer, before any paper that waits."""
        for name, printer in list(self._printers.items())[:1]:
            self._lanes[name].submit(lambda: kick(printer))


class DirectPrinting:
    """Prints at once, for stories: what a printer received is there when the step ends."""

    def __init__(self, printers: Mapping[str, TillPrinter]) -> None:
        self._printers = printers
        self.on_done: JobDone = lambda job, fault: None  # noqa: ARG005 - set before the first job
        self.papers: list[PrintJob] = []

    def names(self) -> Sequence[str]:
        """The printers, the one for receipts first."""
        return tuple(self._printers)

    def send(self, job: PrintJob) -> None:
        """Print now."""
        printer = self._printers.get(job.printer)
        fault = "unplugged" if printer is None else fault_of(printer, job)
        if not fault:
            self.papers.append(job)
        self.on_done(job.id, fault)

    def kick(self) -> None:
        """Open the drawer at the first printer."""
        for printer in list(self._printers.values())[:1]:
            kick(printer)


def fault_of(printer: TillPrinter, job: PrintJob) -> str:
    """Print; the fault if it failed, empty if it is on paper."""
    try:
        printer.print(job.document)
    except DeviceError as error:
        return error.fault
    return ""


def kick(printer: TillPrinter) -> None:
    """Open the drawer. One that doesn't answer is opened by key; the opening is in the journal."""
    try:
        printer.kick()
    except DeviceError as error:
        crash.record(error)
