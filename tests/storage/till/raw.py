"""SQL past the program: what somebody with a database tool could do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from pos.domain.journal import GENESIS, chain
from pos.storage.engine import open_database


@contextmanager
def raw(folder: Path) -> Iterator[Connection]:
    """One transaction on till.db."""
    engine = open_database(folder / "till.db", durable=False)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def tamper(folder: Path, *statements: str, chained: bool = False) -> None:
    """Alter records as a skilled hand would: lift the triggers, alter, put them back.

    With `chained` the journal's hashes are made to fit again.
    """
    with raw(folder) as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for trigger in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount, statement
        if chained:
            _chain_anew(connection)
        for trigger in triggers:
            connection.exec_driver_sql(trigger.sql)


def _chain_anew(connection: Connection) -> None:
    previous = GENESIS
    journal = connection.exec_driver_sql("SELECT number, content FROM journal ORDER BY number")
    for number, content in journal.all():
        previous = chain(previous, number, content)
        connection.exec_driver_sql(
            "UPDATE journal SET hash = ? WHERE number = ?", (previous, number)
        )
