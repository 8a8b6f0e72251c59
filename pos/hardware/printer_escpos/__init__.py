"""Receipt printers that speak ESC/POS, over network, serial line, USB or a device file."""

from __future__ import annotations

from pos.hardware.code_page import CODE_PAGES
from pos.hardware.esc_pos import PrinterProfile
from pos.hardware.printer_escpos.printer import EscPosPrinter, Pulse
from pos.ports.devices import TillPrinter
from pos.ports.plugin import Option, Plugin, Services, Settings


def _create(settings: Settings, services: Services) -> TillPrinter:
    address = str(settings["address"])
    return EscPosPrinter(
        open_channel=lambda: services.open_channel(address),
        profile=PrinterProfile(
            columns=int(settings["columns"]),
            code_page=CODE_PAGES[str(settings["code_page"])],
            native_qr=bool(settings["native_qr"]),
            cuts=bool(settings["cuts"]),
        ),
        pulse=Pulse(
            int(settings["drawer_pin"]), int(settings["drawer_on"]), int(settings["drawer_off"])
        ),
        pictures=services.pictures,
        asks=bool(settings["asks"]),
    )


PLUGIN: Plugin[TillPrinter] = Plugin(
    key="printer_escpos",
    kind="printer",
    options=(
        Option("address", "tcp://192.168.1.100:9100"),
        Option("columns", 48, minimum=24, maximum=64),
        Option("code_page", "cp858", choices=tuple(CODE_PAGES)),
        Option("native_qr", True),
        Option("cuts", True),
        Option("asks", True),
        Option("drawer_pin", 2, choices=(2, 5)),
        Option("drawer_on", 100, minimum=2, maximum=510),
        Option("drawer_off", 100, minimum=2, maximum=510),
    ),
    create=_create,
)
