"""Lays a catalogue out anew when the program's tables have changed since it was imported.

So an update of the program keeps its products, even without a back office in reach. What the old
tables have and the new ones know is taken over; the rest is as if the files didn't say.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos.storage.catalogue.database import (
    catalogue_file,
    publish,
    scratch,
    stored_layout,
    telling_catalogue_refusals,
)
from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.fields import FileFormat
from pos.storage.catalogue.relating import Relations
from pos.storage.catalogue.report import ImportReport, OnProgress, Progress
from pos.storage.catalogue.tables import TABLES, create_indexes, create_tables, layout, sign
from pos.storage.catalogue.values import parser_of
from pos.storage.catalogue.writing import TableWriter

if TYPE_CHECKING:
    from sqlalchemy import Connection


def is_outdated(data: Path) -> bool:
    """Whether there is a catalogue, made by a program with other tables.

    Raises Refusal "catalogue_damaged", and what any database may raise.
    """
    path = catalogue_file(data)
    with telling_catalogue_refusals():
        return path.is_file() and path.stat().st_size > 0 and stored_layout(path) != layout()


def _silent(_done: Progress) -> None:
    """Nobody is told."""


def renew_if_outdated(data: Path, on_progress: OnProgress = _silent) -> None:
    """Bring the catalogue of a data folder into this program's layout; generation and age stay.

    Some seconds for a large one, and only the first time after an update. Raises Refusal
    "import_running" while an import, or another program, is at it.
    """
    path = catalogue_file(data)
    if stored_layout(path) == layout():
        return
    with scratch(data) as connection:
        connection.exec_driver_sql("ATTACH ? AS old", (str(path),))
        connection.exec_driver_sql("BEGIN")
        create_tables(connection)
        for file in FORMATS:
            _take_over(connection, file, on_progress)
        _take_texts_over(connection)
        on_progress(Progress("index", 0, 0))
        Relations(connection, ImportReport()).check()
        create_indexes(connection)
        facts = _facts(connection)
        sign(connection, int(facts.get("generation", 0)), facts.get("imported_at", ""))
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("DETACH old")
        publish(connection, path, lambda _done, _total: None)


def _take_over(connection: Connection, file: FileFormat, on_progress: OnProgress) -> None:
    """Take the rows of one file, unless a field they can't do without is new."""
    there = _columns(connection, file.name)
    if any(field.required and field.name not in there for field in file.fields):
        return
    names = [name for name in TABLES[file.name].c.keys() if name in there and name != "id"]  # noqa: SIM118
    defaults = {
        field.name: parser_of(field)(field.default) if field.default else None
        for field in file.fields
    }
    writer = TableWriter(connection, file, [], ImportReport())
    of = connection.exec_driver_sql(f"SELECT count(*) FROM old.{file.name}").scalar() or 0
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join(names)} FROM old.{file.name} ORDER BY line"
    )
    for done, row in enumerate(rows, start=1):
        writer.put({**defaults, **dict(zip(names, row, strict=True))})
        if writer.full:
            writer.flush()
            on_progress(Progress(file.name, done, of))
    writer.flush()


def _take_texts_over(connection: Connection) -> None:
    if _columns(connection, "translations"):
        connection.exec_driver_sql(
            "INSERT INTO translations (file, key, field, language, text)"
            " SELECT file, key, field, language, text FROM old.translations"
        )


def _facts(connection: Connection) -> dict[str, str]:
    if not _columns(connection, "about"):
        return {}
    rows = connection.exec_driver_sql("SELECT name, value FROM old.about")
    return {row[0]: row[1] for row in rows}


def _columns(connection: Connection, table: str) -> set[str]:
    """The columns a table has in the catalogue before; none if it isn't there."""
    return {row[1] for row in connection.exec_driver_sql(f"PRAGMA old.table_info({table})")}
