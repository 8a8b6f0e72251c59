"""Copies of both databases, taken while the till sells, and brought back with care."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pos.domain.errors import Refusal
from pos.storage.engine import copy_database, fold_in, open_database, sync, telling_refusals
from pos.storage.quick_check import QuickCheck
from pos.storage.till.code_key import FILE as KEY
from pos.storage.till.store import TillStore

DATABASES = ("till.db", "catalogue.db")
NOTE = "backup.json"


def back_up(data: Path, target: Path, at: datetime) -> Path:
    """Copy both databases and the key of the vouchers into a new folder below `target`; returns it.

    The copies are whole and consistent, whatever the till does meanwhile. With the key the codes of
    vouchers can be made, so the folder is for this user alone. Raises Refusal "records_missing"
    where the records were lost, and "records_none" where nothing was ever recorded.
    """
    _demand_records(data / "till.db")
    folder = target / at.strftime("kassa-%Y%m%d-%H%M%S")
    if folder.exists():
        raise Refusal("backup_exists", target=folder.name)
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        partial.chmod(0o700)
        for name in DATABASES:
            if (data / name).exists():
                _copy(data / name, partial / name)
        if (data / KEY).exists():
            _copy_key(data / KEY, partial / KEY)
        head = _head(partial / "till.db")
        note = {
            "at": at.isoformat(timespec="seconds"),
            "journal": head.journal,
            "receipt": head.receipt,
        }
        (partial / NOTE).write_text(json.dumps(note, indent=1), encoding="utf-8")
        partial.rename(folder)
    except OSError as error:
        raise Refusal("backup_failed", reason=error.strerror or str(error)) from error
    finally:
        # What isn't whole is no backup, and on a full disk its room is wanted.
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _demand_records(path: Path) -> None:
    store = TillStore(path, read_only=True)
    try:
        if store.version() is None:
            raise Refusal("records_none")
    finally:
        store.close()


def _copy(source: Path, target: Path) -> None:
    engine = open_database(source, durable=False, read_only=True)
    try:
        with telling_refusals():
            copy_database(engine, target)
    finally:
        engine.dispose()


def _copy_key(source: Path, target: Path) -> None:
    """Copy the key into a file nobody else can read, not even while it is written."""
    target.touch(mode=0o600)
    target.write_bytes(source.read_bytes())
    sync(target)


class _Head(NamedTuple):
    """How far the records of a till.db go."""

    journal: int
    receipt: int
    hash: str


_NOTHING = _Head(0, 0, "")


def _head(path: Path) -> _Head:
    """The newest journal entry and receipt number of a till.db."""
    if not path.exists():
        return _NOTHING
    store = TillStore(path, read_only=True)
    try:
        if store.version() is None:
            return _NOTHING
        last = store.last_entry()
        number, chained = (last.number, last.hash) if last else (0, "")
        return _Head(number, max(store.receipt_numbers(), default=0), chained)
    finally:
        store.close()


def restore(source: Path, data: Path, at: datetime) -> None:
    """Put a backup in place; what was there is kept beside it under another name.

    Raises Refusal "restore_newer" when the records in place go further than the backup, and
    "restore_other" when they are not the beginning of it, so that no receipt is ever overwritten.
    Damaged records, whose end can't be read, are set aside; for a backup that is damaged itself
    nothing is touched: "backup_damaged".
    """
    if not (source / NOTE).exists() or not (source / "till.db").exists():
        raise Refusal("no_backup", folder=source.name)
    for name in DATABASES:
        _demand_whole(source / name)
    try:
        here = _head(data / "till.db")
    except Refusal as refusal:
        if refusal.code != "database_damaged":
            raise
        here = _NOTHING
    _demand_continued(here, source / "till.db")
    if (source / KEY).exists():
        _restore_key(source / KEY, data / KEY, at)
    for name in DATABASES:
        if (source / name).exists():
            _replace(source / name, data / name, at)


def _demand_whole(copy: Path) -> None:
    """Look at every page before anything makes way for it: disks and transfers lose some."""
    if copy.exists() and (copy.stat().st_size == 0 or QuickCheck(copy).whole() is False):
        raise Refusal("backup_damaged", folder=copy.parent.name, file=copy.name)


def _restore_key(source: Path, target: Path, at: datetime) -> None:
    """Put the key in place before the records that need it; another one is kept beside it."""
    if target.exists() and target.read_bytes() == source.read_bytes():
        return
    if target.exists():
        target.rename(target.with_name(f"{target.stem}.before-restore-{at:%Y%m%d-%H%M%S}.key"))
    fresh = target.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    _copy_key(source, fresh)
    fresh.replace(target)


def _demand_continued(here: _Head, backup: Path) -> None:
    """Refuse a backup that doesn't hold every entry that is here."""
    there = _head(backup)
    if here.journal > there.journal or here.receipt > there.receipt:
        raise Refusal("restore_newer", here=here.receipt, there=there.receipt)
    store = TillStore(backup, read_only=True)
    try:
        entry = store.entry(here.journal)
        if here.journal and (entry is None or entry.hash != here.hash):
            raise Refusal("restore_other")
    finally:
        store.close()


def _replace(source: Path, target: Path, at: datetime) -> None:
    """Put a copy of `source` in the place of `target` in one step, so that a power cut leaves
    either: a till without its records would begin anew at receipt 1.
    """
    fresh = target.with_suffix(".restoring")
    shutil.copyfile(source, fresh)
    sync(fresh)
    if target.exists():
        _set_aside(target, target.with_name(f"{target.stem}.before-restore-{at:%Y%m%d-%H%M%S}.db"))
    fresh.replace(target)
    sync(target.parent)


def _set_aside(target: Path, aside: Path) -> None:
    """Keep a copy under another name, with nothing left beside the file that belongs to it."""
    try:
        fold_in(target)
    except Refusal as refusal:
        if refusal.code != "database_damaged":
            raise
    shutil.copyfile(target, aside)
    sync(aside)
    for suffix in ("-wal", "-shm"):
        old = target.with_name(target.name + suffix)
        if old.exists():
            old.rename(aside.with_name(aside.name + suffix))
