"""`pos tree`: till categories made like the product categories of a catalogue folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pos.cli.main import Exit, texts
from pos.cli.output import say
from pos.storage.catalogue.copying import copy_tree


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("path", type=Path, metavar="PATH", help=texts().get("cli.tree_path"))


def run(given: Namespace) -> int:
    """Copy the tree; the folder is imported afterwards as usual."""
    categories, products = copy_tree(given.path)
    say(texts().get("cli.tree_done", categories=categories, products=products))
    return Exit.DONE
