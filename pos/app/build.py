"""Puts a till together on a data folder: settings → storage → plug-ins → till."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from pos.app.printing import DirectPrinting, LanePrinting
from pos.domain.errors import Refusal
from pos.fiscal.none import UNIT
from pos.hardware.channels import open_channel
from pos.payments import card_manual, cash
from pos.ports.catalogue import Catalogue
from pos.ports.clock import Clock
from pos.ports.devices import TillPrinter
from pos.ports.plugin import Services, SettingError
from pos.runtime import crash
from pos.runtime.plugins import find_plugins
from pos.runtime.texts import Texts
from pos.settings.till_toml import DeviceSetting, TillSettings, read_settings
from pos.storage.catalogue.reader import CatalogueReader
from pos.storage.lock import lock_folder
from pos.storage.till.store import TillStore
from pos.till.desk import Desk, Printing
from pos.till.till import Till

METHODS = {method.key: method for method in (cash.METHOD, card_manual.METHOD)}


class SystemClock:
    """Implements `pos.ports.clock.Clock` with the machine's clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder: where everything of one till lives."""

    path: Path

    @property
    def pictures(self) -> Path:
        """The shop's pictures."""
        return self.path / "pictures"

    def settings(self) -> TillSettings:
        """What till.toml says."""
        return read_settings(self.path / "till.toml")

    def catalogue(self) -> CatalogueReader:
        """A reader of its own for whoever asks."""
        return CatalogueReader(self.path)


def make_printers(folder: Folder, settings: TillSettings) -> dict[str, TillPrinter]:
    """The printers of till.toml, by name. Raises Refusal naming a setting that is wrong."""
    plugins = find_plugins("pos.hardware")
    services = services_of(folder)
    printers: dict[str, TillPrinter] = {}
    for setting in settings.printer:
        plugin = plugins.get(setting.plugin)
        if plugin is None or plugin.kind != "printer":
            known = ", ".join(key for key, one in plugins.items() if one.kind == "printer")
            raise Refusal("setting_unknown", file="till.toml", key=setting.plugin, hint=known)
        printers[setting.name] = _made(
            lambda p=plugin, s=setting: p.make(s.options, services), setting
        )
    return printers


def services_of(folder: Folder) -> Services:
    """What plug-ins are lent."""
    return Services(open_channel, folder.path / "papers", folder.pictures)


def _made(make: Callable[[], TillPrinter], setting: DeviceSetting) -> TillPrinter:
    try:
        return make()
    except SettingError as error:
        key = f"{setting.name}.{error.key}"
        raise Refusal("setting_unknown", file="till.toml", key=key, hint=error.hint) from error


class OpenTill(AbstractContextManager["OpenTill"]):
    """A till on a data folder, held by this program alone, until the block ends.

    Args:
        path: the data folder.
        till: number of the till; empty takes the one in till.toml.
        clock: where the time comes from.
        direct: print at once, without lanes (stories).
        reached: told each point of the closing path (crash tests).
    """

    def __init__(
        self,
        path: Path,
        till: str = "",
        clock: Clock | None = None,
        *,
        direct: bool = False,
        reached: Callable[[str], None] | None = None,
    ) -> None:
        if not path.is_dir():
            raise Refusal("folder_missing", folder=str(path))
        self.folder = Folder(path)
        self._lock = lock_folder(path)
        try:
            self._open(till, clock or SystemClock(), direct, reached)
        except BaseException:
            self._lock.release()
            raise

    def _open(
        self,
        till: str,
        clock: Clock,
        direct: bool,
        reached: Callable[[str], None] | None,
    ) -> None:
        crash.write_to(self.folder.path)
        settings = self.folder.settings()
        self.settings = settings
        printers = make_printers(self.folder, settings)
        self.printing = DirectPrinting(printers) if direct else LanePrinting(printers)
        self.catalogue: Catalogue = self.folder.catalogue()
        self.store = TillStore(self.folder.path / "till.db")
        self.desk = self._desk(till or settings.till, clock, self.printing)
        if reached is not None:
            self.desk.reached = reached
        self.till = Till(self.desk)

    def _desk(self, till: str, clock: Clock, printing: Printing) -> Desk:
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
            printing=printing,
            texts=Texts(language, shop.zone),
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.store.close()
        with suppress(Refusal):
            self.catalogue.close()
        self._lock.release()
