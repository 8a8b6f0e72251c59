"""Records of an older program are checked all the same; lost ones never pass for a new shop's."""

from __future__ import annotations

import gzip
from collections import namedtuple
from datetime import UTC, datetime
from errno import EACCES, ENOSPC
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from pos.domain.errors import Refusal
from pos.storage.backup import back_up
from pos.storage.engine import LEAST_ROOM, note_folder, telling_refusals
from pos.storage.till.code_key import FILE as KEY
from pos.storage.till.code_key import code_key
from pos.storage.till.store import TillStore
from pos.storage.verify import verify
from tests.storage.till.old_versions import FILES
from tests.storage.till.raw import tamper

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


def old(folder: Path, version: str) -> Path:
    kept = gzip.decompress((FILES / f"till-{version}.db.gz").read_bytes())
    (folder / "till.db").write_bytes(kept)
    return folder


@pytest.mark.parametrize("version", ["0001", "0004"])
def test_records_of_an_older_program_are_checked_and_left_as_they_are(
    tmp_path: Path, version: str
) -> None:
    before = old(tmp_path, version).joinpath("till.db").read_bytes()
    findings = {finding.name: finding for finding in verify(tmp_path)}
    assert all(finding.ok for finding in findings.values())
    assert findings["receipt_numbers"].count == 3
    assert (tmp_path / "till.db").read_bytes() == before


def test_what_was_altered_in_older_records_is_found(tmp_path: Path) -> None:
    tamper(old(tmp_path, "0004"), "UPDATE sale SET receipt_number = 4 WHERE receipt_number = 3")
    wrong = {finding.name for finding in verify(tmp_path) if not finding.ok}
    assert "receipt_numbers" in wrong


def test_older_records_are_told_to_who_asks_for_a_report(tmp_path: Path) -> None:
    store = TillStore(old(tmp_path, "0004") / "till.db", read_only=True)
    with pytest.raises(Refusal, match="database_older"):
        store.demand_present()
    store.close()


@pytest.mark.parametrize("content", [None, b""])
def test_lost_records_pass_neither_a_check_nor_a_backup(
    folder: Path, tmp_path: Path, content: bytes | None
) -> None:
    for path in folder.glob("till.db*"):
        path.unlink()
    if content is not None:
        (folder / "till.db").write_bytes(content)
    assert [(one.name, one.wrong) for one in verify(folder) if not one.ok] == [
        ("till_database", "missing")
    ]
    with pytest.raises(Refusal, match="records_missing"):
        back_up(folder, tmp_path / "to", NOW)
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize("content", [None, b""])
def test_a_shop_that_never_opened_has_nothing_to_copy(
    tmp_path: Path, content: bytes | None
) -> None:
    """A backup that can't be restored is none."""
    if content is not None:
        (tmp_path / "till.db").write_bytes(content)
    assert [finding.name for finding in verify(tmp_path) if finding.ok][-1] == "no_records"
    with pytest.raises(Refusal, match="records_none"):
        back_up(tmp_path, tmp_path / "to", NOW)
    with pytest.raises(Refusal, match="records_none"):
        TillStore(tmp_path / "till.db", read_only=True)


@pytest.mark.parametrize(
    ("free", "said", "code"),
    [
        (0, "disk I/O error", "disk_full"),
        (LEAST_ROOM - 1, "unable to open database file", "disk_full"),
        (LEAST_ROOM, "disk I/O error", "disk_error"),
        (LEAST_ROOM, "database or disk is full", "disk_full"),
        (0, "database disk image is malformed", "database_damaged"),
    ],
)
def test_an_error_of_a_full_disk_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str, code: str
) -> None:
    """Without room SQLite can't lay out its shared memory, and calls that an error of the disk."""
    note_folder(tmp_path / "till.db")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage(1, 1, free))
    with pytest.raises(Refusal, match=code), telling_refusals():
        raise OperationalError("SELECT 1", {}, Exception(said))


def test_a_file_that_finds_no_room_is_a_full_disk() -> None:
    with pytest.raises(Refusal, match="disk_full"), telling_refusals():
        raise OSError(ENOSPC, "No space left on device")
    with pytest.raises(PermissionError), telling_refusals():
        raise OSError(EACCES, "Permission denied")


def test_a_key_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            code_key(tmp_path)
    assert not (tmp_path / KEY).exists()
    assert code_key(tmp_path).secret == (tmp_path / KEY).read_bytes()
