"""Puts a till together on a data folder: settings → storage → plug-ins → till."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pos.app.plugs import Plugs
from pos.app.posting import DirectPost
from pos.app.services import make_service
from pos.domain.errors import Refusal
from pos.domain.kept_customer import KeptCustomers
from pos.fiscal.none import UNIT
from pos.hardware.channels import open_channel
from pos.payments import card_manual, cash
from pos.ports.catalogue import Catalogue
from pos.ports.clock import Clock
from pos.ports.devices import Scanner, TillPrinter
from pos.ports.live_prices import PriceSource
from pos.ports.mail import MailSender
from pos.ports.plugin import Services
from pos.runtime import crash
from pos.runtime.clock import SystemClock
from pos.runtime.texts import Texts
from pos.storage.catalogue.agreements import CataloguePartners
from pos.storage.catalogue.reader import CatalogueReader
from pos.storage.lock import lock_folder
from pos.storage.sheets import SheetFiles
from pos.storage.till.code_key import code_key
from pos.storage.till.store import TillStore
from pos.till.desk import Desk, Printing
from pos.till.prices import Prices
from pos.till.shelves import PricedShelves
from pos.till.till import Till

METHODS = {method.key: method for method in (cash.METHOD, card_manual.METHOD)}

JobDone = Callable[[int, str], None]
DeviceTold = Callable[[str, str], None]


class OwnPrinting(Printing, Protocol):
    """What brings jobs to printers, and can be given other printers while it works."""

    def change(self, printers: Mapping[str, TillPrinter]) -> None:
        """Print on these from now on."""

    def check(self, name: str, told: Callable[[str], None]) -> None:
        """Ask a printer how it is; `told` gets its fault or warning, "" where all is well."""


MakePrinting = Callable[[Mapping[str, TillPrinter], JobDone], OwnPrinting]


PAPERS = "papers"
"""In the data folder: papers in files, where the owner named no other place."""


class OpenTill(AbstractContextManager["OpenTill"]):
    """A till on a data folder, held by this program alone, until the block ends.

    Args:
        path: the data folder.
        make_printing: what brings jobs to printers: lanes for a window, none for a story.
        till: number of the till; empty takes the one in till.toml.
        clock: where the time comes from.
        reached: told each point of the closing path (crash tests).
        reading: only look, beside the program that holds the folder; no command may be given.

    Attributes:
        on_job_done: told what became of a print job; on the printer's lane if it has one.
        on_device: told how a device is, by name and fault; on the device's own thread.
    """

    def __init__(
        self,
        path: Path,
        make_printing: MakePrinting,
        till: str = "",
        clock: Clock | None = None,
        reached: Callable[[str], None] | None = None,
        *,
        reading: bool = False,
    ) -> None:
        if not path.is_dir():
            raise Refusal("folder_missing", folder=str(path))
        self.path = path
        self.on_job_done: JobDone = lambda job, fault: self._book_job(job, fault)
        self.on_device: DeviceTold = lambda name, fault: self._book_device(name, fault)
        self._lock = None if reading else lock_folder(path)
        try:
            if not reading:
                crash.write_to(path)
            services = Services(open_channel, self.path / PAPERS, self.path / "pictures")
            self.plugs = Plugs(path / "till.toml", services)
            self.settings = self.plugs.settings
            self.printing = make_printing(
                self.plugs.made.printers, lambda job, fault: self.on_job_done(job, fault)
            )
            self.plugs.users = self
            self.kept_customers = KeptCustomers()
            self.catalogue: Catalogue = CatalogueReader(path, self.kept_customers)
            self.prices = Prices()
            self.store = TillStore(path / "till.db", read_only=reading)
            if reading:
                self.store.demand_present()
            self.desk = self._desk(till or self.settings.till, clock or SystemClock())
            if reached is not None:
                self.desk.reached = reached
            self.till = Till(self.desk)
            self.sender: MailSender | None = make_service("mail", self.settings.mail, services)
            self.price_source: PriceSource | None = make_service(
                "prices", self.settings.prices, services
            )
            if self.sender is not None:
                self.desk.post = DirectPost(self.sender, self._book_letter)
            if reading:
                self.desk.session = self.store.open_session()
            else:
                self.till.recover()
        except BaseException:
            self._release()
            raise

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def _book_job(self, job: int, fault: str) -> None:
        self.till.job_done(job, fault)

    def _book_letter(self, letter: int, fault: str, for_good: bool) -> None:
        self.till.letter_done(letter, fault, for_good=for_good)

    def _book_device(self, name: str, fault: str) -> None:
        self.till.device_told(name, fault)

    def _desk(self, till: str, clock: Clock) -> Desk:
        shop = self.catalogue.shop()
        if shop is None:
            raise Refusal("no_catalogue")
        if self.catalogue.till(till) is None:
            raise Refusal("no_till", till=till)
        language = self.store.setting("language") or self.settings.language or shop.language
        return Desk(
            till=till,
            store=self.store,
            catalogue=self.catalogue,
            clock=clock,
            fiscal=UNIT,
            methods=METHODS,
            printing=self.printing,
            equipment=self.plugs,
            texts=Texts(language, shop.zone),
            paper_texts=Texts(language, shop.zone),
            prices=self.prices,
            code_key=code_key(self.path),
            sheets=SheetFiles(self.path),
            paper_folder=self.path / (self.settings.papers or PAPERS),
            picture_folder=self.path / "pictures",
            partner_book=CataloguePartners(self.path),
            kept_customers=self.kept_customers,
        )

    def printers_changed(self, printers: Mapping[str, TillPrinter]) -> None:
        """Print on these from now on."""
        self.printing.change(printers)

    def scanners_changed(self, scanners: Mapping[str, Scanner]) -> None:
        """Nobody listens to scanners here: a story types its codes."""

    def check(self, name: str) -> None:
        """Ask a device how it is."""
        if name in self.plugs.made.printers:
            self.printing.check(name, lambda fault: self.on_device(name, fault))

    def open_shelves(self) -> PricedShelves:
        """Tiles and search with this till's prices, for a thread of its own."""
        reader = CatalogueReader(self.path, self.kept_customers)
        return PricedShelves(reader, self.prices, self.desk.till, self.desk.clock)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.store.close()
        self.catalogue.close()
        self._release()
