"""`pos demo`: a corner shop to try Kassa out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from pos.app.demo import is_made, make_demo
from pos.cli.import_ import show_progress
from pos.cli.main import Exit, texts
from pos.cli.output import note, say, tell
from pos.cli.window import has_display, open_window, show_without_display
from pos.storage.catalogue.reader import CatalogueReader


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    words = texts()
    parser.add_argument(
        "--products", type=_number, metavar="N", help=words.get("cli.demo_products")
    )
    parser.add_argument(
        "--products-file", type=Path, metavar="FILE", help=words.get("cli.demo_file")
    )
    parser.add_argument("--no-window", action="store_true", help=words.get("cli.demo_no_window"))
    parser.add_argument("--json", action="store_true", help=words.get("cli.json"))
    parser.add_argument("--till", default="", metavar="NUMBER", help=words.get("cli.till"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(texts().get("cli.not_a_number", value=text[:40]))
    return int(text)


def run(given: Namespace) -> int:
    """Make the shop if it isn't there, then open its window, or show it off screen."""
    words = texts()
    if given.products or not is_made(given.data):
        make_demo(given.data, show_progress, given.products or 0, given.products_file)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    facts = {"folder": str(given.data), "products": _count(given.data)}
    if given.json:
        tell(facts)
    else:
        say(words.get("cli.demo_ready", **facts))
    if given.no_window:
        return Exit.DONE
    if has_display():
        return open_window(given.data, given.till)
    told = note if given.json else say
    told(words.get("cli.no_display"))
    folder = show_without_display(given.data)
    told(words.get("cli.no_display_done", folder=folder))
    return Exit.DONE


def _count(data: Path) -> int:
    reader = CatalogueReader(data)
    try:
        return reader.state().products
    finally:
        reader.close()
