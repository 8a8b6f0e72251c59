"""A document as a picture: the preview on screen, and what the simulated printer shows."""

from __future__ import annotations

import io
import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pos.documents.codes import bar_modules, qr_module_size, qr_modules
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
from pos.ports.document import Barcode, Document, Size
from pos.runtime.resources import resource

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

_log = logging.getLogger(__name__)

LINE_DOTS = {Size.NORMAL: 30, Size.TALL: 54, Size.LARGE: 54}
"""Height of a text line in printer dots."""
BAR_DOTS = 72
LOGO_DOTS = (384, 160)
"""The largest a logo is printed: width and height in dots."""
MARGIN = 32
"""Dots left white round the printed area: 4 mm, as the paper is wider than the print head."""
_FONT_DOTS = 20
_QUIET = 16
_BLACK, _WHITE = 0, 255


def document_png(
    document: Document, columns: int = WIDE, pictures: Path | None = None, scale: int = 1
) -> bytes:
    """The document as a greyscale PNG at `scale` pixels a printer dot."""
    page = _Page(columns, pictures, scale)
    page.draw(lay_out(document, columns))
    buffer = io.BytesIO()
    page.image.save(buffer, "PNG")
    return buffer.getvalue()


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


class _Page:
    """Draws lines from the top down; works in printer dots, paints in pixels."""

    def __init__(self, columns: int, pictures: Path | None, scale: int) -> None:
        self._width = columns * DOTS_PER_CHARACTER
        self._pictures = pictures
        self._scale = scale
        self._y = MARGIN

    def draw(self, lines: tuple[PrintLine, ...]) -> None:
        from PIL import Image, ImageDraw

        height = 2 * MARGIN + sum(map(self._height, lines))
        size = ((self._width + 2 * MARGIN) * self._scale, height * self._scale)
        self.image = Image.new("L", size, _WHITE)
        self._draw = ImageDraw.Draw(self.image)
        for line in lines:
            self._line(line)
            self._y += self._height(line)

    def _height(self, line: PrintLine) -> int:
        match line:
            case TextLine(size=size):
                return LINE_DOTS[size]
            case RuleLine():
                return LINE_DOTS[Size.NORMAL] // 2
            case BarcodeLine():
                return BAR_DOTS + _QUIET
            case QrLine(data=data):
                modules = qr_modules(data)
                return len(modules) * qr_module_size(len(modules)) + 2 * _QUIET
            case PictureLine(name=name):
                bitmap = logo(name, self._pictures)
                return 0 if bitmap is None else bitmap.height + _QUIET

    def _line(self, line: PrintLine) -> None:
        match line:
            case TextLine():
                self._text(line)
            case RuleLine():
                middle = self._y + LINE_DOTS[Size.NORMAL] // 4
                self._box(0, middle, self._width, 2)
            case BarcodeLine():
                self._bars(line)
            case QrLine(data=data):
                self._qr(data)
            case PictureLine(name=name):
                self._picture(name)

    def _text(self, line: TextLine) -> None:
        """Draw each character in its own cell, as a printer does."""
        from PIL import Image, ImageDraw

        wide = 2 if line.size is Size.LARGE else 1
        tall = 1 if line.size is Size.NORMAL else 2
        font = _font(line.bold, _FONT_DOTS * tall * self._scale)
        cell = DOTS_PER_CHARACTER * wide * self._scale
        baseline = (self._y + (22 if tall == 1 else 42)) * self._scale
        left = MARGIN * self._scale
        if wide == tall:
            for index, char in enumerate(line.text):
                at = (left + index * cell, baseline)
                self._draw.text(at, char, _BLACK, font, anchor="ls")
            return
        # A tall text is a large one pressed together to half its width.
        height = LINE_DOTS[line.size] * self._scale
        strip = Image.new("L", (max(1, len(line.text)) * cell * 2, height), _WHITE)
        pen = ImageDraw.Draw(strip)
        for index, char in enumerate(line.text):
            pen.text((index * cell * 2, 42 * self._scale), char, _BLACK, font, anchor="ls")
        self.image.paste(strip.resize((strip.width // 2, height)), (left, self._y * self._scale))

    def _bars(self, line: BarcodeLine) -> None:
        modules = bar_modules(Barcode(line.kind, line.data))
        left = (self._width - len(modules) * line.module) // 2
        for index, dark in enumerate(modules):
            if dark:
                self._box(left + index * line.module, self._y + _QUIET, line.module, BAR_DOTS)

    def _qr(self, data: str) -> None:
        modules = qr_modules(data)
        size = qr_module_size(len(modules))
        left = (self._width - len(modules) * size) // 2
        for row, cells in enumerate(modules):
            for column, dark in enumerate(cells):
                if dark:
                    top = self._y + _QUIET + row * size
                    self._box(left + column * size, top, size, size)

    def _picture(self, name: str) -> None:
        bitmap = logo(name, self._pictures)
        if bitmap is None:
            return
        size = (bitmap.width * self._scale, bitmap.height * self._scale)
        left = MARGIN + (self._width - bitmap.width) // 2
        self.image.paste(bitmap.convert("L").resize(size), self._at(left, self._y))

    def _box(self, x: int, y: int, width: int, height: int) -> None:
        left, top = self._at(x + MARGIN, y)
        right = left + width * self._scale - 1
        self._draw.rectangle((left, top, right, top + height * self._scale - 1), _BLACK)

    def _at(self, x: int, y: int) -> tuple[int, int]:
        return x * self._scale, y * self._scale

    image: Image.Image
    _draw: ImageDraw.ImageDraw


@lru_cache
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    name = "JetBrainsMono-Bold.ttf" if bold else "JetBrainsMono-Regular.ttf"
    # Basic layout: one glyph a character, without the typeface's ligatures.
    return ImageFont.truetype(resource("fonts", name), size, layout_engine=ImageFont.Layout.BASIC)
