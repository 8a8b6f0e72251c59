"""What is final stays so, whoever writes to till.db."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.storage.till.raw import raw

CLOSED = "(SELECT id FROM sale WHERE receipt_number = 1)"
OPEN = "(SELECT id FROM sale WHERE state = 'open')"

REFUSED = [
    "UPDATE sale SET total = 1 WHERE state = 'closed'",
    "UPDATE sale SET state = 'open' WHERE state = 'closed'",
    "UPDATE sale SET receipt_number = 9 WHERE receipt_number = 3",
    "UPDATE sale SET id = 'x' WHERE state = 'open'",
    "UPDATE sale SET note = 'x' WHERE state = 'cancelled'",
    "DELETE FROM sale WHERE state = 'closed'",
    "DELETE FROM sale WHERE state = 'open'",
    f"INSERT OR REPLACE INTO sale SELECT * FROM sale WHERE id = {CLOSED}",
    "INSERT INTO sale (id, till, session, operator, state, opened_at, business_date, currency,"
    " rounding, total, receipt_number) SELECT 'x', till, session, operator, 'closed', opened_at,"
    " business_date, currency, rounding, total, 4 FROM sale WHERE receipt_number = 3",
    f"UPDATE line_item SET name = 'x' WHERE sale = {CLOSED}",
    f"UPDATE line_item SET sale = {CLOSED}, number = 99 WHERE sale = {OPEN} AND number = 1",
    f"UPDATE line_item SET sale = {OPEN}, number = 99 WHERE sale = {CLOSED} AND number = 1",
    f"DELETE FROM line_item WHERE sale = {CLOSED}",
    f"INSERT OR REPLACE INTO line_item SELECT * FROM line_item WHERE sale = {CLOSED}",
    f"UPDATE tender SET method = 'x' WHERE sale = {CLOSED}",
    f"DELETE FROM tender WHERE sale = {CLOSED}",
    f"INSERT OR REPLACE INTO tender SELECT * FROM tender WHERE sale = {CLOSED}",
    f"INSERT INTO tender VALUES ({CLOSED}, 9, 'cash', 1, 1, 'authorised', NULL, NULL)",
    "UPDATE journal SET content = '{}' WHERE number = 1",
    "DELETE FROM journal WHERE number = 1",
    "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE number = 2",
    "INSERT INTO journal SELECT max(number) + 2, 1, 'x', '', '{}', 'x' FROM journal",
    "UPDATE seal SET data = 'x'",
    "DELETE FROM seal",
    "INSERT OR REPLACE INTO seal SELECT * FROM seal",
    f"INSERT INTO seal VALUES ({OPEN}, 3, 'x', '', '')",
    "UPDATE session SET counted = 0 WHERE number = 1",
    "UPDATE session SET number = 1 WHERE number = 2",
    "DELETE FROM session WHERE number = 2",
    "INSERT OR REPLACE INTO session SELECT * FROM session WHERE number = 1",
    "UPDATE sequence SET value = value - 1",
    "UPDATE sequence SET value = value + 2 WHERE name = 'receipt'",
    "UPDATE sequence SET name = 'x' WHERE name = 'receipt'",
    "DELETE FROM sequence WHERE name = 'receipt'",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_final_records_refuse(folder: Path, statement: str) -> None:
    with raw(folder) as connection:
        before = _all(folder)
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(statement)
    assert _all(folder) == before


def _all(folder: Path) -> list[object]:
    with raw(folder) as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [
            row
            for table in tables.scalars().all()
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all()
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sale SET state = 'open' WHERE state = 'sealing'",
        "UPDATE sale SET total = 1 WHERE state = 'sealing'",
        "UPDATE sale SET note = 'x', state = 'closed' WHERE state = 'sealing'",
        "UPDATE line_item SET name = 'x' WHERE sale = (SELECT id FROM sale WHERE state='sealing')",
    ],
)
def test_a_sale_that_has_its_number_only_closes(folder: Path, statement: str) -> None:
    with raw(folder) as connection:
        connection.exec_driver_sql(
            "UPDATE sale SET state = 'sealing', receipt_number = 4 WHERE state = 'open'"
        )
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("UPDATE sale SET state = 'closed' WHERE state = 'sealing'")


def test_an_open_sale_changes(folder: Path) -> None:
    with raw(folder) as connection:
        changed = connection.exec_driver_sql(f"UPDATE line_item SET name = 'x' WHERE sale = {OPEN}")
        assert changed.rowcount == 2


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE line_item SET quantity = 1.5 WHERE sale = {OPEN}",
        f"UPDATE line_item SET tax_rate = 'viel' WHERE sale = {OPEN}",
        "UPDATE sale SET total = 12.9 WHERE state = 'open'",
    ],
)
def test_columns_hold_what_they_say(folder: Path, statement: str) -> None:
    with raw(folder) as connection, pytest.raises(IntegrityError, match="cannot store"):
        connection.exec_driver_sql(statement)


def test_every_table_is_strict(folder: Path) -> None:
    with raw(folder) as connection:
        tables = connection.exec_driver_sql("PRAGMA table_list").all()
    loose = {table.name for table in tables if not table.strict}
    assert loose == {"sqlite_schema", "sqlite_temp_schema", "alembic_version"}


def test_a_sale_needs_its_session(folder: Path) -> None:
    with raw(folder) as connection, pytest.raises(IntegrityError, match="FOREIGN KEY"):
        connection.exec_driver_sql("UPDATE sale SET session = 99 WHERE state = 'open'")
