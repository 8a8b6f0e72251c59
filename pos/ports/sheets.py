"""Tables people edit in a spreadsheet: rows of text with a header, whatever file they come in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from msgspec import Struct


class SheetRow(Struct, frozen=True):
    """One row. `line` counts from 1 with the header, as a spreadsheet shows it.

    `fault` says what is wrong with it as a whole, a text key under `catalogue.problem`; empty if
    nothing is. A broken row may have fewer cells than the header.
    """

    line: int
    cells: tuple[str, ...]
    fault: str = ""


class Sheet(Struct, frozen=True):
    """A table: its column names, and its rows without the blank ones."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...] = ()


class Sheets(Protocol):
    """Files that hold one table: CSV or XLSX, told apart by the end of their name."""

    def read(self, path: Path) -> Sheet:
        """The table in a file; raises Refusal "sheet_kind", "sheet_missing", "sheet_unreadable"
        or "sheet_large".
        """

    def write(self, path: Path, sheet: Sheet) -> None:
        """Write a file anew; raises Refusal "sheet_kind" or "sheet_not_written"."""
