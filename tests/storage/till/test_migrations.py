"""Versions of till.db: the scripts make what the program expects, whole or not at all."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import OperationalError

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.storage import migrate
from pos.storage.engine import open_database
from pos.storage.till.card_tables import metadata as card_metadata
from pos.storage.till.card_triggers import CARD_TRIGGERS
from pos.storage.till.points_tables import POINTS_TRIGGERS
from pos.storage.till.points_tables import metadata as points_metadata
from pos.storage.till.store import TillStore
from pos.storage.till.tables import metadata
from pos.storage.till.triggers import TRIGGERS
from pos.storage.verify import verify
from tests.storage.till.old_versions import FILES
from tests.storage.till.raw import raw
from tests.support.till import TestTill

HEAD = migrate.HEADS["till"]
NEXT, AFTER = f"{int(HEAD) + 1:04}", f"{int(HEAD) + 2:04}"
SECOND = f"""
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"


def upgrade() -> None:
    op.execute("CREATE TABLE added (name TEXT)")
    op.execute("ALTER TABLE setting ADD COLUMN since TEXT")
"""
THIRD = f"""
from alembic import op

revision = "{AFTER}"
down_revision = "{NEXT}"


def upgrade() -> None:
    op.execute("CREATE TABLE more (name TEXT)")
    op.execute("CREATE TABLE {{name}} (name TEXT)")
"""


def schema(connection: Connection) -> dict[str, list[str]]:
    """Every table, index and trigger by name, word by word as SQLite keeps it."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    )
    words = {
        name: sql.replace("(", " ( ").replace(")", " ) ").replace(",", " , ").split()
        for name, sql in found.all()
    }
    # A column that came later stands behind its table's constraints; `columns` tells the order.
    return {name: sorted(text) if text[1] == "TABLE" else text for name, text in words.items()}


def columns(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
        for name in (*metadata.tables, *card_metadata.tables, *points_metadata.tables)
    }


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scripts, and two more that a later version might bring."""
    copied = Path(shutil.copytree(migrate.SCRIPTS, tmp_path / "migrations"))
    (copied / f"till/versions/{NEXT}_second.py").write_text(SECOND)
    (copied / f"till/versions/{AFTER}_third.py").write_text(THIRD.format(name="last"))
    monkeypatch.setattr(migrate, "SCRIPTS", copied)
    monkeypatch.setitem(migrate.HEADS, "till", AFTER)
    return copied


@pytest.mark.parametrize("name", sorted(migrate.HEADS))
def test_the_known_head_is_that_of_the_scripts(name: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS / name))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEADS[name]]


def test_the_scripts_make_what_the_program_expects(tmp_path: Path) -> None:
    TillStore(tmp_path / "till.db").close()
    with raw(tmp_path) as connection:
        migrated, migrated_columns = schema(connection), columns(connection)
    with create_engine("sqlite://").connect() as connection:
        metadata.create_all(connection)
        card_metadata.create_all(connection)
        points_metadata.create_all(connection)
        for trigger in (*TRIGGERS, *CARD_TRIGGERS, *POINTS_TRIGGERS):
            connection.exec_driver_sql(trigger)
        assert migrated == schema(connection)
        assert migrated_columns == columns(connection)


def test_a_newer_version_is_refused_and_left_alone(folder: Path) -> None:
    with raw(folder) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(Refusal, match="database_newer") as refused:
        TillStore(folder / "till.db")
    assert dict(refused.value.values) == {"found": "0099", "known": migrate.HEADS["till"]}
    with raw(folder) as connection:
        assert migrate.stored_version(connection) == "0099"


def test_an_upgrade_keeps_the_records_and_a_copy_from_before(folder: Path, scripts: Path) -> None:
    desk = TestTill(folder)
    assert desk.store.version() == AFTER
    assert desk.store.receipt_numbers() == [1, 2, 3]
    desk.close()
    assert all(finding.ok for finding in verify(folder))
    before = open_database(folder / "till.before-upgrade.db", durable=False, read_only=True)
    with before.connect() as connection:
        assert migrate.stored_version(connection) == HEAD
    before.dispose()


def test_a_step_that_fails_takes_the_steps_before_it_back(folder: Path, scripts: Path) -> None:
    third = scripts / f"till/versions/{AFTER}_third.py"
    third.write_text(THIRD.format(name="more"))
    for _ in range(2):  # and once more: a copy from before is there already
        with pytest.raises(OperationalError, match="already exists"):
            TillStore(folder / "till.db")
        with raw(folder) as connection:
            assert migrate.stored_version(connection) == HEAD
            assert not {"added", "more"} & schema(connection).keys()
    third.write_text(THIRD.format(name="last"))
    TillStore(folder / "till.db").close()
    with raw(folder) as connection:
        assert {"added", "more", "last"} <= schema(connection).keys()


def test_alembic_stays_out_of_a_start_without_news(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its import alone takes longer than the till may take to start."""

    def upgrade(engine: object, name: str) -> None:
        raise AssertionError("nothing to upgrade")

    monkeypatch.setattr(migrate, "_upgrade", upgrade)
    TillStore(folder / "till.db").close()


def test_a_first_start_cut_short_begins_anew(tmp_path: Path) -> None:
    open_database(tmp_path / "till.db", durable=True).connect().close()
    TillStore(tmp_path / "till.db").close()
    assert not [finding for finding in verify(tmp_path) if not finding.ok]


@pytest.mark.parametrize("kept", sorted(FILES.glob("*.gz")), ids=lambda kept: kept.name)
def test_a_till_of_an_old_version_goes_on(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "till.db").write_bytes(gzip.decompress(kept.read_bytes()))
    desk = TestTill(tmp_path)
    view = desk.till.view()
    assert view.session is not None and view.session.number == 2
    assert view.sale is not None and len(view.parked) == 1
    desk.till.sign_in("maria", "9999")
    closed = desk.till.tender("cash").last_sale
    assert closed is not None and closed.number == 4
    cards = desk.till.vouchers(state="open")
    assert [card.balance for card in cards] == ([] if "0001" in kept.name else [Money(5000)])
    for card in cards:
        assert desk.till.vouchers(ending=card.code[-4:]) == [card]
    desk.till.close_session(counted=desk.till.expected_cash())
    desk.close()
    assert not [finding for finding in verify(tmp_path) if not finding.ok]


def test_the_old_versions_are_kept_without_a_gap() -> None:
    kept = [path.name for path in sorted(FILES.glob("*.gz"))]
    assert kept == [f"till-{number:04}.db.gz" for number in range(1, len(kept) + 1)]
    assert kept
