"""Keeps rows of the catalogue before where the new files don't say what became of them.

A faulty row says nothing about the goods it names: they stay as they were, on sale. A file that is
missing, cut off or unreadable says nothing about any row it doesn't hold. Of orders nothing is kept
so: half old and half new, one would be settled for the wrong amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.fields import FileFormat, Kind
from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.report import ImportReport, Problem
from pos.storage.catalogue.tables import CARRIED, TABLES

if TYPE_CHECKING:
    from sqlalchemy import Connection

Key = tuple[object, ...]

LARGE = 50
"""Rows from which on a table is too large to lose a good part of it unnoticed."""
MOST_GONE = 30
"""Percent of a large table that one file may take away without being asked."""

_SORTS = {
    "units",
    "taxes",
    "places",
    "categories",
    "pos_categories",
    "web_categories",
    "price_lists",
    "suppliers",
    "price_types",
    "attributes",
    "attribute_values",
    "facts",
}
"""Files of a few rows that many others name: goods may go, but not because their sort is gone."""

VITAL = frozenset(("shop", "operators", "tills"))
"""Files no till can do without; each has a row, or the till can't even be opened."""


class Keeper:
    """Puts rows of the catalogue before, attached as `old`, into the new one."""

    def __init__(self, connection: Connection, report: ImportReport) -> None:
        self._connection = connection
        self._report = report
        self._faulty: list[tuple[Key, int, int]] = []
        self._nameless: set[str] = set()
        self._carried: set[str] = set()
        self._told: dict[tuple[str, Key], range] = {}
        driver = connection.connection.driver_connection
        driver.create_function("folded", 2, _folded, deterministic=True)  # type: ignore[union-attr]

    def note(self, file: FileFormat, key: Key, since: int) -> None:
        """Remember a faulty row, told by the problems from `since` on.

        `key` is as much of its key as can be read, from the front.
        """
        if file.passing:
            return
        if key or file.single:
            self._faulty.append((key, since, self._report.problem_count))
        else:
            self._nameless.add(file.name)

    def keep_noted(self, file: FileFormat) -> None:
        """Keep the rows that the faulty ones of this file stand for, once its good ones are in."""
        noted, self._faulty = self._faulty, []
        for key, first, end in noted:
            kept = list(self._keep_like(file, key))
            for one in kept:
                self._told[file.name, one] = range(first, end)
            if kept:
                self._report.mark(range(first, end), stays=True)

    def replace(self, file: FileFormat, key: Key, problem: int) -> bool:
        """Keep the row before in place of one just taken out; says whether there was one."""
        if file.passing:
            return False
        kept = list(self._keep_like(file, () if file.single else key))
        for one in kept:
            self._told[file.name, one] = range(problem, problem + 1)
        return bool(kept)

    def give_up(self, file: FileFormat, key: Key) -> bool:
        """A row kept in place of a faulty one doesn't fit either: what was told of it changes."""
        told = self._told.pop((file.name, key), None)
        if told is not None:
            self._report.mark(told, stays=False)
        return told is not None

    def keep_named(self) -> None:
        """Keep what other rows name, where a row whose key can't be read may have been it.

        A sort of goods, such as a category or a tax, is kept in any case while new rows name it,
        or any row of a file that isn't there: a folder that holds the goods and not their sort
        was cut somewhere.
        """
        for target in reversed(FORMATS):
            if target.name in self._nameless:
                self._keep_all(target, "kept_named", lambda _naming: 2 * CARRIED)
            elif target.name in _SORTS:
                self._keep_all(target, "still_named", self._lines_that_name)

    def _lines_that_name(self, naming: FileFormat) -> int:
        """Up to which line the rows of a file are asked what they name; a row kept in place of a
        faulty one keeps no tax alive.
        """
        whole = naming.name in _SORTS or naming.name in self._carried
        return 2 * CARRIED if whole else CARRIED

    def _keep_all(
        self, target: FileFormat, reason: str, lines: Callable[[FileFormat], int]
    ) -> None:
        kept = True
        while kept:  # what is kept may name others, as a category does the one above it
            kept = False
            for name in self._missing_names(target, lines):
                for _ in self._keep_like(target, (name,)):
                    told = {"value": name}
                    self._report.add(Problem(target.file, 0, "", reason, told, kept=True))
                    kept = True

    def takes_too_much(self, file: FileFormat) -> tuple[int, int] | None:
        """How many rows the file would take away of how many, if it looks cut off."""
        if file.passing:
            return None
        same = " AND ".join(f"new.{name} = before.{name}" for name in file.key)
        gone, rows = self._connection.exec_driver_sql(
            f"SELECT coalesce(sum(NOT EXISTS (SELECT 1 FROM main.{file.name} AS new WHERE {same})),"
            f" 0), count(*) FROM old.{file.name} AS before"
        ).one()
        if file.name in VITAL and rows and self._is_empty(file):
            return gone, rows
        return (gone, rows) if rows >= LARGE and gone * 100 > rows * MOST_GONE else None

    def _is_empty(self, file: FileFormat) -> bool:
        return not self._connection.exec_driver_sql(f"SELECT 1 FROM main.{file.name}").first()

    def forget(self, file: FileFormat) -> None:
        """Take out again what was taken of a file."""
        self._faulty.clear()
        self._connection.exec_driver_sql(f"DELETE FROM main.{file.name}")
        self._connection.exec_driver_sql(
            "DELETE FROM main.translations WHERE file = ?", (file.name,)
        )

    def carry_over(self, file: FileFormat) -> None:
        """Keep all rows before that no new row replaces."""
        self._carried.add(file.name)
        self._connection.exec_driver_sql(_copy(file))
        joined_key = " || ' ' || ".join(file.key)
        self._connection.exec_driver_sql(
            "INSERT OR IGNORE INTO translations SELECT * FROM old.translations WHERE file = ?"
            f" AND key IN (SELECT {joined_key} FROM {file.name} WHERE line >= {CARRIED})",
            (file.name,),
        )

    def _keep_like(self, file: FileFormat, key: Key) -> Iterator[Key]:
        """Keep the rows whose key begins so and that no new row replaces; yields their keys.

        The one row of a `single` file is replaced by any.
        """
        if file.single and not self._is_empty(file):
            return
        where = " AND ".join(f"{name} = ?" for name in file.key[: len(key)]) or "true"
        found = self._connection.exec_driver_sql(
            f"SELECT {', '.join(file.key)} FROM old.{file.name} WHERE {where}", key
        )
        exact = " WHERE " + " AND ".join(f"{name} = ?" for name in file.key)
        for row in found.all():
            one = tuple(row)
            if self._connection.exec_driver_sql(_copy(file) + exact, one).rowcount == 1:
                self._keep_texts(file, one)
                yield one

    def _keep_texts(self, file: FileFormat, key: Key) -> None:
        named = (file.name, " ".join(map(str, key)))
        same = "WHERE file = ? AND key = ?"
        self._connection.exec_driver_sql(f"DELETE FROM main.translations {same}", named)
        self._connection.exec_driver_sql(
            f"INSERT INTO translations SELECT * FROM old.translations {same}", named
        )

    def _missing_names(self, target: FileFormat, lines: Callable[[FileFormat], int]) -> list[str]:
        """The keys of a file that such other rows name and only the catalogue before has."""
        key = target.key[0]
        gone = f"SELECT {key} FROM old.{target.name} EXCEPT SELECT {key} FROM main.{target.name}"
        # Almost always none is gone, and nothing large has to be read.
        if self._connection.exec_driver_sql(gone).first() is None:
            return []
        naming = [
            f"SELECT {field.name} FROM main.{file.name} WHERE line < {lines(file)}"
            for file in FORMATS
            for field in file.fields
            if field.refers == target.name and field.kind is Kind.KEY
        ] + [
            f"SELECT gone.{key} FROM ({gone}) AS gone JOIN main.{file.name} AS row"
            f" ON instr(' ' || row.{field.name} || ' ', ' ' || gone.{key} || ' ')"
            f" WHERE row.line < {lines(file)}"
            for file in FORMATS
            for field in file.fields
            if field.refers == target.name and field.kind is Kind.KEYS and field.required
        ]
        found = self._connection.exec_driver_sql(
            f"SELECT {key} FROM ({gone}) WHERE {key} IN ({' UNION '.join(naming)})"
        )
        return [str(row[0]) for row in found]


def _copy(file: FileFormat) -> str:
    """The statement that takes rows over; a product's words are made anew, not added to."""
    names = [
        column.name for column in TABLES[file.name].columns if column.name not in ("id", "line")
    ]
    words = "folded(name, keywords)" if file.name == "products" else "search"
    read = (words if name == "search" else name for name in names)
    return (
        f"INSERT OR IGNORE INTO main.{file.name} ({', '.join(names)}, line)"
        f" SELECT {', '.join(read)}, {CARRIED} + line % {CARRIED} FROM old.{file.name}"
    )


def _folded(name: str, keywords: str | None) -> str:
    return fold(f"{name} {keywords}" if keywords else name)
