"""When the machine fails: a clear text, nothing lost, and the till goes on where it can."""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.storage.engine import open_database
from pos.storage.lock import lock_folder
from pos.storage.verify import verify
from tests.support.catalogue import COFFEE, MILK
from tests.system.program import OPEN, SIGN_IN, facts, play, pos

SCAN = {"do": "scan", "code": MILK}
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


@pytest.fixture
def selling(data: Path) -> Path:
    """A folder with a receipt and an open sale over 1.59."""
    sale = [{"do": "scan", "code": COFFEE}, {"do": "tender", "method": "cash"}, SCAN]
    assert play(data, SIGN_IN, OPEN, *sale).returncode == 0
    return data


@pytest.fixture
def protected(selling: Path) -> Iterator[Path]:
    """That folder, with nothing in it to be written."""
    for path in selling.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    selling.chmod(0o555)
    yield selling
    selling.chmod(0o755)


def whole(data: Path) -> bool:
    return all(finding.ok for finding in verify(data))


@pytest.mark.parametrize("arguments", [("restore", "."), ("play",)])
def test_two_programs_on_one_folder(
    selling: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    lock = lock_folder(selling)
    story = (tmp_path / "story.json",) if arguments == ("play",) else ()
    done = pos(*arguments, *story, "--data", selling)
    lock.release()
    assert done.returncode == 3
    assert done.stderr.strip() == "A till is running on this data folder. Please use its window."
    assert pos("report", "x", "--data", selling).returncode == 0


def test_looking_and_copying_go_beside_a_running_till(selling: Path, tmp_path: Path) -> None:
    lock = lock_folder(selling)
    assert pos("verify", "--data", selling).returncode == 0
    assert pos("report", "x", "--data", selling).returncode == 0
    assert pos("backup", tmp_path / "to", "--data", selling).returncode == 0
    lock.release()


def test_a_full_disk_books_nothing_and_the_till_goes_on(selling: Path) -> None:
    """No file may grow beyond what till.db needs: what a full disk does to a write."""
    size = sum(path.stat().st_size for path in selling.glob("till.db*"))
    note = {"do": "set_note", "text": "x" * 500}
    full = play(
        selling,
        SIGN_IN,
        *[note] * 300,
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert full.returncode == 1, full.stderr
    refused = [fact["refused"] for fact in facts(full) if not fact["ok"]]
    assert refused and set(refused) <= {"disk_full", "disk_error"}
    assert whole(selling)
    done = play(
        selling,
        {"do": "expect", "sale": {"total": "1.59"}, "session": {"sales": 1}},
        SIGN_IN,
        {"do": "tender", "method": "cash"},
        {"do": "expect", "last_sale": {"number": 2, "total": "1.59"}},
    )
    assert done.returncode == 0, done.stdout
    assert whole(selling)


def obey_permissions() -> None:
    """Root may write whatever the permissions say, unless it gives that right up."""
    if os.getuid() == 0:
        refused = ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
        assert not refused


def test_a_read_only_folder_is_told(protected: Path) -> None:
    done = play(protected, SIGN_IN, before=obey_permissions)
    assert done.returncode == 3, done.stdout
    assert done.stderr.startswith("The data folder is write-protected.")


@pytest.mark.parametrize("keep", [5_000, 20_000])
def test_a_damaged_database_is_told_and_restored(selling: Path, tmp_path: Path, keep: int) -> None:
    (tmp_path / "to").mkdir()
    assert pos("backup", tmp_path / "to", "--data", selling).returncode == 0
    (backup,) = (tmp_path / "to").iterdir()
    path = selling / "till.db"
    path.write_bytes(path.read_bytes()[:keep])
    for suffix in ("-wal", "-shm"):
        path.with_name(f"till.db{suffix}").unlink(missing_ok=True)
    refused = pos("report", "x", "--data", selling)
    assert refused.returncode == 3
    assert "records are damaged. Nothing is overwritten." in refused.stderr
    checked = pos("verify", "--data", selling)
    assert checked.returncode == 1
    assert "WRONG  till database: the file is damaged" in checked.stdout
    assert pos("restore", backup, "--data", selling).returncode == 0
    done = play(selling, SIGN_IN, {"do": "expect", "sale": {"total": "1.59"}})
    assert done.returncode == 0, done.stdout


def test_flipped_bytes_are_found(selling: Path) -> None:
    path = selling / "till.db"
    content = bytearray(path.read_bytes())
    at = content.index(b"Kaffee gemahlen")
    content[at : at + 6] = b"Zucker"
    path.write_bytes(content)
    checked = pos("verify", "--data", selling)
    assert checked.returncode == 1
    assert "WRONG" in checked.stdout


def test_lost_records_are_not_begun_anew(selling: Path) -> None:
    (selling / "till.db").unlink()
    for refused in (pos("report", "x", "--data", selling), play(selling, SIGN_IN)):
        assert refused.returncode == 3
        assert "records are missing" in refused.stderr
    assert not (selling / "till.db").exists()


def test_records_of_a_newer_program_are_left_alone(selling: Path) -> None:
    engine = open_database(selling / "till.db", durable=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    engine.dispose()
    for command in ("report x", "verify"):
        refused = pos(*command.split(), "--data", selling)
        assert refused.returncode == 3
        assert "come from a newer version (0999" in refused.stderr


def test_a_clock_moved_back_sells_on_and_is_written_down(selling: Path) -> None:
    done = play(
        selling,
        {"do": "expect", "clock_behind": True},
        SIGN_IN,
        {"do": "tender", "method": "cash"},
        {"do": "expect", "last_sale": {"number": 2, "closed_at": "2026-11-23T09:00:00+01:00"}},
        {"do": "close_session", "counted": "109.58"},
        clock="2026-11-23T05:00:00+01:00",
    )
    assert done.returncode == 0, done.stdout
    assert whole(selling)


@pytest.mark.parametrize("code", ["x" * 10_000, "\u0000\u001b\ufffd", "9" * 256, " ", "*", "1*"])
def test_noise_from_a_scanner_rings_nothing_up(selling: Path, code: str) -> None:
    done = play(
        selling,
        SIGN_IN,
        {"do": "scan", "code": code},
        {"do": "expect", "sale": {"total": "1.59"}},
        SCAN,
        {"do": "expect", "sale": {"total": "3.18"}},
    )
    assert done.returncode == 0, done.stdout


def test_broken_settings_name_the_file_and_the_key(selling: Path) -> None:
    for text, said in (("till = ", "till.toml"), ("printr = []", "printer")):
        (selling / "till.toml").write_text(text)
        refused = pos("report", "x", "--data", selling)
        assert refused.returncode == 3
        assert said in refused.stderr


def test_a_bug_is_4_and_in_the_crash_log(selling: Path) -> None:
    """A rounding that nobody could have chosen stands for whatever we didn't think of."""
    engine = open_database(selling / "till.db", durable=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sale SET rounding = 'oddly' WHERE state = 'open'")
    engine.dispose()
    done = play(selling, SIGN_IN)
    assert done.returncode == 4
    assert "A mistake in the program: ValueError" in done.stderr
    assert "Traceback" in (selling / "crash.log").read_text(encoding="utf-8")
