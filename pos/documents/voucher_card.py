"""Cards of vouchers and wallets on paper: one from the receipt printer, or sheets to cut (T-108).

A slip is kept with its print job, so it never holds the code itself: a mark stands in its place
until the paper goes to the printer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pos.documents.codes import qr_modules
from pos.documents.parts import Shop, shop_blocks
from pos.ports.document import Align, Block, Document, QrCode, Rule, Size, Space, Text
from pos.runtime.resources import resource
from pos.runtime.texts import Texts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

KIND = "voucher_card"
_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


class CardFace(Struct, frozen=True):
    """What stands on a card. Texts are final: translated and formatted.

    Attributes:
        card: id of the card, which stands for its code.
        code: masked, or clear where it may be printed at once.
        amount: "€ 50,00"; empty on a card that is filled up later.
        terms: lines of the shop's own.
        note: stands under the amount: since when it is so much.
    """

    card: str
    name: str
    code: str
    amount: str = ""
    terms: tuple[str, ...] = ()
    note: str = ""


def card_slip(shop: Shop, face: CardFace, texts: Texts) -> Document:
    """A card from the receipt printer, with a mark in the place of its code."""
    mark = f"{_MARK}{face.card}"
    blocks: tuple[Block, ...] = (
        *shop_blocks(shop),
        Text(face.name, Align.CENTER, bold=True, size=Size.LARGE),
        *([Text(face.amount, Align.CENTER, bold=True, size=Size.LARGE)] if face.amount else []),
        *([Text(face.note, Align.CENTER)] if face.note else []),
        Space(),
        QrCode(mark),
        Space(),
        Text(mark, Align.CENTER, bold=True),
        Rule(),
        *(Text(line, Align.CENTER) for line in face.terms),
    )
    title = texts.get("voucher.card_title", name=face.name, code=face.code)
    return Document(KIND, title, blocks, texts.language)


def with_codes(document: Document, code_of: Callable[[str], str]) -> Document:
    """The slip with its code, for the printer alone."""

    def filled(block: Block) -> Block:
        match block:
            case QrCode(data=data) if data.startswith(_MARK):
                return QrCode(code_of(data.removeprefix(_MARK)))
            case Text(text=text) if text.startswith(_MARK):
                return replace(block, text=grouped(code_of(text.removeprefix(_MARK))))
        return block

    return replace(document, blocks=tuple(filled(block) for block in document.blocks))


def grouped(code: str) -> str:
    """A code in groups of four, easier to read out and to type."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


_MM = 72 / 25.4
_WIDTH, _HEIGHT = 85.6, 54.0
_ACROSS, _DOWN = 2, 5
_LEFT, _FOOT = (210 - _ACROSS * _WIDTH) / 2, (297 - _DOWN * _HEIGHT) / 2
_QR = 27.0
_PADDING = 5.0
"""Millimetres: a card as ISO/IEC 7810 has it (ID-1), ten on a page of A4."""


def card_sheet(
    path: Path,
    shop: Shop,
    faces: Iterable[CardFace],
    texts: Texts,
    on_page: Callable[[int], None] = lambda _cards: None,
) -> int:
    """Write the cards as a PDF to cut; returns how many there are.

    Args:
        on_page: told after every page how many cards are done.
    """
    from reportlab.pdfgen.canvas import Canvas

    _register_fonts()
    canvas = Canvas(str(path), pagesize=(210 * _MM, 297 * _MM), invariant=True)
    canvas.setTitle(texts.get("voucher.sheet_title", shop=shop.name))
    count = 0
    rest = iter(faces)
    while page := list(islice(rest, _ACROSS * _DOWN)):
        _crop_marks(canvas)
        for place, face in enumerate(page):
            _draw_card(canvas, place, shop, face)
        count += len(page)
        canvas.showPage()
        on_page(count)
    canvas.save()
    return count


def _register_fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Inter-Regular", "Inter-SemiBold", "Inter-Bold", "JetBrainsMono-Bold"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))


def _crop_marks(canvas: Canvas) -> None:
    """Short lines at the edges of the page, where to cut."""
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.6)
    for column in range(_ACROSS + 1):
        x = (_LEFT + column * _WIDTH) * _MM
        for y in (_FOOT - 6, 297 - _FOOT + 2):
            canvas.line(x, y * _MM, x, (y + 4) * _MM)
    for row in range(_DOWN + 1):
        y = (_FOOT + row * _HEIGHT) * _MM
        for start in (_LEFT - 6, 210 - _LEFT + 2):
            canvas.line(start * _MM, y, (start + 4) * _MM, y)


def _draw_card(canvas: Canvas, place: int, shop: Shop, face: CardFace) -> None:
    left = _LEFT + place % _ACROSS * _WIDTH
    foot = 297 - _FOOT - (place // _ACROSS + 1) * _HEIGHT
    canvas.saveState()
    canvas.translate(left * _MM, foot * _MM)
    canvas.setFillGray(0)
    edge, top = _PADDING * _MM, (_HEIGHT - _PADDING) * _MM
    beside = (_WIDTH - _QR - 3 * _PADDING) * _MM
    _write(canvas, shop.name, "Inter-SemiBold", 9, edge, top - 9, beside)
    line = top - 13
    for text, font, size, gray in _words(face, beside):
        canvas.setFillGray(gray)
        line -= size * 1.25
        _write(canvas, text, font, size, edge, line, beside)
    canvas.setFillGray(0)
    _write(canvas, grouped(face.code), "JetBrainsMono-Bold", 9, edge, edge + 1, beside * 2)
    _draw_qr(canvas, face.code)
    canvas.restoreState()


def _words(face: CardFace, width: float) -> Iterator[tuple[str, str, float, float]]:
    """Each line left of the code: text, typeface, size in points, and how light it is."""
    name = _broken(face.name, "Inter-Bold", 13, width)
    if len(name) > 1:
        name = _broken(face.name, "Inter-Bold", 10, width)[:2]
    for text in name:
        yield text, "Inter-Bold", 13 if len(name) == 1 else 10, 0
    if face.amount:
        yield face.amount, "Inter-Bold", 22, 0
    terms = [line for text in face.terms for line in _broken(text, "Inter-Regular", 6.5, width)]
    room = (5 if len(name) == 1 else 4) if face.amount else 8
    if len(terms) > room:
        terms[room - 1 :] = [f"{terms[room - 1]} …"]
    yield "", "Inter-Regular", 4, 0
    for text in terms:
        yield text, "Inter-Regular", 6.5, 0.35


def _broken(text: str, font: str, size: float, width: float) -> list[str]:
    """A text in lines that are no wider, broken at words."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _write(
    canvas: Canvas, text: str, font: str, size: float, x: float, y: float, width: float
) -> None:
    """One line, set smaller where it would run out of its place."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    fits = width / max(stringWidth(text, font, size), 1)
    canvas.setFont(font, size * min(1, fits))
    canvas.drawString(x, y, text)


def _draw_qr(canvas: Canvas, code: str) -> None:
    rows = qr_modules(code)
    size = _QR * _MM / len(rows)
    left = (_WIDTH - _PADDING - _QR) * _MM
    top = (_HEIGHT - _PADDING) * _MM
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                path.rect(left + across * size, top - (down + 1) * size, size, size)
    canvas.drawPath(path, stroke=0, fill=1)
