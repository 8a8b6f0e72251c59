"""Writes checked rows into their table, in batches, each key once."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from pos.storage.catalogue.checking import Values
from pos.storage.catalogue.fields import FileFormat
from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import TABLES, tiles, translations

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

BATCH = 1_000
_LAST = 999_999_999

Key = tuple[str, ...]


class TableWriter:
    """Puts the rows of one file into its table, which starts empty.

    A row whose key is there already is reported and left out: the first one stays.
    """

    def __init__(
        self, connection: Connection, file: FileFormat, translated: list[str], report: ImportReport
    ) -> None:
        self._connection = connection
        self._file = file
        self._report = report
        self._translated = translated
        table = TABLES[file.name]
        self._names = [column.name for column in table.columns if column.name != "id"]
        self._insert = insert_sql(table, self._names)
        self._record = itemgetter(*self._names)
        self._highest: Key = ()
        self._batch: dict[Key, Values] = {}

    def put(self, values: Values) -> None:
        """Take a row; it is written with its batch."""
        key = tuple(str(values[name]) for name in self._file.key)
        if key in self._batch:
            self._tell_duplicate(values)
        else:
            self._batch[key] = values

    @property
    def full(self) -> bool:
        """Whether a batch is complete."""
        return len(self._batch) >= BATCH

    def flush(self) -> int:
        """Write the batch; returns how many rows went in."""
        for key in self._known_keys():
            self._tell_duplicate(self._batch.pop(key))
        rows = list(self._batch.values())
        self._batch.clear()
        if not rows:
            return 0
        if self._file.name == "products":
            self._write_tiles(rows)
        if self._translated:
            self._write_translations(rows)
        self._connection.exec_driver_sql(self._insert, [self._record(row) for row in rows])
        return len(rows)

    def _known_keys(self) -> list[Key]:
        """Keys of the batch that the table has already. A file in order never needs to look."""
        keys = list(self._batch)
        if not keys:
            return []
        before, self._highest = self._highest, max(self._highest, *keys)
        if min(keys) > before:
            return []
        columns = ", ".join(self._file.key)
        marks = ", ".join("(" + ", ".join("?" * len(self._file.key)) + ")" for _ in keys)
        found = self._connection.exec_driver_sql(
            f"SELECT {columns} FROM {self._file.name} WHERE ({columns}) IN (VALUES {marks})",
            tuple(part for key in keys for part in key),
        )
        return [tuple(row) for row in found]

    def _write_tiles(self, rows: list[Values]) -> None:
        """Fold the words to search by, and place the product in its till categories."""
        places = []
        for row in rows:
            words = fold(f"{row['name']} {row['keywords'] or ''} {row['number']}")
            row["search"] = words
            if row["pos_categories"]:
                place = f"{row['sequence'] or _LAST:09} {words}"
                categories = str(row["pos_categories"]).split()
                places += [(category, place, row["number"]) for category in categories]
        if places:
            self._connection.exec_driver_sql(
                insert_sql(tiles, ["category", "place", "product"]), places
            )

    def _write_translations(self, rows: list[Values]) -> None:
        texts = [
            (self._file.name, row[self._file.key[0]], *name.split(":"), row[name])
            for row in rows
            for name in self._translated
            if row[name] is not None
        ]
        if texts:
            names = ["file", "key", "field", "language", "text"]
            self._connection.exec_driver_sql(insert_sql(translations, names), texts)

    def _tell_duplicate(self, values: Values) -> None:
        key = " ".join(str(values[name]) for name in self._file.key)
        line = int(values["line"] or 0)
        self._report.add(
            Problem(self._file.file, line, self._file.key[0], "duplicate", {"value": key})
        )


def insert_sql(table: Table, names: list[str]) -> str:
    """An INSERT for the driver, without the cost of compiling one for each batch."""
    return (
        f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) "
        f"VALUES ({', '.join('?' * len(names))})"
    )
