"""What is printed, as blocks: free of printer, paper and language.

A document is built once, when its sale closes, and stored with the print job, so that every
print of it is the same. Texts are final: translated, formatted, nothing left to look up.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Align(StrEnum):
    """Where a text stands in its column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Size(StrEnum):
    """How large a text is: normal, double in height, or double in both directions.

    A large text that would not fit on one line is printed tall instead.
    """

    NORMAL = "normal"
    TALL = "tall"
    LARGE = "large"


class Text(Struct, frozen=True):
    """A paragraph; longer than the paper is wide, it wraps at words."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    size: Size = Size.NORMAL


class Cell(Struct, frozen=True):
    """A column of a row; one character stays free between columns.

    One cell of a row may have a `width` of 0: it takes what the others leave, and words that don't
    fit there run on below the others. Where no cell is 0, the widths are shares and spread over the
    paper. A column grows to hold its longest word.
    """

    text: str
    align: Align = Align.LEFT
    width: int = 0


class Row(Struct, frozen=True):
    """Columns side by side; widths count characters. Large rows have half as many."""

    cells: tuple[Cell, ...]
    bold: bool = False
    size: Size = Size.NORMAL


class Rule(Struct, frozen=True):
    """A line across the paper."""


class Space(Struct, frozen=True):
    """Empty lines."""

    lines: int = 1


class Picture(Struct, frozen=True):
    """A picture (the logo), by file name in the shop's picture folder; centred."""

    name: str


class Barcode(Struct, frozen=True):
    """A linear code: `kind` is "ean13", "ean8" or "code128"; its text stands under it.

    One that is too wide for the paper is printed as a QR code; where that might be taken for
    another code (`or_qr` no), its text stands alone.
    """

    kind: str
    data: str
    or_qr: bool = True


class QrCode(Struct, frozen=True):
    """A QR code, centred."""

    data: str


Block = Text | Row | Rule | Space | Picture | Barcode | QrCode


class Document(Struct, frozen=True):
    """A finished paper: a receipt, a report, a slip. It ends with a cut.

    Attributes:
        kind: "receipt", "x_report", "z_report", "cash_slip", "parking_slip", …
        title: names it in lists and file names ("Beleg 17").
        language: of its texts, "de_AT" or "en".
        copy: 0 for the first print, n for the n-th copy; a copy says so on its head.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...] = ()
    language: str = "de_AT"
    copy: int = 0
