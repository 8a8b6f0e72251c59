"""Which papers are kept, and how each becomes a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from pos.documents.layout import NARROW, WIDE
from pos.documents.plain_text import document_text
from pos.hardware.esc_pos import PrinterProfile, render
from pos.ports.document import Document
from pos.runtime.texts import LANGUAGES
from tests.support import papers

FOLDER = Path(__file__).parent / "files"
_PAPERS: dict[str, Callable[[str], Document]] = {
    "receipt": papers.receipt,
    "copy": lambda language: replace(papers.receipt(language), copy=1),
    "return": papers.return_receipt,
    "return-slip": papers.return_slip,
    "z-report": papers.z_report,
    "cash-slip": papers.cash_slip,
    "parking-slip": papers.parking_slip,
}


def golden_files() -> Iterator[tuple[str, bytes]]:
    """Every file by name, with what it should hold: texts as read, jobs as sent."""
    for name, make in _PAPERS.items():
        for language in LANGUAGES:
            for columns in (WIDE, NARROW):
                text = document_text(make(language), columns)
                yield f"{name}-{language}-{columns}.txt", text.encode()
    for columns in (WIDE, NARROW):
        job = render(papers.receipt(), PrinterProfile(columns))
        yield f"receipt-de_AT-{columns}.escpos", job
