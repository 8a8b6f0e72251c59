"""One layout for every output: blocks become lines of a fixed number of characters.

Printer, picture and PDF draw the same lines, so a line breaks at the same word in all three.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from pos.ports.document import (
    Align,
    Barcode,
    Block,
    Cell,
    Document,
    Picture,
    QrCode,
    Row,
    Rule,
    Size,
    Space,
    Text,
)
from pos.runtime.texts import Texts

NARROW = 32
"""Characters on a line of 57 mm paper."""
WIDE = 48
"""Characters on a line of 80 mm paper."""
DOTS_PER_CHARACTER = 12
"""Printer dots a character of font A is wide, at 203 dots per inch."""
MIN_WORDS = 12
"""Characters below which a column of words is not worth having."""

Fold = Callable[[str], str]


class TextLine(Struct, frozen=True):
    """A line of text, padded on its left; `large` lines hold half as many characters."""

    text: str
    bold: bool = False
    size: Size = Size.NORMAL


class RuleLine(Struct, frozen=True):
    """A line drawn across the paper."""


class PictureLine(Struct, frozen=True):
    """A picture, centred, by its file name."""

    name: str


class BarcodeLine(Struct, frozen=True):
    """The bars of a linear code, centred; its text follows as a line of its own."""

    kind: str
    data: str
    module: int
    """Dots the narrowest bar is wide."""


class QrLine(Struct, frozen=True):
    """A QR code, centred."""

    data: str


PrintLine = TextLine | RuleLine | PictureLine | BarcodeLine | QrLine


def lay_out(document: Document, columns: int, fold: Fold = str) -> tuple[PrintLine, ...]:
    """The document as lines for a paper of so many characters.

    A copy says so on its head. `fold` maps a text to what the output can show; it runs before
    anything is measured.
    """
    layout = _Layout(columns, fold)
    blocks = (*_copy_mark(document), *document.blocks)
    return tuple(line for block in blocks for line in layout.lines(block))


def _copy_mark(document: Document) -> tuple[Block, ...]:
    """Put there when printing, not when written: the stored document stays the original."""
    if not document.copy:
        return ()
    text = Texts(document.language).get("receipt.copy", count=document.copy)
    return (Text(text, Align.CENTER, bold=True, size=Size.LARGE), Space())


def clean(text: str) -> str:
    """The text composed (NFC), with control characters gone: they would command the printer."""
    return "".join(
        char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cc"
    )


class _Layout:
    def __init__(self, columns: int, fold: Fold) -> None:
        self._columns = columns
        self._fold = fold

    def lines(self, block: Block) -> Iterator[PrintLine]:
        match block:
            case Text():
                yield from self._text(block)
            case Row():
                yield from self._row(block)
            case Rule():
                yield RuleLine()
            case Space(lines=count):
                yield from [TextLine("")] * count
            case Picture(name=name):
                yield PictureLine(name)
            case QrCode(data=data):
                yield QrLine(data)
            case Barcode():
                yield from self._barcode(block)

    def _shown(self, text: str) -> str:
        return self._fold(clean(text))

    def _width(self, size: Size) -> int:
        return self._columns // 2 if size is Size.LARGE else self._columns

    def _text(self, block: Text) -> Iterator[TextLine]:
        paragraphs = [self._shown(part) for part in block.text.split("\n")]
        size = block.size
        if size is Size.LARGE and max(map(len, paragraphs)) > self._width(size):
            size = Size.TALL
        wrap = _balanced if block.align is Align.CENTER else _wrap
        for paragraph in paragraphs:
            for line in wrap(paragraph, self._width(size)):
                yield TextLine(_place(line, block.align, self._width(size)), block.bold, size)

    def _row(self, row: Row) -> Iterator[TextLine]:
        texts = [self._shown(cell.text) for cell in row.cells]
        size = row.size
        if size is Size.LARGE and sum(map(len, texts)) + len(texts) - 1 > self._width(size):
            size = Size.TALL
        for line in _columns(row.cells, texts, self._width(size)):
            yield TextLine(line.rstrip(), row.bold, size)

    def _barcode(self, block: Barcode) -> Iterator[PrintLine]:
        module = barcode_module(block, self._columns * DOTS_PER_CHARACTER)
        if module is None and block.or_qr:
            yield QrLine(block.data)
        elif module is not None:
            yield BarcodeLine(block.kind, block.data, module)
        for line in _wrap(self._shown(block.data), self._columns):
            yield TextLine(_place(line, Align.CENTER, self._columns))


def barcode_module(block: Barcode, dots: int) -> int | None:
    """How many dots the narrowest bar may have: 3, 2, or None when the code doesn't fit.

    Room is left for the quiet zone of ten modules at each side (ISO/IEC 15417, 15420).
    """
    modules = {"ean13": 95, "ean8": 67}.get(block.kind, 11 * (len(block.data) + 3) + 2) + 20
    return next((size for size in (3, 2) if modules * size <= dots), None)


_MEASURE = re.compile(r"(?<=\d) (?=%|[^\W\d]{1,3}\b)")


def _wrap(text: str, width: int) -> list[str]:
    """Break at words; a figure keeps its unit ("1,5 l"), a no-break space never breaks."""
    bound = _MEASURE.sub("\u00a0", text)
    return [line.replace("\u00a0", " ") for line in textwrap.wrap(bound, width)] or [""]


def _balanced(text: str, width: int) -> list[str]:
    """As few lines as `_wrap` makes, of nearly equal length: a centred word alone looks lost."""
    lines = _wrap(text, width)
    longest_word = max(1, *map(len, _words(text)))
    for narrower in range(width - 1, longest_word - 1, -1):
        tighter = _wrap(text, narrower)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def _place(text: str, align: Align, width: int) -> str:
    match align:
        case Align.RIGHT:
            return text.rjust(width)
        case Align.CENTER:
            return (" " * ((width - len(text)) // 2)) + text
        case Align.LEFT:
            return text


def _columns(cells: Sequence[Cell], texts: Sequence[str], width: int) -> Iterator[str]:
    """The lines of a row of this width."""
    longest = [max(map(len, _words(text))) for text in texts]
    fixed = [max(c.width, word) if c.width else 0 for c, word in zip(cells, longest, strict=True)]
    spare = width - (len(cells) - 1) - sum(fixed)
    match [index for index, cell in enumerate(cells) if cell.width == 0]:
        case [] if spare >= 0:
            yield from _beside(cells, texts, _spread(fixed, spare))
        case [] if spare + fixed[0] + 1 >= 0 and len(cells) > 2:
            # Figures that fill the line stand under their name, and stay in their columns.
            if texts[0]:
                yield texts[0]
            spread = _spread(fixed[1:], spare + fixed[0] + 1)
            yield from _beside(cells[1:], texts[1:], spread)
        case [index] if len(texts[index]) <= spare:
            yield from _beside(cells, texts, [*fixed[:index], spare, *fixed[index + 1 :]])
        case [index] if (flow := _Flow.of(cells, texts, fixed, index, width)) is not None:
            yield from flow.lines()
        case _:
            yield from _stacked(texts, width)


class _Flow(Struct, frozen=True):
    """A row whose words don't fit their column.

    They run on to the right edge, and the figures stand on their last line, as on a printed bill:
    better than a narrow column of broken words.
    """

    head: str
    words: str
    tail: str
    width: int

    @classmethod
    def of(
        cls,
        cells: Sequence[Cell],
        texts: Sequence[str],
        fixed: Sequence[int],
        index: int,
        width: int,
    ) -> _Flow | None:
        """None where even that leaves no room worth having."""
        placed = [
            _place(text, cell.align, room).ljust(room)
            for text, cell, room in zip(texts, cells, fixed, strict=True)
        ]
        head = "".join(f"{text} " for text in placed[:index])
        tail = " ".join(placed[index + 1 :])
        if len(head) > width - MIN_WORDS or len(tail) > width:
            return None
        return cls(head, texts[index], tail, width)

    def lines(self) -> Iterator[str]:
        room = self.width - len(self.head)
        indent = " " * len(self.head)
        *before, last = self._broken(room)
        for number, line in enumerate(before):
            yield (indent if number else self.head) + line
        last = (indent if before else self.head) + last
        yield last.ljust(self.width - len(self.tail)) + self.tail

    def _broken(self, room: int) -> list[str]:
        """The words in lines; one word or more moves down to keep the figures company."""
        lines = _wrap(self.words, room)
        most = len(lines) + 1
        narrowest = max(MIN_WORDS, *map(len, _words(self.words)))
        for narrower in range(room, narrowest - 1, -1):
            closer = _wrap(self.words, narrower)
            if len(closer) <= most and len(closer[-1]) + bool(self.tail) <= room - len(self.tail):
                return closer
        return [*lines, ""]


def _words(text: str) -> list[str]:
    """What must not be broken: textwrap's idea of a word, which a no-break space binds."""
    return _MEASURE.sub("\u00a0", text).split(" ")


def _spread(widths: Sequence[int], spare: int) -> list[int]:
    """Hand spare characters to the columns, the right ones first, as evenly as it goes."""
    each, rest = divmod(spare, len(widths))
    first_with_more = len(widths) - rest
    return [width + each + (index >= first_with_more) for index, width in enumerate(widths)]


def _beside(cells: Sequence[Cell], texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [_wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    for parts in zip_longest(*columns, fillvalue=""):
        placed = (
            _place(part, cell.align, width).ljust(width)
            for part, cell, width in zip(parts, cells, widths, strict=True)
        )
        yield " ".join(placed).rstrip()


def _stacked(texts: Sequence[str], columns: int) -> Iterator[str]:
    """The first column on lines of its own, the rest below it, at the right edge."""
    yield from _wrap(texts[0], columns)
    for line in _wrap("  ".join(text for text in texts[1:] if text), columns):
        yield line.rjust(columns)
