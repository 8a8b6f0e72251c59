"""The demo shop's till on a clock that stands, with printers that can be unplugged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from pos.app.build import OpenTill
from pos.app.demo import make_demo
from pos.app.printing import DirectPrinting
from pos.ports.devices import DeviceError, TillPrinter
from pos.ports.document import Document
from pos.runtime.bus import Bus
from pos.runtime.print_lane import Done
from pos.ui.stage import AtOnce
from pos.ui.window import WindowParts
from tests.support.till import StandingClock

MORNING = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
SECOND_PRINTER = """
[[printer]]
name = "Büro"
plugin = "printer_file"
"""


class OutOfPaper:
    """A printer that can't."""

    def print(self, document: Document) -> None:
        raise DeviceError("paper_out")

    def check(self) -> str:
        return "paper_out"

    def kick(self) -> None:
        """The drawer still opens."""


class TourTill:
    """A till to take pictures of."""

    def __init__(self, data: Path, language: str) -> None:
        self.clock = StandingClock(MORNING)
        self._printers: dict[str, TillPrinter] = {}
        self._opened = OpenTill(data, self._printing, clock=self.clock)
        self.till = self._opened.till
        self.till.set_language(language)
        self._shelves = self._opened.open_shelves()
        self.pictures = data / "pictures"
        self.data = data

    @staticmethod
    def make_shop(data: Path) -> Path:
        """The demo shop with a second printer, to be copied for each look."""
        make_demo(data)
        with (data / "till.toml").open("a", encoding="utf-8") as settings:
            settings.write(SECOND_PRINTER)
        return data

    @property
    def papers(self) -> list[Document]:
        """What came out of the printers."""
        printing = self._opened.printing
        assert isinstance(printing, DirectPrinting)
        return [job.document for job in printing.papers]

    def unplug(self) -> None:
        """The receipt printer has no paper left."""
        self._plugged = self._printers["Bon"]
        self._printers["Bon"] = OutOfPaper()

    def plug_in(self) -> None:
        """It has a new roll."""
        self._printers["Bon"] = self._plugged

    def finish_late(self, receipt: int) -> None:
        """As after a power cut: what was paid has been closed at the start."""
        desk = self._opened.desk
        sale = desk.store.sale_by_receipt(receipt)
        assert sale is not None
        desk.finished_late = sale.id

    def _printing(self, printers: Mapping[str, TillPrinter], done: Done) -> DirectPrinting:
        self._printers.update(printers)
        return DirectPrinting(self._printers, done)

    def parts(self, lane: AtOnce, bus: Bus) -> WindowParts:
        """What a window on this till stands on."""
        return WindowParts(
            till=self.till,
            till_lane=lane,
            search_lane=lane,
            side_lane=lane,
            open_shelves=lambda: self._shelves,
            bus=bus,
            texts=self._opened.desk.texts,
            folder=self.data,
            pictures=self.pictures,
        )

    def __enter__(self) -> TourTill:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._shelves.close()
        self._opened.__exit__(kind, error, traceback)
