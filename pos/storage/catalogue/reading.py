"""Asking `catalogue.db`: one connection for one thread, and what is asked often kept at hand."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Select

from pos.storage.catalogue.database import telling_catalogue_refusals

T = TypeVar("T")
FRESH_S = 0.003
"""Seconds; no import begins and ends in so little time."""
_MOST_REMEMBERED = 4000
"""Answers kept at hand; a till's everyday goods are fewer, and the rest is asked for again."""


class Reading:
    """Runs the readers' statements, and tells what goes wrong as a Refusal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._seen = self._version_then = -1
        self._asked = 0.0
        self._memory: dict[object, Any] = {}

    def _remembered(self, name: object, read: Callable[[], T]) -> T:
        """What is asked with every line of a sale, read once and again after each import."""
        version = self._version()
        if version != self._seen or len(self._memory) > _MOST_REMEMBERED:
            self._memory.clear()
            self._seen = version
        if name not in self._memory:
            self._memory[name] = read()
        found: T = self._memory[name]
        return found

    def _version(self) -> int:
        """Changes with each import. Wanted some eighty times a scan, so an answer counts for a
        moment, and the driver is asked itself: a tenth of the time.
        """
        now = monotonic()
        if now - self._asked > FRESH_S:
            self._version_then = self._ask_version()
            self._asked = now
        return self._version_then

    def _ask_version(self) -> int:
        try:
            return int(self._driver.execute("PRAGMA data_version").fetchone()[0])
        except self._driver.DatabaseError:
            with telling_catalogue_refusals():
                asked = self._connection.exec_driver_sql("PRAGMA data_version")
                return int(asked.scalar_one())

    def _rows(self, statement: Select[Any], **values: object) -> list[Any]:
        with telling_catalogue_refusals():
            return list(self._connection.execute(statement, values))

    def _first(self, statement: Select[Any], **values: object) -> Any:
        with telling_catalogue_refusals():
            return self._connection.execute(statement, values).first()
