"""How a database file is opened: pragmas, own transactions, and errors a cashier understands."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from pos.domain.errors import Refusal

_READ_ONLY = 8
"""SQLite's primary code for what can't be done without writing."""
LEAST_ROOM = 64 * 1024
"""Bytes; with less left, SQLite can't even lay out what it keeps beside a file it reads."""

_folders: set[Path] = set()


def note_folder(path: Path) -> None:
    """Remember where a database is: an error of its disk is asked about then."""
    _folders.add(path.parent)


def open_database(path: Path, *, durable: bool, read_only: bool = False) -> Engine:
    """An engine for one SQLite file in WAL mode.

    Args:
        path: the file; made if it isn't there, unless `read_only`.
        durable: sync at every commit. WAL with less may forget the last commits at power loss.
        read_only: open without the right to write.
    """
    # A path is never pasted into an address: a folder may be called "Kassa #1" or "100 %?".
    name = f"file:{quote(str(path))}?mode=ro" if read_only else str(path)
    query = {"uri": "true"} if read_only else {}
    note_folder(path)
    engine = create_engine(URL.create("sqlite", database=name, query=query))

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            # Else each row that triggers watch goes through a file of its own, page by page.
            cursor.execute("PRAGMA temp_store = MEMORY")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        elif _waits_for_a_writer(connection):
            _let_a_writer_mend(path)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("bare"):
            connection.exec_driver_sql("BEGIN")

    return engine


def _waits_for_a_writer(connection: Any) -> bool:
    """Whether a program died in the middle of writing, so that nobody can read before it is undone.

    Whatever else is wrong with the file is told to whoever reads it first.
    """
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except connection.DatabaseError as error:
        return bool(error.sqlite_errorcode & 0xFF == _READ_ONLY)
    return False


def _let_a_writer_mend(path: Path) -> None:
    """Undo what was begun, as the till would at its next start."""
    engine = open_database(path, durable=True)
    try:
        engine.connect().close()
    finally:
        engine.dispose()


def copy_database(engine: Engine, target: Path) -> None:
    """Copy a database as it is at this instant, whole, while others read and write it."""
    # VACUUM refuses to stand in a transaction, so none is begun.
    with engine.connect().execution_options(bare=True) as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
    sync(target)


def fold_in(path: Path) -> None:
    """Move what stands in the log beside a database into its file; nobody else may have it open."""
    engine = open_database(path, durable=True)
    try:
        with telling_refusals(), engine.connect().execution_options(bare=True) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def sync(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk and not only on their way."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_KNOWN = (
    ("disk is full", "disk_full"),
    ("readonly database", "read_only"),
    ("unable to open", "cannot_open"),
    ("disk i/o error", "disk_error"),
    ("database is locked", "database_locked"),
    ("malformed", "database_damaged"),
    ("not a database", "database_damaged"),
)


@contextmanager
def telling_refusals() -> Iterator[None]:
    """Turn the failures a person can do something about into refusals; bugs pass through."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        message = str(error.orig).lower()
        for sign, code in _KNOWN:
            if sign in message:
                raise Refusal(_rather_full(code)) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal("disk_full") from error
        raise


def _rather_full(code: str) -> str:
    """What SQLite calls an error of the disk, or can't open, is often the want of room only."""
    if code in ("disk_error", "cannot_open") and any(map(_has_no_room, _folders)):
        return "disk_full"
    return code


def _has_no_room(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free < LEAST_ROOM
