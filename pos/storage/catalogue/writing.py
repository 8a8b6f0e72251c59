"""Writes checked rows into their table, in batches, each key once."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from pos.storage.catalogue.checking import Values
from pos.storage.catalogue.customers import SEARCHED
from pos.storage.catalogue.exchange import PRODUCTS
from pos.storage.catalogue.exchange_prices import CUSTOMERS
from pos.storage.catalogue.fields import FileFormat
from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import TABLES, translations

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

BATCH = 1_000


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
        names = [column.name for column in table.columns if column.name != "id"]
        self._record = itemgetter(*names)
        self._insert = insert_sql(table, names)
        self._batch: list[Values] = []

    def put(self, values: Values) -> None:
        """Take a row; it is written with its batch."""
        if self._file is PRODUCTS:
            name, keywords = values["name"], values["keywords"]
            values["search"] = fold(f"{name} {keywords}" if keywords else str(name))
        elif self._file is CUSTOMERS:
            values["search"] = fold(" ".join(str(values[name] or "") for name in SEARCHED))
        self._batch.append(values)

    @property
    def full(self) -> bool:
        """Whether a batch is complete."""
        return len(self._batch) >= BATCH

    def flush(self) -> None:
        """Write the batch."""
        rows, self._batch = self._batch, []
        if not rows:
            return
        written = self._connection.exec_driver_sql(self._insert, list(map(self._record, rows)))
        if written.rowcount != len(rows):
            rows = self._without_duplicates(rows)
        if self._translated:
            self._write_translations(rows)

    def _without_duplicates(self, rows: list[Values]) -> list[Values]:
        """The rows that were written: those whose own line stands under their key."""
        names = self._file.key
        keys = [tuple(row[name] for name in names) for row in rows]
        columns = ", ".join(names)
        marks = ", ".join(f"({', '.join('?' * len(names))})" for _ in keys)
        found = self._connection.exec_driver_sql(
            f"SELECT line, {columns} FROM {self._file.name} WHERE ({columns}) IN (VALUES {marks})",
            tuple(part for key in keys for part in key),
        )
        line_of = {tuple(key): line for line, *key in found}
        kept = []
        for row, key in zip(rows, keys, strict=True):
            if line_of[key] == row["line"]:
                kept.append(row)
            else:
                self._tell_duplicate(row, " ".join(map(str, key)))
        return kept

    def _write_translations(self, rows: list[Values]) -> None:
        texts = [
            (self._file.name, key_of(self._file, row), *name.split(":"), row[name])
            for row in rows
            for name in self._translated
            if row[name] is not None
        ]
        if texts:
            names = ["file", "key", "field", "language", "text"]
            self._connection.exec_driver_sql(insert_sql(translations, names), texts)

    def _tell_duplicate(self, row: Values, key: str) -> None:
        line, field = int(row["line"] or 0), self._file.key[0]
        self._report.add(Problem(self._file.file, line, field, "duplicate", {"value": key}))


def key_of(file: FileFormat, row: Values) -> str:
    """The key of a row as one text; keys hold no blanks, so it can be told apart again."""
    return " ".join(str(row[name]) for name in file.key)


def insert_sql(table: Table, names: list[str]) -> str:
    """An INSERT for the driver, without the cost of compiling one for each batch."""
    return (
        f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) "
        f"VALUES ({', '.join('?' * len(names))})"
    )
