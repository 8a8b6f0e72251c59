"""Documents as ESC/POS bytes, rendered by python-escpos.

The library is used as a renderer only: its transports wait for minutes, its status query takes
a lost connection for plenty of paper. What it gets wrong is worked round here, each place with its
reason.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from pos.documents.codes import qr_module_size, qr_modules
from pos.documents.drawing import BAR_DOTS, logo
from pos.documents.layout import (
    DOTS_PER_CHARACTER,
    WIDE,
    BarcodeLine,
    PictureLine,
    PrintLine,
    QrLine,
    RuleLine,
    TextLine,
    lay_out,
)
from pos.hardware.code_page import CODE_PAGES, CodePage
from pos.ports.document import Document, Size

ESC, GS = b"\x1b", b"\x1d"
_SIZES = {Size.NORMAL: (1, 1), Size.TALL: (1, 2), Size.LARGE: (2, 2)}
_CODE_KINDS = {"ean13": 67, "ean8": 68, "code128": 73}
_GAP_DOTS = 16
_FRAGMENT_DOTS = 256
"""Pictures go out in pieces: slow printers lose data when one fills their buffer."""


class PrinterProfile(Struct, frozen=True):
    """What a printer can do.

    Attributes:
        columns: characters of font A on a line: 48 on 80 mm paper, 32 on 57 mm.
        native_qr: the printer draws QR codes itself; else they go as pictures, ten times the data.
        cuts: whether there is a cutter; without one the paper is only fed to the tear bar.
    """

    columns: int = WIDE
    code_page: CodePage = CODE_PAGES["cp858"]
    native_qr: bool = True
    cuts: bool = True

    @property
    def dots(self) -> int:
        """Width of the print head."""
        return self.columns * DOTS_PER_CHARACTER


def render(document: Document, profile: PrinterProfile, pictures: Path | None = None) -> bytes:
    """The whole job: reset, text, codes, cut."""
    job = _Job(profile, pictures)
    for line in lay_out(document, profile.columns, profile.code_page.fold):
        job.line(line)
    return job.finish()


def drawer_pulse(pin: int, on_ms: int, off_ms: int) -> bytes:
    """`ESC p`: the pulse on drawer pin 2 or 5. Its unit is 2 ms; more than 510 ms can't be said."""
    times = bytes(min(255, ms // 2) for ms in (on_ms, off_ms))
    return ESC + b"p" + (b"\x01" if pin == 5 else b"\x00") + times


class _Job:
    """One document on its way to bytes."""

    def __init__(self, profile: PrinterProfile, pictures: Path | None) -> None:
        self._profile = profile
        self._pictures = pictures
        self._out = _library().Dummy(profile=_library_profile(profile.columns))
        self._style = (False, Size.NORMAL)
        # A reset forgets the code page: the page has to follow each time, or the second receipt
        # of the day comes out wrong.
        self._raw(ESC + b"@" + ESC + b"t" + bytes([profile.code_page.number]))

    def line(self, line: PrintLine) -> None:
        match line:
            case TextLine(text=text, bold=bold, size=size):
                self._text(text, bold, size)
            case RuleLine():
                self._text(self._profile.code_page.fold("─") * self._profile.columns)
            case BarcodeLine():
                self._centred(self._barcode_bytes(line))
            case QrLine(data=data):
                self._qr(data)
            case PictureLine(name=name):
                self._picture(name)

    def finish(self) -> bytes:
        self._set_style(False, Size.NORMAL)
        if self._profile.cuts:
            self._out.cut("PART")
        else:
            self._out.print_and_feed(6)
        return bytes(self._out.output)

    def _raw(self, data: bytes) -> None:
        self._out._raw(data)

    def _text(self, text: str, bold: bool = False, size: Size = Size.NORMAL) -> None:
        self._set_style(bold, size)
        self._raw(self._profile.code_page.encode(text.rstrip()) + b"\n")

    def _set_style(self, bold: bool, size: Size) -> None:
        """Size first: setting it clears what was set before on some printers."""
        if self._style == (bold, size):
            return
        self._style = (bold, size)
        width, height = _SIZES[size]
        self._out.set(custom_size=True, width=width, height=height)
        self._out.set(bold=bold)

    def _centred(self, data: bytes) -> None:
        self._out.set(align="center")
        self._raw(data)
        self._out.set(align="left")

    def _barcode_bytes(self, line: BarcodeLine) -> bytes:
        """Height, module width, no text of the printer's own, then the code with its length.

        The library checks nothing here and prints to standard output.
        """
        data = line.data.encode("ascii")
        if line.kind == "code128":
            data = b"{B" + data.replace(b"{", b"{{")
        settings = GS + b"h" + bytes([BAR_DOTS]) + GS + b"w" + bytes([line.module]) + GS + b"H\x00"
        return settings + GS + b"k" + bytes([_CODE_KINDS[line.kind], len(data)]) + data

    def _qr(self, data: str) -> None:
        size = qr_module_size(len(qr_modules(data)))
        self._out.set(align="center")
        if self._profile.native_qr:
            self._out.qr(data, ec=_library().QR_ECLEVEL_M, size=size, native=True)
        else:
            self._out.image(_qr_picture(data, size), fragment_height=_FRAGMENT_DOTS)
        self._out.set(align="left")
        # The next line starts at once below: without a line feed the code has no quiet zone, and
        # readers found nothing.
        self._raw(b"\n")

    def _picture(self, name: str) -> None:
        bitmap = logo(name, self._pictures)
        if bitmap is None:
            return
        self._out.set(align="center")
        self._out.image(bitmap, fragment_height=_FRAGMENT_DOTS)
        self._out.set(align="left")
        self._raw(ESC + b"J" + bytes([_GAP_DOTS]))


def _qr_picture(data: str, size: int) -> Any:
    from PIL import Image

    modules = qr_modules(data)
    image = Image.new("1", (len(modules), len(modules)), 1)
    image.putdata([0 if dark else 1 for row in modules for dark in row])
    return image.resize((len(modules) * size, len(modules) * size), Image.Resampling.NEAREST)


@lru_cache
def _library_profile(columns: int) -> Any:
    """A profile of our own: python-escpos knows few printers, and none of today's."""
    profile = _library().Profile(columns, {"paperPartCut": True, "paperFullCut": True})
    width = {"pixels": columns * DOTS_PER_CHARACTER}
    profile.profile_data = {**profile.profile_data, "media": {"width": width}}
    return profile


class _Library(Struct, frozen=True):
    Dummy: Any
    Profile: Any
    QR_ECLEVEL_M: int


_importing = threading.Lock()


def _library() -> _Library:
    """python-escpos, imported at the first job: that takes a third of a second."""
    with _importing:
        return _load_library()


@lru_cache
def _load_library() -> _Library:
    with _own_capabilities(), _root_log_untouched():
        from escpos import capabilities
        from escpos.constants import QR_ECLEVEL_M
        from escpos.printer import Dummy

    # It leaves a temporary folder behind at each start of a program.
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return _Library(Dummy, capabilities.Profile, QR_ECLEVEL_M)


@contextmanager
def _own_capabilities() -> Iterator[None]:
    """Hand the library a database of one printer: reading its own takes most of its import.

    It also unpickles whatever lies in a folder named by the environment: that is taken away.
    """
    page = {"name": "CP437", "iconv": "CP437", "python_encode": "cp437"}
    printer = {
        "name": "Default",
        "codePages": {"0": "CP437"},
        "colors": {"0": "black"},
        "features": {},
        "fonts": {"0": {"name": "Font A", "columns": WIDE}},
        "media": {"width": {"pixels": "Unknown"}},
    }
    names = ("ESCPOS_CAPABILITIES_PICKLE_DIR", "ESCPOS_CAPABILITIES_FILE")
    before = {name: os.environ.pop(name, None) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "capabilities.json")
        content = {"profiles": {"default": printer}, "encodings": {"CP437": page}}
        database.write_text(json.dumps(content), encoding="utf-8")
        os.environ[names[1]] = str(database)
        try:
            yield
        finally:
            del os.environ[names[1]]
            os.environ.update({name: old for name, old in before.items() if old is not None})


@contextmanager
def _root_log_untouched() -> Iterator[None]:
    """The library configures the root log when imported; every line would come out twice."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
