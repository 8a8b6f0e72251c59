"""Imports a folder of the exchange format in one step: the till sees the old or the new catalogue.

The new catalogue is built in a file of its own, which no reader knows, without the cost of being
safe. Only when it is whole and checked are its pages copied over `catalogue.db` in a single
transaction. Killed at any moment before, the old one is untouched; readers need not open anew.

A file that is missing, unreadable or cut off says nothing about rows it doesn't hold: they are
carried over from the catalogue before. Nor does a faulty row: what it names stays as it was. Else
a whole file is the truth: rows missing in it are gone, unless that would be a good part of all.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError

from pos.domain.errors import Refusal
from pos.runtime.pins import hash_pin, pin_matches
from pos.storage.catalogue.below_zero import BelowZero
from pos.storage.catalogue.checking import BadFile, RowChecker, Values
from pos.storage.catalogue.database import (
    catalogue_file,
    is_damage,
    make_if_missing,
    publish,
    remove_catalogue,
    scratch,
)
from pos.storage.catalogue.exchange import FORMATS
from pos.storage.catalogue.exchange_shop import OPERATORS
from pos.storage.catalogue.fields import FileFormat
from pos.storage.catalogue.keeping import MOST_GONE, Keeper
from pos.storage.catalogue.pictures import copy_pictures
from pos.storage.catalogue.relating import Relations
from pos.storage.catalogue.renewing import renew_if_outdated
from pos.storage.catalogue.report import FileCount, ImportReport, OnProgress, Problem, Progress
from pos.storage.catalogue.source import CsvSource
from pos.storage.catalogue.tables import CARRIED, create_indexes, create_tables, sign
from pos.storage.catalogue.writing import TableWriter
from pos.storage.engine import telling_refusals

if TYPE_CHECKING:
    from sqlalchemy import Connection


def import_folder(
    source: Path,
    data: Path,
    now: datetime,
    on_progress: OnProgress = lambda _progress: None,
    *,
    fewer: bool = False,
) -> ImportReport:
    """Import a catalogue folder into a data folder.

    Args:
        source: holds the CSV files and the folder `pictures`.
        data: holds `catalogue.db`; both are made if they aren't there.
        now: the instant of the import; the age of the data counts from it.
        on_progress: told after every batch of rows, on the calling thread.
        fewer: a file may take away as much as it likes; else one that would take more than
            MOST_GONE percent of a large table is held for cut off and not taken.

    Raises Refusal: "import_no_folder", "import_nothing" when the folder holds no file of the
    format, "import_running", or "cannot_open", "disk_full" and the like. The old catalogue stays
    then, unless it is damaged: being a copy only, it is thrown away and made anew.
    """
    if not source.is_dir():
        raise Refusal("import_no_folder", path=str(source))
    if not any((source / file.file).is_file() for file in FORMATS):
        raise Refusal("import_nothing", path=str(source))
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("cannot_open") from error
    with telling_refusals():
        try:
            return _import(source, data, now, on_progress, fewer=fewer)
        except DatabaseError as error:
            if not is_damage(error):
                raise
            remove_catalogue(data)
            return _import(source, data, now, on_progress, fewer=fewer)


def _import(
    source: Path, data: Path, now: datetime, on_progress: OnProgress, *, fewer: bool
) -> ImportReport:
    """Import over the catalogue there is, or over an empty one."""
    path = catalogue_file(data)
    make_if_missing(path)
    renew_if_outdated(data)
    with scratch(data) as connection:
        return _Import(connection, source, data, on_progress, fewer=fewer).run(path, now)


class _Import:
    """One import, from the first row to the switch."""

    def __init__(
        self,
        connection: Connection,
        source: Path,
        data: Path,
        on_progress: OnProgress,
        *,
        fewer: bool,
    ) -> None:
        self._connection = connection
        self._source = source
        self._data = data
        self._on_progress = on_progress
        self._fewer = fewer
        self.report = ImportReport()
        self._keeper = Keeper(connection, self.report)

    def run(self, path: Path, now: datetime) -> ImportReport:
        """Build, check, index, switch."""
        self._connection.exec_driver_sql("ATTACH ? AS old", (str(path),))
        self._connection.exec_driver_sql("BEGIN")
        create_tables(self._connection)
        for file in FORMATS:
            if not self._load(file):
                self._keeper.carry_over(file)
        self._tell("check", 0, 1)
        self._keeper.keep_named()
        Relations(self._connection, self.report, self._keeper).check()
        BelowZero(self._connection, now).tell(self.report)
        copy_pictures(self._source, self._data, self._connection, self.report)
        self._count_taken()
        self._tell("index", 0, 1)
        create_indexes(self._connection)
        self._sign(now)
        self._connection.exec_driver_sql("COMMIT")
        self._connection.exec_driver_sql("DETACH old")
        publish(self._connection, path, lambda done, total: self._tell("publish", done, total))
        return self.report

    def _load(self, file: FileFormat) -> bool:
        """Take a file's good rows; False if it doesn't hold the whole truth."""
        path = self._source / file.file
        try:
            source = CsvSource(path)
        except FileNotFoundError:
            return False
        except OSError as error:
            self.report.add(Problem(file.file, 0, "", "unreadable", {"why": error.strerror or ""}))
            return False
        with source:
            try:
                self._take(file, source)
            except BadFile as bad:
                self.report.add(bad.problem)
                return False
            if source.cut_off:
                self.report.add(Problem(file.file, 0, "", "cut_off", kept=True))
                return False
        return self._is_whole(file)

    def _is_whole(self, file: FileFormat) -> bool:
        """Whether what a file lacks may be gone: one cut at a line's end shows it by this alone."""
        gone = None if self._fewer else self._keeper.takes_too_much(file)
        if gone is not None:
            told = {"gone": str(gone[0]), "rows": str(gone[1]), "most": str(MOST_GONE)}
            self.report.add(Problem(file.file, 0, "", "probably_cut", told))
            self._keeper.forget(file)
        return gone is None

    def _take(self, file: FileFormat, source: CsvSource) -> None:
        checker = RowChecker(file, source, self.report)
        writer = TableWriter(self._connection, file, checker.translated, self.report)
        count = self.report.files.setdefault(file.file, FileCount())
        for row in source.rows():
            count.read += 1
            since = self.report.problem_count
            values = checker.check(row)
            if values is None:
                self._keeper.note(file, checker.readable_key(row), since)
            else:
                if file is OPERATORS:
                    self._keep_pin(values)
                writer.put(values)
                if writer.full:
                    writer.flush()
                    self._tell(file.file, source.at, source.size)
        writer.flush()
        self._keeper.keep_noted(file)
        self._tell(file.file, source.size, source.size)

    def _keep_pin(self, values: Values) -> None:
        """Only the hash of a PIN is stored; while the PIN is the same, so is the hash."""
        pin = values.pop("pin", None)
        if pin is None:
            return
        stored = self._connection.exec_driver_sql(
            "SELECT pin_hash FROM old.operators WHERE number = ?", (str(values["number"]),)
        ).scalar()
        known = stored is not None and pin_matches(str(stored), str(pin))
        values["pin_hash"] = str(stored) if known else hash_pin(str(pin))

    def _count_taken(self) -> None:
        for file in FORMATS:
            taken, carried = self._connection.exec_driver_sql(
                f"SELECT coalesce(sum(line < {CARRIED}), 0), coalesce(sum(line >= {CARRIED}), 0)"
                f" FROM {file.name}"
            ).one()
            if file.file in self.report.files or carried:
                count = self.report.files.setdefault(file.file, FileCount())
                count.taken, count.carried = int(taken), int(carried)

    def _sign(self, now: datetime) -> None:
        before = self._connection.exec_driver_sql(
            "SELECT value FROM old.about WHERE name = 'generation'"
        ).scalar()
        self.report.generation = int(before or 0) + 1
        self.report.imported_at = now
        sign(self._connection, self.report.generation, now.isoformat())

    def _tell(self, step: str, done: int, total: int) -> None:
        self._on_progress(Progress(step, done, total))
