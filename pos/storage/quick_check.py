"""Is a database file still whole? Asked beside the till while it sells; can be ended any time."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from pos.domain.errors import Refusal
from pos.storage.engine import open_database, telling_refusals

_STEPS = 1_000_000
"""Steps of SQLite's machine between two questions whether to go on: some hundredths of a second.
Each question waits for Python's lock, and takes it from the window; asked often, scans are twice as
slow meanwhile.
"""
_DAMAGED = "database_damaged"


class QuickCheck:
    """One look at one file, on a connection that can't write. `cancel` comes from another thread.

    It reads beside the till's own connection: SQLite's log lets one writer and any number of
    readers work at once, so no sale waits for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._running: Any = None
        self._cancelled = False

    def whole(self) -> bool | None:
        """True, or False where the file is damaged; None when it was cancelled.

        Raises Refusal for what is no damage, such as a file that can't be opened.
        """
        engine = open_database(self._path, durable=False, read_only=True)
        try:
            with telling_refusals(), engine.connect() as connection:
                return self._ask(connection)
        except Refusal as refusal:
            if refusal.code != _DAMAGED:
                raise
            return False
        finally:
            engine.dispose()

    def cancel(self) -> None:
        """End the look that is under way, and any later one; returns at once."""
        with self._guard:
            self._cancelled = True
            if self._running is not None:
                self._running.interrupt()

    def _ask(self, connection: Connection) -> bool | None:
        if not self._begin(connection):
            return None
        try:
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        except OperationalError:
            if self._cancelled:
                return None
            raise
        finally:
            self._begin(None)
        return answer == "ok"

    def _begin(self, connection: Connection | None) -> bool:
        """Note what `cancel` has to end; False once it was called."""
        with self._guard:
            self._running = connection and connection.connection.driver_connection
            if self._running is not None:
                # An interrupt that comes before the statement has begun would be lost.
                self._running.set_progress_handler(lambda: self._cancelled, _STEPS)
            return not self._cancelled
