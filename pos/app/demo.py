"""The demo shop: a corner shop to try Kassa out, on a simulated printer."""

from __future__ import annotations

from pathlib import Path

from pos.runtime.clock import SystemClock
from pos.runtime.resources import resource
from pos.storage.catalogue.database import (
    catalogue_file,
    stored_fact,
    telling_catalogue_refusals,
)
from pos.storage.catalogue.filling import fill_catalogue, find_products_file
from pos.storage.catalogue.report import ImportReport, OnProgress

SETTINGS = """\
# This machine's till. docs/devices.md names every plug-in and its options.
till = "1"

[[printer]]
name = "Bon"
plugin = "printer_file"

[[mail]]
name = "Post"
plugin = "mail_file"
"""


def is_made(data: Path) -> bool:
    """Whether a catalogue was ever imported here: a shop cut short in its making is made again."""
    path = catalogue_file(data)
    # Not by a reader: it would lay out an older catalogue anew, before a window can tell.
    with telling_catalogue_refusals():
        return path.exists() and stored_fact(path, "imported_at") != ""


def make_demo(
    data: Path,
    on_progress: OnProgress = lambda _progress: None,
    products: int = 0,
    products_file: Path | None = None,
) -> ImportReport:
    """Make the demo shop in a data folder; what is sold there already stays.

    Args:
        data: is made if it isn't there.
        on_progress: told after every batch of rows.
        products: fill the shop up to so many with generated goods.
        products_file: names and GTINs for them; without one, `products.tsv.gz` in the data folder
            or the current one, and else they are made up.
    """
    data.mkdir(parents=True, exist_ok=True)
    settings = data / "till.toml"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
    found = products_file or find_products_file(data, Path.cwd())
    now = SystemClock().now()
    return fill_catalogue(resource("demo"), data, now, products, found, on_progress)
