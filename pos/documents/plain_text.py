"""A document as plain text: for `pos report`, for the journal of a simulated printer, for tests."""

from __future__ import annotations

from pos.documents.layout import (
    WIDE,
    BarcodeLine,
    PictureLine,
    PrintLine,
    QrLine,
    RuleLine,
    TextLine,
    lay_out,
)
from pos.ports.document import Document, Size


def document_text(document: Document, columns: int = WIDE) -> str:
    """The lines as on paper. Large text is spaced out to its width; codes stand in brackets."""
    lines = (_line(line, columns) for line in lay_out(document, columns))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _line(line: PrintLine, columns: int) -> str:
    match line:
        case TextLine(text=text, size=Size.LARGE):
            return _spread(text)
        case TextLine(text=text):
            return text
        case RuleLine():
            return "─" * columns
        case QrLine(data=data):
            return f"[QR {data}]".center(columns)
        case BarcodeLine(kind=kind, data=data):
            return f"[{kind} {data}]".center(columns)
        case PictureLine(name=name):
            return f"[{name}]".center(columns)


def _spread(text: str) -> str:
    """Large letters need two places each; the edges of the line stay where they are."""
    words = text.strip()
    before = 2 * (len(text) - len(text.lstrip()))
    left, gap, right = words.partition("  ")
    if not gap:
        return " " * before + words.center(2 * len(words)).rstrip()
    right = right.strip()
    return " " * before + left + right.rjust(2 * len(text) - before - len(left))
