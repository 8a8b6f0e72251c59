"""Prints into a folder: for trying Kassa out, for the demo shop, for played stories."""

from __future__ import annotations

import re
from pathlib import Path

from pos.documents.picture import document_png
from pos.documents.plain_text import document_text
from pos.hardware.esc_pos import PrinterProfile, drawer_pulse, render
from pos.ports.devices import DeviceError
from pos.ports.document import Document


class FilePrinter:
    """Implements `pos.ports.devices.TillPrinter`. Papers are numbered in the order of printing.

    The folder and its files are made when the first paper comes.
    """

    def __init__(
        self, folder: Path, profile: PrinterProfile | None = None, pictures: Path | None = None
    ) -> None:
        self._folder = folder
        self._profile = profile or PrinterProfile()
        self._pictures = pictures

    def print(self, document: Document) -> None:
        """Write "0001-beleg-nr-17.png", ".txt" and ".bin". Raises DeviceError "disk"."""
        columns = self._profile.columns
        self._write(
            document.title,
            {
                ".png": document_png(document, columns, self._pictures),
                ".txt": document_text(document, columns).encode(),
                ".bin": render(document, self._profile, self._pictures),
            },
        )

    def kick(self) -> None:
        """Write the pulse that would open the drawer. Raises DeviceError "disk"."""
        self._write("drawer", {".bin": drawer_pulse(2, 100, 100)})

    def check(self) -> str:
        """Always well, unless the folder can't be made. Raises DeviceError "disk"."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeviceError("disk", str(error)) from error
        return ""

    def _write(self, title: str, files: dict[str, bytes]) -> None:
        self.check()
        try:
            stem = f"{self._last_number() + 1:04}-{_slug(title)}"
            for suffix, content in files.items():
                (self._folder / f"{stem}{suffix}").write_bytes(content)
        except OSError as error:
            raise DeviceError("disk", str(error)) from error

    def _last_number(self) -> int:
        numbers = (re.match(r"\d+", path.name) for path in self._folder.iterdir())
        return max((int(found[0]) for found in numbers if found), default=0)


def _slug(title: str) -> str:
    """The title as a file name: letters, figures and hyphens."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")[:60] or "paper"
