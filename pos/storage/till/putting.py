"""Rows on their way into a table: one that may be there, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

TOGETHER = 50
"""Rows of one statement: what triggers might take back is noted once a statement, not a row."""


def put(table: Table) -> Insert:
    """The statement that inserts a row, or changes the one with its key."""
    statement = upsert(table)
    names = [column.name for column in table.columns if not column.primary_key]
    changes = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes)


def put_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each with a value for the same columns; SQLAlchemy would take five times as
    long to look at each.
    """
    if not rows:
        return
    names = list(rows[0])
    preparer = connection.dialect.identifier_preparer
    quoted = ", ".join(preparer.quote(name) for name in names)
    place = f"({', '.join('?' * len(names))})"
    values = list(zip(*(_stored(connection, table, name, rows) for name in names), strict=True))
    for first in range(0, len(values), TOGETHER):
        some = values[first : first + TOGETHER]
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({quoted}) VALUES {', '.join([place] * len(some))}",
            tuple(chain.from_iterable(some)),
        )


def _stored(
    connection: Connection, table: Table, name: str, rows: Sequence[Mapping[str, Any]]
) -> list[Any]:
    """A column's values as SQLite keeps them."""
    kind = table.columns[name].type.dialect_impl(connection.dialect)
    convert = kind.bind_processor(connection.dialect)
    if convert is None:
        return [row[name] for row in rows]
    known: dict[Any, Any] = {}
    return [
        known[value] if (value := row[name]) in known else known.setdefault(value, convert(value))
        for row in rows
    ]
