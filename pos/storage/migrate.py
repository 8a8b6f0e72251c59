"""Brings a database to the version this program knows, or refuses to touch it.

Alembic is imported only when there is something to do: its import alone takes half a second.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from pos.domain.errors import Refusal
from pos.storage.engine import copy_database

HEADS = {"till": "0010"}
"""The newest version of each database; a test holds this against the scripts."""

SCRIPTS = Path(__file__).parent / "migrations"


def stored_version(connection: Connection) -> str | None:
    """The version a database says it has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    value = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if value is None else str(value)


def demand_known(version: str | None, name: str) -> str | None:
    """The version; raises Refusal "database_newer" when a newer program has been here."""
    if version is not None and version > HEADS[name]:
        raise Refusal("database_newer", found=version, known=HEADS[name])
    return version


def bring_up_to_date(engine: Engine, name: str, backup: Path | None = None) -> None:
    """Upgrade in one transaction: a step that fails takes the steps before it back.

    Args:
        engine: the database.
        name: which line of versions, a key of HEADS.
        backup: where a copy goes before existing records are changed.

    Raises Refusal "database_newer" when a newer program has been here.
    """
    with engine.connect() as connection:
        version = stored_version(connection)
    if demand_known(version, name) == HEADS[name]:
        return
    if version is not None and backup is not None:
        backup.unlink(missing_ok=True)  # of an upgrade that failed: the records are as they were
        copy_database(engine, backup)
    _upgrade(engine, name)


def _upgrade(engine: Engine, name: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS / name))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
