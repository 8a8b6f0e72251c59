"""A simulated printer: each paper becomes a picture, a text and the bytes a printer would get."""

from __future__ import annotations

from pos.hardware.esc_pos import PrinterProfile
from pos.hardware.printer_file.printer import FilePrinter
from pos.ports.devices import TillPrinter
from pos.ports.plugin import Option, Plugin, Services, Settings


def _create(settings: Settings, services: Services) -> TillPrinter:
    profile = PrinterProfile(columns=int(settings["columns"]))
    return FilePrinter(services.output, profile, services.pictures)


PLUGIN: Plugin[TillPrinter] = Plugin(
    key="printer_file",
    kind="printer",
    options=(Option("columns", 48, minimum=24, maximum=64),),
    create=_create,
    simulator=True,
)
