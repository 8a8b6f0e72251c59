"""The file `catalogue.db`: made empty, read, and replaced as a whole in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError, OperationalError

from pos.domain.errors import Refusal
from pos.storage.catalogue.tables import create_indexes, create_tables
from pos.storage.engine import note_folder, open_database, telling_refusals

FILE = "catalogue.db"
_SCRATCH = "catalogue.new.db"
_LOCK = "catalogue.lock"
_PAGES = 256
_CORRUPT, _NOT_A_DATABASE = 11, 26

_BUILD_PRAGMAS = (
    # Nobody else knows the file, and an interrupted one is thrown away: safety would cost for
    # nothing. "main." because the catalogue before is attached, and must stay as it is.
    "PRAGMA main.journal_mode = OFF",
    "PRAGMA main.synchronous = OFF",
    "PRAGMA main.locking_mode = EXCLUSIVE",
    "PRAGMA main.cache_size = -65536",
)
_READ_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA query_only = ON",
    "PRAGMA cache_size = -8192",
)


def catalogue_file(data: Path) -> Path:
    """Where the catalogue of a data folder is."""
    return data / FILE


def open_for_reading(data: Path) -> Connection:
    """A connection of its own for one reader: each statement reads the newest whole catalogue."""
    return _plain_engine(catalogue_file(data), _READ_PRAGMAS).connect()


def make_if_missing(path: Path) -> None:
    """Lay out a catalogue with nothing in it where there is none."""
    if path.exists() and path.stat().st_size:
        return
    engine = open_database(path, durable=False)
    with engine.begin() as connection:
        if not inspect(connection).has_table("about"):
            create_tables(connection)
            create_indexes(connection)
    engine.dispose()


def stored_layout(path: Path) -> str:
    """The word for the layout a catalogue was made with; empty if it says nothing."""
    return stored_fact(path, "layout")


def stored_fact(path: Path, name: str) -> str:
    """A fact of a catalogue of any layout; empty if it says nothing."""
    engine = _plain_engine(path, _READ_PRAGMAS)
    try:
        with engine.connect() as connection:
            statement = "SELECT 1 FROM sqlite_master WHERE name = 'about'"
            if connection.exec_driver_sql(statement).scalar() is None:
                return ""
            statement = "SELECT value FROM about WHERE name = ?"
            return str(connection.exec_driver_sql(statement, (name,)).scalar() or "")
    finally:
        engine.dispose()


def stored_language(path: Path) -> str:
    """The shop's language in a catalogue of any layout; empty if it says nothing.

    Raises Refusal "catalogue_damaged", and what any database may raise.
    """
    engine = _plain_engine(path, _READ_PRAGMAS)
    with telling_catalogue_refusals():
        try:
            with engine.connect() as connection:
                return str(connection.exec_driver_sql("SELECT language FROM shop").scalar() or "")
        finally:
            engine.dispose()


def is_damage(error: DatabaseError) -> bool:
    """Whether a database file can't be read any more, or is no catalogue at all."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in (_CORRUPT, _NOT_A_DATABASE) or "no such table" in str(error.orig)


def remove_catalogue(data: Path) -> None:
    """Throw the catalogue away, with what SQLite keeps beside it."""
    path = catalogue_file(data)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


class _Telling:
    """A context that costs next to nothing while all is well: it stands round every look-up."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, DatabaseError):
            _refuse(error)


def _refuse(error: DatabaseError) -> None:
    try:
        with telling_refusals():
            raise error
    except Refusal as refusal:
        if refusal.code == "database_damaged":
            raise Refusal("catalogue_damaged") from error
        raise


_TELLING = _Telling()


def telling_catalogue_refusals() -> _Telling:
    """As for any database, but damage costs a new import only, and the text says so."""
    return _TELLING


@contextmanager
def scratch(data: Path) -> Iterator[Connection]:
    """An empty database to build a catalogue in, gone afterwards.

    Raises Refusal "import_running" while another import works on this folder.
    """
    path = data / _SCRATCH
    with _alone(data / _LOCK):
        path.unlink(missing_ok=True)
        engine = _plain_engine(path, _BUILD_PRAGMAS)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
            path.unlink(missing_ok=True)


def publish(built: Connection, path: Path, on_pages: Callable[[int, int], None]) -> None:
    """Copy a built catalogue over `path`: one transaction, so readers see the old or the new.

    Args:
        built: the scratch database, with nothing left to commit.
        path: the catalogue.
        on_pages: told of pages copied and pages in all, between the steps of the copy.
    """
    engine = open_database(path, durable=False)
    raw = engine.raw_connection()
    try:
        source: Any = built.connection.driver_connection
        source.backup(
            raw.driver_connection,
            pages=_PAGES,
            progress=lambda _status, left, total: on_pages(total - left, total),
        )
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
        engine.dispose()


@contextmanager
def changing(data: Path) -> Iterator[Connection]:
    """One durable transaction on the catalogue where it is, for the little a till changes itself.

    Raises Refusal "import_running" while an import works on this folder, and what any database may
    raise.
    """
    with telling_catalogue_refusals(), _alone(data / _LOCK):
        engine = open_database(catalogue_file(data), durable=True)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends."""
    engine = _plain_engine(path, ("PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE"))
    try:
        try:
            holder = engine.connect()
        except OperationalError as error:
            if "locked" in str(error):
                raise Refusal("import_running") from error
            raise
        with holder:
            yield
    finally:
        engine.dispose()


def _plain_engine(path: Path, first: tuple[str, ...]) -> Engine:
    """An engine whose statements are transactions of their own unless one is begun."""
    # A path is never pasted into an address: a folder may be called "Kassa #1" or "100 %?".
    address = URL.create("sqlite", database=str(path))
    note_folder(path)
    engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for statement in first:
            cursor.execute(statement)
        cursor.close()

    return engine
