"""A document as a picture: the preview on screen, and what the simulated printer shows."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pos.documents.drawing import FONT_DOTS, Bitmap, Box, Drawing, Glyphs, draw
from pos.documents.layout import DOTS_PER_CHARACTER, WIDE
from pos.ports.document import Document, Size
from pos.runtime.resources import resource

if TYPE_CHECKING:
    from PIL import Image, ImageFont

_BLACK, _WHITE = 0, 255


def document_png(
    document: Document, columns: int = WIDE, pictures: Path | None = None, scale: int = 1
) -> bytes:
    """The document as a greyscale PNG at `scale` pixels a printer dot, on its whole paper."""
    buffer = io.BytesIO()
    _paint(draw(document, columns, pictures), scale).save(buffer, "PNG")
    return buffer.getvalue()


def _paint(drawing: Drawing, scale: int) -> Image.Image:
    from PIL import Image, ImageDraw

    image = Image.new("L", (drawing.width * scale, drawing.height * scale), _WHITE)
    brush = ImageDraw.Draw(image)
    for mark in drawing.marks:
        match mark:
            case Box(x=x, y=y, width=width, height=height):
                corner = ((x + width) * scale - 1, (y + height) * scale - 1)
                brush.rectangle((x * scale, y * scale, *corner), _BLACK)
            case Bitmap(x=x, y=y, image=bitmap):
                size = (bitmap.width * scale, bitmap.height * scale)
                image.paste(bitmap.convert("L").resize(size), (x * scale, y * scale))
            case Glyphs():
                _write(image, mark, scale)
    return image


def _write(image: Image.Image, glyphs: Glyphs, scale: int) -> None:
    """Draw each character in a cell of its own, as a printer does."""
    from PIL import Image, ImageDraw

    double = 1 if glyphs.size is Size.NORMAL else 2
    font = _font(glyphs.bold, FONT_DOTS * double * scale)
    cell = DOTS_PER_CHARACTER * double * scale
    height = 2 * FONT_DOTS * double * scale
    strip = Image.new("L", (len(glyphs.text) * cell, height), _WHITE)
    brush = ImageDraw.Draw(strip)
    baseline = height * 3 // 4
    for index, char in enumerate(glyphs.text):
        brush.text((index * cell, baseline), char, _BLACK, font, anchor="ls")
    if glyphs.size is Size.TALL:  # a large text pressed together to half its width
        strip = strip.resize((strip.width // 2, height))
    at = (glyphs.x * scale, glyphs.baseline * scale - baseline)
    # Multiplied, not pasted over: an ascender may reach into the line above.
    box = (*at, at[0] + strip.width, at[1] + strip.height)
    image.paste(_darker(image.crop(box), strip), at)


def _darker(below: Image.Image, above: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.darker(below, above)


@lru_cache
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    name = "JetBrainsMono-Bold.ttf" if bold else "JetBrainsMono-Regular.ttf"
    # Basic layout: one glyph a character, without the typeface's ligatures.
    return ImageFont.truetype(resource("fonts", name), size, layout_engine=ImageFont.Layout.BASIC)
