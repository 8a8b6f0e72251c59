"""Where something seems to be plugged in: serial lines, and printers the kernel knows by itself.

Looks into the lists of the operating system only and opens nothing, so it takes no time.
"""

from __future__ import annotations

from pathlib import Path

KERNEL_PRINTERS = Path("/dev/usb")


def addresses(printers: Path = KERNEL_PRINTERS) -> list[str]:
    """Addresses as `open_channel` takes them, those that stay the same after a restart first."""
    return [*_serial_lines(), *_kernel_printers(printers)]


def _serial_lines() -> list[str]:
    from serial.tools.list_ports import comports

    # What has no hardware behind it is a socket the board once had, not a device.
    return [f"serial:{port.device}" for port in sorted(comports()) if port.hwid != "n/a"]


def _kernel_printers(folder: Path) -> list[str]:
    return [f"file:{path}" for path in sorted(folder.glob("lp*"))]
