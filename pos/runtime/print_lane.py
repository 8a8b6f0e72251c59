"""Printing beside the sale: a lane for each printer, and the way jobs take to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

from pos.ports.devices import DeviceError, TillPrinter
from pos.ports.store import PrintJob
from pos.runtime.lane import Lane, Outcome

Done = Callable[[int, str], None]
"""Told a job's id and its fault, "" when it is on paper; called on the printer's lane."""
Kicked = Callable[[str, str], None]
"""Told a printer's name and what kept the drawer shut, "" when the pulse went out; called on the
printer's lane."""
Checked = Callable[[str], None]
"""Told how a printer is: a fault, a warning, or ""; called on the printer's lane."""


class PrintLane:
    """One printer and the thread that waits for it. It touches no database."""

    def __init__(self, name: str, printer: TillPrinter, done: Done, kicked: Kicked) -> None:
        self.name = name
        self._printer = printer
        self._done = done
        self._kicked = kicked
        self._lane = Lane(f"print-{name}")
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to work."""
        self._lane.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """Finish the paper in hand and give back the rest as "not_printed".

        False if the printer is stuck and outlived `timeout` seconds.
        """
        self._stopping.set()
        return self._lane.stop(timeout)

    def send(self, job: PrintJob) -> None:
        """Print a job after those that wait."""
        self._lane.submit(
            lambda: self._print(job),
            lambda outcome: self._done(job.id, _fault(outcome)),
            urgent=False,
        )

    def kick(self) -> None:
        """Open the drawer before any paper that waits: the cashier stands at it."""
        self._lane.submit(self._kick, lambda outcome: self._kicked(self.name, _fault(outcome)))

    def check(self, checked: Checked) -> None:
        """Ask the printer how it is, after the papers that wait."""
        self._lane.submit(self._check, lambda outcome: checked(_fault(outcome)), urgent=False)

    def _print(self, job: PrintJob) -> str:
        if self._stopping.is_set():
            return "not_printed"
        return _attempt(lambda: self._printer.print(job.document))

    def _kick(self) -> str:
        return _attempt(self._printer.kick)

    def _check(self) -> str:
        try:
            return self._printer.check()
        except DeviceError as error:
            return error.fault

    @property
    def printer(self) -> TillPrinter:
        """The printer it works for."""
        return self._printer


class Printers:
    """All printers of a till.

    Implements what the till asks of printing (`pos.till.desk.Printing`).
    """

    def __init__(self, printers: Mapping[str, TillPrinter], done: Done, kicked: Kicked) -> None:
        self._done, self._kicked = done, kicked
        self._lanes = {name: self._lane(name, printer) for name, printer in printers.items()}
        self._leaving: list[PrintLane] = []

    def start(self) -> None:
        """Start every lane."""
        for lane in self._lanes.values():
            lane.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """Stop every lane; False if one did not end in `timeout` seconds."""
        ended = [lane.stop(timeout) for lane in (*self._lanes.values(), *self._leaving)]
        return all(ended)

    def change(self, printers: Mapping[str, TillPrinter]) -> None:
        """Print on these from now on. A printer that stays goes on with what it has; one that
        goes finishes the paper in hand and gives back the rest, while nobody waits for it.
        """
        before = self._lanes
        staying = {
            name: lane for name, lane in before.items() if lane.printer is printers.get(name)
        }
        new = {
            name: self._lane(name, each) for name, each in printers.items() if name not in staying
        }
        for lane in new.values():
            lane.start()
        self._lanes = {name: staying.get(name) or new[name] for name in printers}
        for name, lane in before.items():
            if name not in staying:
                lane.stop(0)
                self._leaving.append(lane)

    def _lane(self, name: str, printer: TillPrinter) -> PrintLane:
        return PrintLane(name, printer, self._done, self._kicked)

    def names(self) -> Sequence[str]:
        """The printers, the first one first."""
        return tuple(self._lanes)

    def send(self, job: PrintJob) -> None:
        """Print a job on its printer; one that is no longer there fails as "unreachable"."""
        lane = self._lanes.get(job.printer)
        if lane is None:
            self._done(job.id, "unreachable")
        else:
            lane.send(job)

    def check(self, name: str, told: Checked) -> None:
        """Ask a printer how it is."""
        if name in self._lanes:
            self._lanes[name].check(told)

    def kick(self, printer: str) -> None:
        """Open the drawer at that printer, if it is there to open it."""
        if printer in self._lanes:
            self._lanes[printer].kick()


def _attempt(action: Callable[[], None]) -> str:
    """Run it; the fault, or "" for none."""
    try:
        action()
    except DeviceError as error:
        return error.fault
    return ""


def _fault(outcome: Outcome[str]) -> str:
    return "bug" if outcome.value is None else outcome.value
