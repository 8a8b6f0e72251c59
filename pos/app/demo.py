"""The demo shop: a corner shop to try Kassa out, on a simulated printer."""

from __future__ import annotations

from pathlib import Path

from pos.runtime.clock import SystemClock
from pos.runtime.resources import resource
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.report import ImportReport, OnProgress

SETTINGS = """\
# This machine's till. docs/devices.md names every plug-in and its options.
till = "1"

[[printer]]
name = "Bon"
plugin = "printer_file"
"""


def make_demo(data: Path, on_progress: OnProgress = lambda _progress: None) -> ImportReport:
    """Make the demo shop in a data folder; what is sold there already stays."""
    data.mkdir(parents=True, exist_ok=True)
    settings = data / "till.toml"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
    return import_folder(resource("demo"), data, SystemClock().now(), on_progress)
