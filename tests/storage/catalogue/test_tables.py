"""The tables as SQLite has them: strict, of a known version, and never read from end to end."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from pos.storage.catalogue.database import catalogue_file, stored_layout
from pos.storage.catalogue.tables import layout
from tests.storage.catalogue.folder import Folder


def test_tables_are_strict_and_of_a_known_version(folder: Folder) -> None:
    folder.imported()
    engine = create_engine(f"sqlite:///{catalogue_file(folder.data)}")
    with engine.connect() as connection:
        tables = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
        ours = [
            table for table in tables
            if table["type"] == "table" and not table["name"].startswith("sqlite_")
        ]  # fmt: skip
        assert len(ours) > 15
        assert all(table["strict"] for table in ours)
        assert stored_layout(catalogue_file(folder.data)) == layout()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()


@pytest.mark.parametrize(
    "ask",
    [
        lambda reader: reader.find_code("9000331604275"),
        lambda reader: reader.find_code("19000331604272"),
        lambda reader: reader.find_code("101"),
        lambda reader: reader.products_in("11", 0, 50),
        lambda reader: reader.search("milch", 0, 50),
        lambda reader: reader.search("90003316", 0, 50),
        lambda reader: reader.search("lpenk", 0, 50),
    ],
)
def test_no_question_reads_all_products(folder: Folder, ask: Any) -> None:
    """At 806,073 products a scan takes a second; the index takes microseconds."""
    folder.imported()
    plans: list[str] = []
    with folder.reader() as reader:

        @event.listens_for(reader._connection, "before_cursor_execute")
        def explain(_connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(str(row[-1]) for row in cursor.fetchall())

        assert ask(reader)
    assert plans
    scans = [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL TABLE" not in plan]
    assert not [plan for plan in scans if "products" in plan or "barcodes" in plan], plans


def test_a_reader_cannot_write(folder: Folder) -> None:
    folder.imported()
    with folder.reader() as reader, pytest.raises(OperationalError, match="readonly"):
        reader._connection.exec_driver_sql("DELETE FROM products")
