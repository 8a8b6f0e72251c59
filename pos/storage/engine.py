"""How a database file is opened: pragmas, own transactions, and errors a cashier understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from pos.domain.errors import Refusal


def open_database(path: Path, *, durable: bool, read_only: bool = False) -> Engine:
    """An engine for one SQLite file in WAL mode.

    Args:
        path: the file; made if it isn't there, unless `read_only`.
        durable: sync at every commit. WAL with less may forget the last commits at power loss.
        read_only: open without the right to write.
    """
    mode = "?mode=ro&uri=true" if read_only else ""
    location = f"sqlite:///file:{path}{mode}" if read_only else f"sqlite:///{path}"
    engine = create_engine(location)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("bare"):
            connection.exec_driver_sql("BEGIN")

    return engine


def copy_database(engine: Engine, target: Path) -> None:
    """Copy a database as it is at this instant, whole, while others read and write it."""
    # VACUUM refuses to stand in a transaction, so none is begun.
    with engine.connect().execution_options(bare=True) as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))


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
                raise Refusal(code) from error
        raise
