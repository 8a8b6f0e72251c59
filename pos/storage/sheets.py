"""Reads and writes tables as CSV and XLSX: implements the port `Sheets`.

What people send is not to be trusted: a file is refused before it can fill the memory, formulas
are read by the value they had, and what looks like one is written as a text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pos.domain.errors import Refusal
from pos.ports.sheets import Sheet, SheetRow
from pos.storage.catalogue.source import CsvSource

LARGEST = 64 * 1024 * 1024
"""Bytes a file may unfold to. Some ten times what 100,000 rows need."""
MOST_ROWS = 100_000
MOST_COLUMNS = 200
CSV, XLSX = ".csv", ".xlsx"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_BROKEN = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)
"""What reading a damaged XLSX raises; the parser's own error is a SyntaxError."""


class SheetFiles:
    """Tables in files, told apart by the end of their name; a bare name is one in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: Path) -> Sheet:
        """The table in a file, of an XLSX its first sheet."""
        path, kind = self._folder / path, _kind(path)
        try:
            if path.stat().st_size > LARGEST:
                raise Refusal("sheet_large", file=path.name)
            return _read_csv(path) if kind == CSV else _read_xlsx(path)
        except FileNotFoundError as error:
            raise Refusal("sheet_missing", file=path.name) from error
        except OSError as error:
            raise Refusal("sheet_unreadable", file=path.name) from error

    def write(self, path: Path, sheet: Sheet) -> None:
        """Write a file anew; one that is open elsewhere is refused and stays as it was."""
        path, write = self._folder / path, _write_csv if _kind(path) == CSV else _write_xlsx
        unfinished = path.with_name(f"{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                write(unfinished, sheet)
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as error:
            raise Refusal("sheet_not_written", file=path.name) from error


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in (CSV, XLSX):
        raise Refusal("sheet_kind", file=path.name)
    return kind


def _read_csv(path: Path) -> Sheet:
    with CsvSource(path) as source:
        if source.header_fault:
            raise Refusal("sheet_unreadable", file=path.name)
        rows = (
            SheetRow(row.line, tuple(map(_unquoted, row.fields)), row.fault)
            for row in source.rows()
        )
        return _sheet(path, source.header, rows)


def _read_xlsx(path: Path) -> Sheet:
    """The first sheet of a workbook."""
    from openpyxl import load_workbook

    try:
        with ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > LARGEST:
                raise Refusal("sheet_large", file=path.name)
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            return _from_cells(path, book.worksheets[0].iter_rows(values_only=True))
        finally:
            book.close()
    except _BROKEN as error:
        raise Refusal("sheet_unreadable", file=path.name) from error


def _from_cells(path: Path, found: Iterable[tuple[object, ...]]) -> Sheet:
    lines = enumerate(found, 1)
    _, first = next(lines, (1, ()))
    header = [_text(cell) for cell in first]
    while header and not header[-1]:
        header.pop()
    return _sheet(path, header, _rows(lines, len(header)))


def _rows(lines: Iterator[tuple[int, tuple[object, ...]]], width: int) -> Iterator[SheetRow]:
    for line, found in lines:
        cells = [_text(cell) for cell in found]
        if not any(cells):
            continue
        fault = "columns" if any(cells[width:]) else ""
        padded = (*cells[:width], *[""] * (width - len(cells)))
        yield SheetRow(line, padded, fault)


def _sheet(path: Path, header: Iterable[str], rows: Iterable[SheetRow]) -> Sheet:
    names, kept = tuple(name.strip() for name in header), []
    for row in rows:
        kept.append(row)
        if len(kept) > MOST_ROWS or len(names) > MOST_COLUMNS:
            raise Refusal("sheet_large", file=path.name)
    return Sheet(names, tuple(kept))


def _text(cell: object) -> str:
    """A cell as the exchange format writes it: numbers with a point, days as 2026-11-23."""
    match cell:
        case None:
            return ""
        case bool():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
    text = str(cell).strip()
    return text.removesuffix(".0") if not isinstance(cell, str) else text


def _write_csv(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(sheet.header)
        writer.writerows(_plain(row.cells) for row in sheet.rows)


def _plain(cells: tuple[str, ...]) -> list[str]:
    """No cell that a spreadsheet would run as a formula when it opens the file."""
    return [f"'{cell}" if _is_formula(cell) else cell for cell in cells]


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.startswith(FORMULA_SIGNS) and not _NUMBER.fullmatch(cell)


def _write_xlsx(path: Path, sheet: Sheet) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet()
    for cells in (sheet.header, *(row.cells for row in sheet.rows)):
        written = [WriteOnlyCell(page, value=cell) for cell in cells]
        for cell in written:
            cell.data_type = "s"
        page.append(written)
    book.save(path)
