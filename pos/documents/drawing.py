"""A laid out document as marks on paper, in printer dots: what picture and page both paint."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pos.documents.codes import bar_modules, qr_module_size, qr_modules
from pos.documents.layout import (
    DOTS_PER_CHARACTER,
    NARROW,
    WIDE,
    BarcodeLine,
    PictureLine,
    PrintLine,
    QrLine,
    RuleLine,
    TextLine,
    lay_out,
)
from pos.ports.document import Barcode, Document, Size

if TYPE_CHECKING:
    from PIL import Image

DOTS_PER_MM = 8
PAPER_DOTS = {WIDE: 640, NARROW: 456}
"""How wide the paper is: 80 mm and 57 mm; the print head is narrower."""
MARGIN = 32
"""Dots left white above and below, and beside the print head on other papers."""
LOGO_DOTS = (384, 160)
"""The largest a logo is printed: width and height in dots."""
BAR_DOTS = 72
FONT_DOTS = 20
"""The em of the typeface: its characters are 0.6 em, the printer's font A is 12 dots wide."""
_LINE_DOTS = {Size.NORMAL: 30, Size.TALL: 54, Size.LARGE: 54}
_BASELINE_DOTS = {Size.NORMAL: 22, Size.TALL: 42, Size.LARGE: 42}
_RULE_DOTS, _RULE_WEIGHT = 16, 2
_QUIET = 16

_log = logging.getLogger(__name__)


class Glyphs(Struct, frozen=True):
    """Text from `x` on, standing on `baseline`."""

    x: int
    baseline: int
    text: str
    bold: bool
    size: Size


class Box(Struct, frozen=True):
    """A black rectangle; x and y are its upper left corner."""

    x: int
    y: int
    width: int
    height: int


class Bitmap(Struct, frozen=True):
    """A picture in black and white; x and y are its upper left corner."""

    x: int
    y: int
    image: Image.Image


Mark = Glyphs | Box | Bitmap


class Drawing(Struct, frozen=True):
    """Marks on a paper of this size, y running down. Fits the paper's whole width."""

    width: int
    height: int
    marks: tuple[Mark, ...]


def draw(document: Document, columns: int = WIDE, pictures: Path | None = None) -> Drawing:
    """The document on a paper of so many columns, as high as it needs to be."""
    printed = columns * DOTS_PER_CHARACTER
    width = PAPER_DOTS.get(columns, printed + 2 * MARGIN)
    pen = _Pen((width - printed) // 2, printed, pictures)
    marks = tuple(mark for line in lay_out(document, columns) for mark in pen.draw(line))
    return Drawing(width, pen.y + MARGIN, marks)


def logo(name: str, pictures: Path | None) -> Image.Image | None:
    """The logo in black and white at its printed size, or None (and a log line) without one.

    A receipt has to come out without its logo too.
    """
    from PIL import Image, UnidentifiedImageError

    if pictures is None:
        return None
    try:
        with Image.open(pictures / Path(name).name) as source:
            flat = Image.new("RGBA", source.size, "white")
            flat.alpha_composite(source.convert("RGBA"))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        _log.warning("logo %s left out: %s", name, error)
        return None
    flat.thumbnail(LOGO_DOTS)
    return flat.convert("1")


class _Pen:
    """Goes down the paper line by line; `y` is where the next line begins."""

    def __init__(self, left: int, width: int, pictures: Path | None) -> None:
        self._left = left
        self._width = width
        self._pictures = pictures
        self.y = MARGIN

    def draw(self, line: PrintLine) -> Iterator[Mark]:
        match line:
            case TextLine():
                yield from self._text(line)
            case RuleLine():
                middle = self.y + (_RULE_DOTS - _RULE_WEIGHT) // 2
                yield Box(self._left, middle, self._width, _RULE_WEIGHT)
                self.y += _RULE_DOTS
            case BarcodeLine():
                yield from self._bars(line)
            case QrLine(data=data):
                yield from self._qr(data)
            case PictureLine(name=name):
                yield from self._picture(name)

    def _text(self, line: TextLine) -> Iterator[Mark]:
        if line.text:
            baseline = self.y + _BASELINE_DOTS[line.size]
            yield Glyphs(self._left, baseline, line.text, line.bold, line.size)
        self.y += _LINE_DOTS[line.size]

    def _bars(self, line: BarcodeLine) -> Iterator[Mark]:
        modules = bar_modules(Barcode(line.kind, line.data))
        left = self._centred(len(modules) * line.module)
        for start, width in _runs(modules):
            x = left + start * line.module
            yield Box(x, self.y + _QUIET, width * line.module, BAR_DOTS)
        self.y += _QUIET + BAR_DOTS

    def _qr(self, data: str) -> Iterator[Mark]:
        modules = qr_modules(data)
        size = qr_module_size(len(modules))
        left = self._centred(len(modules) * size)
        self.y += _QUIET
        for row in modules:
            for start, width in _runs(row):
                yield Box(left + start * size, self.y, width * size, size)
            self.y += size
        self.y += _QUIET

    def _picture(self, name: str) -> Iterator[Mark]:
        bitmap = logo(name, self._pictures)
        if bitmap is not None:
            yield Bitmap(self._centred(bitmap.width), self.y, bitmap)
            self.y += bitmap.height + _QUIET

    def _centred(self, width: int) -> int:
        return self._left + (self._width - width) // 2


def _runs(modules: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules: one box a bar, without seams."""
    start = 0
    for dark, run in groupby(modules):
        width = len(list(run))
        if dark:
            yield start, width
        start += width
