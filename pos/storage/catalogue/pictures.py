"""Brings the pictures and documents of a catalogue folder into the data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.fields import Kind
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import line_in_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

FOLDERS = {Kind.PICTURE: "pictures", Kind.DOCUMENT: "documents"}
LARGEST = {Kind.PICTURE: 8_000_000, Kind.DOCUMENT: 20_000_000}
"""Bytes; a photograph of 1920 pixels fits (T-036)."""


def copy_pictures(source: Path, data: Path, connection: Connection, report: ImportReport) -> None:
    """Copy the pictures and documents that rows name. What is missing is reported, its row stays.

    Each file is replaced in one step. Those no row names any more stay where they are: a till
    may be showing them.
    """
    for kind, folder in FOLDERS.items():
        present: dict[str, bool] = {}
        for file, line, field, name in list(_named(connection, kind)):
            if name not in present:
                there, here = source / folder / name, data / folder / name
                present[name] = _bring(there, here, LARGEST[kind])
            if not present[name]:
                report.add(_missing(kind, file, line_in_file(line), field, name))


def _missing(kind: Kind, file: str, line: int, field: str, name: str) -> Problem:
    values = {"value": name}
    if kind is Kind.PICTURE:
        return Problem(file, line, field, "picture_missing", values, kept=True)
    return Problem(file, line, field, "document_missing", values, kept=True)


def _named(connection: Connection, kind: Kind) -> Iterator[tuple[str, int, str, str]]:
    """File, line, field and name of every file of a kind, each name of a CSV file once."""
    for file in FORMATS:
        for field in file.fields:
            if field.kind is kind:
                for line, name in connection.exec_driver_sql(
                    f"SELECT min(line), {field.name} FROM {file.name}"
                    f" WHERE {field.name} IS NOT NULL GROUP BY {field.name} ORDER BY 1"
                ):
                    yield file.file, line, field.name, name


def _bring(source: Path, target: Path, largest: int) -> bool:
    """Bring one file up to date; False if it is nowhere or unusable."""
    try:
        return _copy(source, target, largest)
    except OSError:
        return False


def _copy(source: Path, target: Path, largest: int) -> bool:
    if not source.is_file() or source.stat().st_size > largest:
        return target.is_file()
    if not (target.is_file() and _same(source, target)):
        target.parent.mkdir(exist_ok=True)
        fresh = target.with_name(target.name + ".new")
        shutil.copyfile(source, fresh)
        fresh.replace(target)
    return True


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
