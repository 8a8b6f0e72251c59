"""Questions and writes that join the till's transaction where one is under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Executable, Row, Select

from pos.storage.engine import telling_refusals


class Joining:
    """Works on the till's connection; a call alone is a transaction of its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _do(self, statement: Executable) -> int:
        """Write; returns how many rows it changed."""
        with self._transaction():
            return int(self._connection.execute(statement).rowcount)

    def _all(self, statement: Select[Any], **values: object) -> Sequence[Row[Any]]:
        with self._transaction():
            return self._connection.execute(statement, values).all()

    def _first(self, statement: Select[Any], **values: object) -> Row[Any] | None:
        found = self._all(statement, **values)
        return found[0] if found else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with telling_refusals():
            if self._connection.in_transaction():
                yield
                return
            with self._connection.begin():
                yield
