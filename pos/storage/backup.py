"""Copies of both databases, taken while the till sells, and brought back with care."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from pos.domain.errors import Refusal
from pos.storage.engine import copy_database, open_database, telling_refusals

DATABASES = ("till.db", "catalogue.db")
NOTE = "backup.json"


def back_up(data: Path, target: Path, at: datetime) -> Path:
    """Copy both databases into a new folder below `target`; returns it.

    The copies are whole and consistent, whatever the till does meanwhile.
    """
    folder = target / at.strftime("kassa-%Y%m%d-%H%M%S")
    if folder.exists():
        raise Refusal("backup_exists", target=folder.name)
    partial = folder.with_suffix(".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name in DATABASES:
            if (data / name).exists():
                _copy(data / name, partial / name)
        head = _head(partial / "till.db")
        note = {"at": at.isoformat(timespec="seconds"), "journal": head[0], "receipt": head[1]}
        (partial / NOTE).write_text(json.dumps(note, indent=1), encoding="utf-8")
        partial.rename(folder)
    except OSError as error:
        raise Refusal("backup_failed", reason=error.strerror or str(error)) from error
    return folder


def _copy(source: Path, target: Path) -> None:
    engine = open_database(source, durable=False, read_only=True)
    try:
        with telling_refusals():
            copy_database(engine, target)
    finally:
        engine.dispose()


def _head(path: Path) -> tuple[int, int]:
    """The newest journal entry and receipt number of a till.db; zeros without one."""
    if not path.exists():
        return 0, 0
    engine = open_database(path, durable=False, read_only=True)
    try:
        return _numbers(engine)
    finally:
        engine.dispose()


def _numbers(engine: Engine) -> tuple[int, int]:
    with telling_refusals(), engine.connect() as connection:
        journal = connection.exec_driver_sql("SELECT max(number) FROM journal").scalar()
        receipt = connection.exec_driver_sql("SELECT max(receipt_number) FROM sale").scalar()
    return int(journal or 0), int(receipt or 0)


def restore(source: Path, data: Path, at: datetime) -> None:
    """Put a backup in place; what was there is kept beside it under another name.

    Raises Refusal "restore_newer" when the records in place go further than the backup, so that
    no receipt is ever overwritten; damaged records, whose end can't be read, are set aside.
    """
    if not (source / NOTE).exists() or not (source / "till.db").exists():
        raise Refusal("no_backup", folder=source.name)
    there = _head(source / "till.db")
    try:
        here = _head(data / "till.db")
    except Refusal as refusal:
        if refusal.code != "database_damaged":
            raise
        here = (0, 0)
    if here > there:
        raise Refusal("restore_newer", here=here[1], there=there[1])
    for name in DATABASES:
        if (source / name).exists():
            _replace(source / name, data / name, at)


def _replace(source: Path, target: Path, at: datetime) -> None:
    fresh = target.with_suffix(".restoring")
    shutil.copyfile(source, fresh)
    aside = target.with_name(f"{target.stem}.before-restore-{at:%Y%m%d-%H%M%S}.db")
    for suffix in ("", "-wal", "-shm"):
        old = target.with_name(target.name + suffix)
        if old.exists():
            old.rename(aside.with_name(aside.name + suffix))
    fresh.rename(target)
