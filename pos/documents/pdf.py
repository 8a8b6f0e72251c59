"""A document as a PDF page of the roll's width and the paper's own length.

Only shipped typefaces, embedded: the page looks the same everywhere and its text can be copied.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pos.documents.drawing import DOTS_PER_MM, FONT_DOTS, Bitmap, Box, Drawing, Glyphs, Mark, draw
from pos.documents.layout import WIDE
from pos.ports.document import Document, Size
from pos.runtime.resources import resource

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_POINTS_PER_MM = 72 / 25.4
_DOT = _POINTS_PER_MM / DOTS_PER_MM
_REGULAR, _BOLD = "JetBrainsMono", "JetBrainsMono-Bold"
_STRETCH_PERCENT = {Size.NORMAL: 100, Size.TALL: 50, Size.LARGE: 100}


def document_pdf(document: Document, columns: int = WIDE, pictures: Path | None = None) -> bytes:
    """The document as a PDF of one page. Equal documents give equal bytes."""
    from reportlab.pdfgen.canvas import Canvas

    _register_fonts()
    drawing = draw(document, columns, pictures)
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(drawing.width * _DOT, drawing.height * _DOT),
        initialFontName=_REGULAR,  # type: ignore[arg-type]  # its stub says float
        invariant=True,
        lang=document.language.replace("_", "-"),
    )
    canvas.setTitle(document.title)
    canvas.scale(_DOT, _DOT)
    for mark in drawing.marks:
        _put(canvas, drawing, mark)
    canvas.save()
    return buffer.getvalue()


@lru_cache
def _register_fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, weight in ((_REGULAR, "Regular"), (_BOLD, "Bold")):
        path = resource("fonts", f"JetBrainsMono-{weight}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


def _put(canvas: Canvas, drawing: Drawing, mark: Mark) -> None:
    """A PDF's y runs up, from the foot of the page."""
    match mark:
        case Box(x=x, y=y, width=width, height=height):
            canvas.rect(x, drawing.height - y - height, width, height, stroke=0, fill=1)
        case Bitmap(x=x, y=y, image=image):
            from reportlab.lib.utils import ImageReader

            below = drawing.height - y - image.height
            canvas.drawImage(ImageReader(image), x, below, image.width, image.height)
        case Glyphs():
            _write(canvas, drawing, mark)


def _write(canvas: Canvas, drawing: Drawing, glyphs: Glyphs) -> None:
    text = canvas.beginText(glyphs.x, drawing.height - glyphs.baseline)
    double = 1 if glyphs.size is Size.NORMAL else 2
    text.setFont(_BOLD if glyphs.bold else _REGULAR, FONT_DOTS * double)
    text.setHorizScale(_STRETCH_PERCENT[glyphs.size])
    text.textOut(glyphs.text)
    canvas.drawText(text)
