"""Points and coupon uses in till.db: what SQLite itself refuses, and what lapses (T-129)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pos.domain.points import PointsEntry, PointsKind, PointsState
from pos.storage.till.store import TillStore
from pos.storage.verify import verify
from tests.storage.till.raw import raw

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def entry(kind: PointsKind, points: int, balance: int, **more: object) -> PointsEntry:
    fields: dict[str, object] = {"owed": 0, "at": AT} | more
    return PointsEntry("101", "p", 0, kind, points, balance, **fields)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    """Customer 101 has earned 50 points on sale s1 and spent 20 on s2; s1 used a coupon."""
    opened = TillStore(tmp_path / "till.db")
    opened.points.add(entry(PointsKind.EARN, 50, 50, sale="s1"))
    later = AT + timedelta(days=10)
    opened.points.add(entry(PointsKind.SPEND, -20, 30, sale="s2", at=later))
    opened.coupons.use("HERBST", "s1", "101", AT)
    yield opened
    opened.close()


ENTRIES = [
    # a balance below zero, more than the sum, owed without a return, both at once
    "'101', 'p', 3, 'spend', -40, -10, 0, ''",
    "'101', 'p', 3, 'earn', 1, 99, 0, ''",
    "'101', 'p', 3, 'spend', -40, 0, 10, ''",
    "'101', 'p', 3, 'take_back', -40, 10, 20, ''",
    # out of order, or in the place of another
    "'101', 'p', 5, 'earn', 1, 31, 0, ''",
    "'101', 'p', 1, 'earn', 99, 99, 0, ''",
    # the wrong way, of no kind, of nobody, of no amount
    "'101', 'p', 3, 'earn', -1, 29, 0, ''",
    "'101', 'p', 3, 'spend', 1, 31, 0, ''",
    "'101', 'p', 3, 'gift', 1, 31, 0, ''",
    "'', 'p', 1, 'earn', 1, 1, 0, ''",
    "'101', 'p', 3, 'earn', 'many', 31, 0, ''",
    # the same sale twice
    "'101', 'p', 3, 'spend', -20, 10, 0, 's2'",
]
COLUMNS = "customer, programme, number, kind, points, balance, owed, sale, at"
FORGED = [
    *(
        f"{verb} INTO points_entry ({COLUMNS}) VALUES ({values}, 'x')"
        for verb in ("INSERT", "INSERT OR REPLACE")
        for values in ENTRIES
    ),
    "UPDATE points_entry SET points = 99",
    "DELETE FROM points_entry WHERE number = 2",
    "INSERT INTO coupon_use VALUES ('HERBST', 2, 1, 's1', '101', 'x')",
    "INSERT OR REPLACE INTO coupon_use VALUES ('HERBST', 2, 1, 's1', '101', 'x')",
    "INSERT INTO coupon_use VALUES ('HERBST', 2, 5, 's3', '101', 'x')",
    "INSERT INTO coupon_use VALUES ('HERBST', 1, 1, 's3', '101', 'x')",
    "UPDATE coupon_use SET uses = -1",
    "DELETE FROM coupon_use",
]


@pytest.mark.parametrize("statement", FORGED)
def test_forged_points_are_refused(store: TillStore, tmp_path: Path, statement: str) -> None:
    with raw(tmp_path) as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)
    assert store.points.state("101", "p") == PointsState(30, 0)
    assert store.points.states("101") == {"p": PointsState(30, 0)}
    assert [each.points for each in store.points.entries("101")] == [-20, 50]
    assert store.coupons.used("HERBST") == store.coupons.used_by("HERBST", "101") == 1


def test_older_points_go_first(store: TillStore) -> None:
    before_all, after_all = AT, AT + timedelta(days=1)
    assert store.points.lapsed("101", "p", before_all) == 0
    assert store.points.lapsed("101", "p", after_all) == 30
    store.points.add(entry(PointsKind.EARN, 7, 37, sale="s3", at=AT + timedelta(days=20)))
    assert store.points.lapsed("101", "p", after_all) == 30
    store.points.add(entry(PointsKind.EXPIRE, -30, 7, at=AT + timedelta(days=30)))
    assert store.points.lapsed("101", "p", after_all) == 0


def test_a_void_gives_the_coupon_back(store: TillStore) -> None:
    store.coupons.take_back("s1", "v1", AT)
    assert store.coupons.used("HERBST") == store.coupons.used_by("HERBST", "101") == 0
    store.coupons.use("HERBST", "s4", "", AT)
    assert store.coupons.used("HERBST") == 1


def test_verify_finds_points_that_do_not_add_up(store: TillStore, tmp_path: Path) -> None:
    assert all(finding.ok for finding in verify(tmp_path))
    with raw(tmp_path) as connection:
        told = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'points_entry_stays'"
        ).scalar_one()
        connection.exec_driver_sql("DROP TRIGGER points_entry_stays")
        connection.exec_driver_sql("UPDATE points_entry SET balance = 31 WHERE number = 2")
        connection.exec_driver_sql(told)
    wrong = [finding for finding in verify(tmp_path) if not finding.ok]
    assert [(finding.name, finding.wrong) for finding in wrong] == [("points", "points_differ")]
