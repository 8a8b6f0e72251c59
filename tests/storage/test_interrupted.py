"""A file that a program died over is read all the same: `pos verify` may be the first to come."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import create_engine

from pos.storage.engine import open_database

ROWS = 2_000


def died_while_writing(folder: Path) -> Path:
    """A database with 2,000 rows, half overwritten, and the journal that undoes it."""
    made, left = folder / "made.db", folder / "left.db"
    engine = create_engine(f"sqlite:///{made}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = 5")
        connection.exec_driver_sql("CREATE TABLE t (x INTEGER PRIMARY KEY, y TEXT)")
        rows = [(number, "before" * 20) for number in range(ROWS)]
        connection.exec_driver_sql("INSERT INTO t VALUES (?, ?)", rows)
        connection.commit()
        connection.exec_driver_sql("UPDATE t SET y = 'after' || y WHERE x < 1000")
        shutil.copy(made, left)
        shutil.copy(f"{made}-journal", f"{left}-journal")
        connection.rollback()
    engine.dispose()
    return left


def test_what_was_begun_is_undone_before_it_is_read(tmp_path: Path) -> None:
    left = died_while_writing(tmp_path)
    engine = open_database(left, durable=False, read_only=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
        old = "SELECT count(*) FROM t WHERE y LIKE 'before%'"
        assert connection.exec_driver_sql(old).scalar() == ROWS
    engine.dispose()
