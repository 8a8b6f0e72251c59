"""`pos tree`: till categories made like the product categories of a catalogue folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pos.cli.main import Exit, texts
from pos.cli.output import say, tell
from pos.storage.catalogue.copying import copy_tree


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("path", type=Path, metavar="PATH", help=texts().get("cli.tree_path"))
    parser.add_argument("--json", action="store_true", help=texts().get("cli.json"))


def run(given: Namespace) -> int:
    """Copy the tree; the folder is imported afterwards as usual."""
    categories, products = copy_tree(given.path)
    facts = {"categories": categories, "products": products}
    if given.json:
        tell(facts)
    else:
        say(texts().get("cli.tree_done", **facts))
    return Exit.DONE
