"""`pos report`: a session's figures, as the till shows them."""

from __future__ import annotations

import csv
import io
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
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
from pos.till.bookkeeping import accounts
from pos.till.plain import plain

WRITERS: dict[str, Callable[[Document], bytes]] = {
    "pdf": document_pdf,
    "escpos": lambda document: render(document, PrinterProfile()),
}


FORMATS = ("text", "json", "csv", "pdf", "escpos")
MOST_DIGITS = 9
"""No till closes a thousand million sessions."""
ACCOUNTS_FORMATS = ("csv", "json")
"""What the export for the books is written in, and no other report is in csv; the first if none
is asked for.
"""
COLUMNS = (
    ("category", "path", "tax_code", "tax_rate", "net", "tax", "gross"),
    ("income", "expense", "stock", "journal", "goods_in", "goods_out", "valuation"),
)
"""Of the export for the books: what a row says of itself, and of its accounts."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    kinds = ("x", "z", "session", "accounts")
    parser.add_argument("kind", choices=kinds, help=texts().get("cli.report_kind"))
    parser.add_argument("--session", type=_number, metavar="N", help=texts().get("cli.session"))
    parser.add_argument("--format", choices=FORMATS, help=texts().get("cli.report_format"))
    parser.add_argument("--json", action="store_true", help=texts().get("cli.report_json"))
    parser.set_defaults(usage=parser.error)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ArgumentTypeError(texts().get("cli.not_a_number", value=text[:40]))
    return int(text)


def run(given: Namespace) -> int:
    """Print the report; PDF and ESC/POS go to standard output as bytes."""
    given.format = _format(given)
    with OpenTill(given.data, DirectPrinting, reading=True) as opened:
        kind = "z" if given.kind == "session" else given.kind
        if kind == "accounts":
            _tell_accounts(opened, given)
            return Exit.DONE
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


def _format(given: Namespace) -> str:
    """The format asked for; ends the program with wrong usage where this report has none such."""
    known = (
        ACCOUNTS_FORMATS
        if given.kind == "accounts"
        else tuple(name for name in FORMATS if name != "csv")
    )
    if given.kind == "x" and given.session is not None:
        given.usage(texts().get("cli.report_x_session"))
    if given.json and given.format not in (None, "json"):
        given.usage(texts().get("cli.report_two_formats", format=given.format))
    asked = "json" if given.json else given.format or known[0]
    if asked not in known:
        names = ", ".join(known)
        given.usage(texts().get("cli.report_no_format", kind=given.kind, format=asked, known=names))
    return str(asked)


def _tell_accounts(opened: OpenTill, given: Namespace) -> None:
    """The export for the books, as JSON or as CSV (ETRON-7)."""
    view = plain(accounts(opened.desk, given.session), opened.desk.texts.zone)
    if given.format == "json":
        tell(view)
        return
    assert isinstance(view, dict)
    rows = [
        [*(row[name] for name in COLUMNS[0]), *(row["accounts"][name] for name in COLUMNS[1])]
        for row in view["rows"]
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[*COLUMNS[0], *COLUMNS[1]], *rows])
    say(text.getvalue().rstrip("\n"))
