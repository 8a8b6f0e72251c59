"""`pos report`: a session's figures, as the till shows them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from pos.app.build import OpenTill
from pos.app.printing import DirectPrinting
from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.documents.pdf import document_pdf
from pos.documents.plain_text import document_text
from pos.hardware.esc_pos import PrinterProfile, render
from pos.ports.document import Document
from pos.till import session
from pos.till.plain import plain

WRITERS: dict[str, Callable[[Document], bytes]] = {
    "pdf": document_pdf,
    "escpos": lambda document: render(document, PrinterProfile()),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("kind", choices=("x", "z", "session"), help=texts().get("cli.report_kind"))
    parser.add_argument("--session", type=int, metavar="N", help=texts().get("cli.session"))
    parser.add_argument("--format", choices=("text", "json", "pdf", "escpos"), default="text")


def run(given: Namespace) -> int:
    """Print the report; PDF and ESC/POS go to standard output as bytes."""
    with OpenTill(given.data, DirectPrinting, reading=True) as opened:
        kind = "z" if given.kind == "session" else given.kind
        if given.format == "json":
            figures = session.report_figures(opened.desk, kind, given.session)
            tell(plain(figures, opened.desk.texts.zone))
            return Exit.DONE
        document = opened.till.report(kind, given.session)
        if given.format in WRITERS:
            sys.stdout.buffer.write(WRITERS[given.format](document))
        else:
            say(document_text(document))
    return Exit.DONE
