"""Asking `catalogue.db`: one connection for one thread, and what is asked often kept at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Select

from pos.storage.catalogue.database import telling_catalogue_refusals

T = TypeVar("T")


class Reading:
    """Runs the readers' statements, and tells what goes wrong as a Refusal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen = -1
        self._memory: dict[str, Any] = {}

    def _remembered(self, name: str, read: Callable[[], T]) -> T:
        """What is asked with every line of a sale, read once and again after each import."""
        with telling_catalogue_refusals():
            version = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        if version != self._seen:
            self._memory.clear()
            self._seen = version
        if name not in self._memory:
            self._memory[name] = read()
        found: T = self._memory[name]
        return found

    def _rows(self, statement: Select[Any], **values: object) -> list[Any]:
        with telling_catalogue_refusals():
            return list(self._connection.execute(statement, values))

    def _first(self, statement: Select[Any], **values: object) -> Any:
        with telling_catalogue_refusals():
            return self._connection.execute(statement, values).first()
