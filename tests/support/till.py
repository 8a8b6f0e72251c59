"""A till on a real till.db with the shop of the tests, a clock that stands, and paper in memory."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.app.printing import DirectPrinting
from pos.domain.stored_value.codes import CodeKey
from pos.fiscal.none import UNIT
from pos.payments import card_manual, cash
from pos.ports.devices import DeviceError
from pos.ports.document import Document
from pos.ports.stored_value import BalanceAuthority
from pos.runtime.texts import Texts
from pos.storage.sheets import SheetFiles
from pos.storage.till.store import TillStore
from pos.till.desk import Desk
from pos.till.prices import Prices
from pos.till.till import Till
from tests.support.catalogue import MemoryCatalogue
from tests.support.equipment import MemoryEquipment

SECRET = bytes(range(32))
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@lru_cache
def empty_records() -> bytes:
    """A till.db in which nothing has happened; laying one out for each test would take most of
    the tests' time.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "till.db"
        TillStore(path).close()
        return path.read_bytes()


class StandingClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at
        self.waited = timedelta()

    def now(self) -> datetime:
        return self.at

    def wait(self, **span: float) -> None:
        self.at += timedelta(**span)
        self.waited += timedelta(**span)

    def passed(self) -> timedelta:
        return self.waited


class PaperTray:
    """A printer that keeps its papers, or fails with `fault`."""

    def __init__(self) -> None:
        self.papers: list[Document] = []
        self.kicks = 0
        self.fault = ""

    def print(self, document: Document) -> None:
        if self.fault:
            raise DeviceError(self.fault)
        self.papers.append(document)

    def check(self) -> str:
        return ""

    def kick(self) -> None:
        self.kicks += 1


class TestTill:
    """One till on one folder; `reopened` is what a restart after a crash finds."""

    __test__ = False

    def __init__(
        self,
        folder: Path,
        reached: Callable[[str], None] | None = None,
        number: str = "1",
        authority: BalanceAuthority | None = None,
    ) -> None:
        self.number, self.authority = number, authority
        self.folder = folder
        self.clock = StandingClock()
        self.tray, self.other = PaperTray(), PaperTray()
        self.reached = reached
        if not any((folder / name).exists() for name in ("till.db", "till.made")):
            (folder / "till.db").write_bytes(empty_records())
        self.equipment = MemoryEquipment()
        self.equipment.told = lambda name, fault: self._device_told(name, fault)
        self._open()

    def _open(self) -> None:
        printing = DirectPrinting({"Bon": self.tray, "Büro": self.other}, self._job_done)
        self.store = TillStore(self.folder / "till.db")
        catalogue = MemoryCatalogue()
        self.desk = Desk(
            till=self.number,
            store=self.store,
            catalogue=catalogue,
            clock=self.clock,
            fiscal=UNIT,
            methods={method.key: method for method in (cash.METHOD, card_manual.METHOD)},
            printing=printing,
            texts=Texts("de_AT"),
            paper_texts=Texts("de_AT"),
            prices=Prices(),
            code_key=CodeKey(SECRET, secrets.token_bytes),
            kept_customers=catalogue.kept_customers,
            sheets=SheetFiles(self.folder),
            partner_book=catalogue,
            authority=self.authority,
            equipment=self.equipment,
        )
        if self.reached is not None:
            self.desk.reached = self.reached
        self.till = Till(self.desk)
        self.till.recover()

    def _job_done(self, job: int, fault: str) -> None:
        self.till.job_done(job, fault)

    def _device_told(self, name: str, fault: str) -> None:
        self.till.device_told(name, fault)

    def restart(self) -> Till:
        """As after a power cut: nothing is said goodbye to, the file is opened anew."""
        self.store.close()
        self._open()
        return self.till

    def close(self) -> None:
        self.store.close()
