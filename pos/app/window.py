"""The till with its lanes and its window, and how they end: in the reverse order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from pos.app.books import BookCheck
from pos.app.build import JobDone, OpenTill
from pos.app.checking import QUIET_S, BackgroundCheck
from pos.app.errands import Errands
from pos.ports.devices import Scan, Scanner, TillPrinter
from pos.runtime.bus import (
    BackupMade,
    BugSeen,
    Bus,
    CodeScanned,
    DrawerShut,
    LivePriceCame,
    ScannerChanged,
    TillChanged,
)
from pos.runtime.lane import Lane, Outcome, take_short_turns
from pos.runtime.mail_lane import MailLane
from pos.runtime.price_lane import PriceLane
from pos.runtime.print_lane import Printers
from pos.storage.backup import back_up
from pos.till.shelves import PricedShelves
from pos.till.views import TillView


def has_display() -> bool:
    """Whether a window can be shown; an explicit platform of Qt's is taken at its word."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class RunningTill:
    """A till with its lanes running, until `stop`.

    Args:
        quiet: seconds after the start before the databases are looked at.
    """

    def __init__(self, path: Path, till: str = "", *, quiet: float = QUIET_S) -> None:
        take_short_turns()
        self.bus = Bus()
        self.opened = OpenTill(path, self._lane_printing, till)
        self.till_lane, self.search_lane, self.side_lane = (
            Lane("till"),
            Lane("search"),
            Lane("side"),
        )
        self._lanes = (self.till_lane, self.search_lane, self.side_lane)
        self.opened.on_job_done = self._on_job_done
        self.opened.desk.session_closed = self._on_session_closed
        self._shelves: PricedShelves | None = None
        self.opened.prices.aside = self._on_new_prices
        printing = self.opened.printing
        assert isinstance(printing, Printers)
        self._printers = printing
        for lane in self._lanes:
            lane.start()
        self._printers.start()
        self._scanners: dict[str, Scanner] = {}
        self._missed: frozenset[str] = frozenset()
        self.opened.on_device = self._on_device
        self.opened.plugs.users = self
        self.scanners_changed(self.opened.plugs.made.scanners)
        for name in self._printers.names():
            self.check(name)
        self._errands = Errands(self.till_lane, self.opened.till, self._tell_view)
        self.opened.desk.more_to_do = self._errands.more
        self._mail = self._mail_lane()
        self._prices = self._price_lane()
        self._errands.more()
        self._books = BookCheck(path, self.bus.tell)
        self._check = BackgroundCheck(path, self._on_damage, quiet)
        self._check.start()

    def _lane_printing(self, printers: Mapping[str, TillPrinter], done: JobDone) -> Printers:
        """Printing on a lane for each printer."""
        return Printers(printers, done, self._on_kicked)

    def printers_changed(self, printers: Mapping[str, TillPrinter]) -> None:
        """Print on these from now on."""
        self._printers.change(printers)

    def scanners_changed(self, scanners: Mapping[str, Scanner]) -> None:
        """Listen to these from now on. Aside, because the old ones are waited for: a new one may
        want the same line."""
        before, self._scanners = self._scanners, dict(scanners)
        gone = [each for name, each in before.items() if scanners.get(name) is not each]
        new = {name: each for name, each in scanners.items() if before.get(name) is not each}
        self.side_lane.submit(partial(self._swap, gone, new))

    def _swap(self, gone: Sequence[Scanner], new: Mapping[str, Scanner]) -> None:
        for scanner in gone:
            scanner.stop()
        for name, scanner in new.items():
            scanner.start(partial(self._on_scan, name), partial(self._on_scanner, name))

    def check(self, name: str) -> None:
        """Ask a printer how it is; look for a scanner anew."""
        if name in self._scanners:
            self.opened.plugs.remake_scanner(name)
            self.scanners_changed(self.opened.plugs.made.scanners)
        else:
            self._printers.check(name, partial(self._on_device, name))

    def _on_device(self, name: str, fault: str) -> None:
        self._tell_change(lambda: self.opened.till.device_told(name, fault))

    def _on_kicked(self, name: str, fault: str) -> None:
        self._on_device(name, fault)
        if fault:
            self.bus.tell(DrawerShut(fault))

    def _mail_lane(self) -> MailLane | None:
        """Letters leave on a lane of their own, where anybody sends them."""
        if self.opened.sender is None:
            return None
        lane = MailLane(self.opened.sender, self._on_letter, self._errands.more)
        self.opened.desk.post = lane
        lane.start()
        return lane

    def _price_lane(self) -> PriceLane | None:
        """Live prices are asked for on a lane of their own, where a back office is named."""
        if self.opened.price_source is None:
            return None
        desk = self.opened.desk
        lane = PriceLane(
            self.opened.price_source,
            desk.clock,
            desk.currency,
            desk.till,
            lambda product: self.bus.tell(LivePriceCame(product)),
        )
        desk.live_prices = lane
        return lane

    def _on_letter(self, letter: int, fault: str, for_good: bool) -> None:
        self._tell_change(lambda: self.opened.till.letter_done(letter, fault, for_good=for_good))

    def _tell_view(self, view: TillView) -> None:
        self.bus.tell(TillChanged(view))

    def _on_new_prices(self) -> None:
        """Make the price book of a new catalogue on the search lane, behind what is asked there."""
        self.search_lane.submit(
            lambda: self.shelves().renew_prices(), self._on_prices_made, urgent=False
        )

    def _on_prices_made(self, outcome: Outcome[None]) -> None:
        if outcome.refusal is not None or outcome.bug:
            self.opened.prices.failed()
        else:
            self._tell_change(self.opened.till.prices_made)

    def shelves(self) -> PricedShelves:
        """The search lane's own catalogue; called on that lane only."""
        if self._shelves is None:
            self._shelves = self.opened.open_shelves()
        return self._shelves

    def stop(self) -> None:
        """End scanners, lanes and printers, then let the data folder go."""
        self._check.stop()
        self._books.stop()
        self.search_lane.submit(self._close_shelves)
        for lane in self._lanes[1:]:
            lane.stop()
        for scanner in self._scanners.values():
            scanner.stop()
        self._printers.stop()
        if self._mail is not None:
            self._mail.stop()
        if self._prices is not None:
            self._prices.stop()
        self.till_lane.stop()
        self.opened.__exit__(None, None, None)

    def _close_shelves(self) -> None:
        if self._shelves is not None:
            self._shelves.close()

    def _on_session_closed(self) -> None:
        """Compare all books, and copy them aside."""
        self._books.run()
        self._back_up()

    def _back_up(self) -> None:
        """Copy both databases aside, where the owner named a folder for it."""
        target = self.opened.settings.backup
        if target:
            path, now = self.opened.path, self.opened.desk.clock.now()
            self.side_lane.submit(lambda: back_up(path, path / target, now), self._tell_backup)

    def _tell_backup(self, outcome: Outcome[Path]) -> None:
        if outcome.bug:
            self.bus.tell(BugSeen(outcome.bug))
        else:
            folder = outcome.value.name if outcome.value else ""
            self.bus.tell(BackupMade(folder, outcome.refusal))

    def _on_job_done(self, job: int, fault: str) -> None:
        self._tell_change(lambda: self.opened.till.job_done(job, fault))

    def _on_damage(self, database: str) -> None:
        self._tell_change(lambda: self.opened.till.damage_found(database))

    def _tell_change(self, command: Callable[[], TillView]) -> None:
        def tell(outcome: Outcome[TillView]) -> None:
            if outcome.value is not None:
                self.bus.tell(TillChanged(outcome.value))

        self.till_lane.submit(command, tell)

    def _on_scan(self, name: str, scan: Scan) -> None:
        self.bus.tell(CodeScanned(scan.symbology + scan.text, name))

    def _on_scanner(self, name: str, fault: str) -> None:
        """A scanner that comes for the first time is no news, one that goes or comes back is."""
        if fault or name in self._missed:
            self.bus.tell(ScannerChanged(connected=not fault))
        self._missed = self._missed | {name} if fault else self._missed - {name}
        self._on_device(name, fault)
