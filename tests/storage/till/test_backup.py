"""Backups taken while the till sells, and brought back without overwriting a receipt."""

from __future__ import annotations

import json
import secrets
import shutil
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.domain.stored_value.codes import CodeKey
from pos.storage.backup import back_up, restore
from pos.storage.engine import open_database
from pos.storage.till.code_key import code_key
from pos.storage.verify import verify
from tests.support.catalogue import MILK
from tests.support.till import TestTill

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def receipts(folder: Path) -> int:
    desk = TestTill(folder)
    try:
        return len(desk.store.receipt_numbers())
    finally:
        desk.close()


def sell(folder: Path, who: str = "anna", pin: str = "1111") -> None:
    desk = TestTill(folder)
    desk.till.sign_in(who, pin)
    if desk.till.view().session is None:
        desk.till.open_session()
    if desk.till.view().sale is None:
        desk.till.scan(MILK)
    desk.till.tender("cash")
    desk.close()


def test_a_backup_is_named_after_its_time_and_says_how_far_it_goes(
    folder: Path, tmp_path: Path
) -> None:
    made = back_up(folder, tmp_path / "to", NOW)
    assert made == tmp_path / "to" / "kassa-20261123-200000"
    note = json.loads((made / "backup.json").read_text(encoding="utf-8"))
    assert (note["receipt"], note["at"]) == (3, "2026-11-23T20:00:00+00:00")
    assert all(finding.ok for finding in verify(made))


def test_the_cards_of_a_restored_till_are_printed_and_pay(tmp_path: Path) -> None:
    """What is needed to restore cards is in it: ledger, key, and nothing anybody else can read."""
    shop = tmp_path / "shop"
    shop.mkdir()
    desk = TestTill(shop)
    desk.desk.code_key = code_key(shop)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session()
    desk.till.issue_voucher("gift", amount=Money(5000))
    desk.till.tender("cash")
    card = desk.till.vouchers()[0].card
    view = desk.till.show_voucher_code(card)
    assert view.voucher is not None
    code = view.voucher.code
    desk.close()
    made = back_up(shop, tmp_path / "to", NOW)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE((made / "voucher.key").stat().st_mode) == 0o600

    other = tmp_path / "new machine"
    other.mkdir()
    stranger = code_key(other).name
    restore(made, other, LATER)
    assert stat.S_IMODE((other / "voucher.key").stat().st_mode) == 0o600
    kept = list(other.glob("voucher.before-restore-*.key"))
    assert [CodeKey(path.read_bytes(), secrets.token_bytes).name for path in kept] == [stranger]
    desk = TestTill(other)
    desk.desk.code_key = code_key(other)
    desk.till.sign_in("maria", "9999")
    shown = desk.till.show_voucher_code(card).voucher
    assert shown is not None and shown.code == code
    desk.till.scan(MILK)
    assert desk.till.redeem(code).last_sale is not None
    desk.close()
    assert all(finding.ok for finding in verify(other))


def test_a_backup_from_before_there_was_a_key_leaves_the_one_in_place(
    folder: Path, tmp_path: Path
) -> None:
    made = back_up(folder, tmp_path / "to", NOW)
    assert not (made / "voucher.key").exists()
    before = code_key(folder).name
    restore(made, folder, LATER)
    assert code_key(folder).name == before


def test_both_databases_are_in_it(folder: Path, tmp_path: Path) -> None:
    engine = open_database(folder / "catalogue.db", durable=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE goods (name TEXT)")
    engine.dispose()
    made = back_up(folder, tmp_path / "to", NOW)
    assert {path.name for path in made.iterdir()} == {"till.db", "catalogue.db", "backup.json"}


def test_a_backup_while_selling_is_whole(folder: Path, tmp_path: Path) -> None:
    desk = TestTill(folder)
    desk.till.sign_in("anna", "1111")
    desk.till.tender("cash")
    done = threading.Event()
    made: list[Path] = []

    def copy_all_the_time() -> None:
        minute = 0
        while not done.is_set() or not made:
            made.append(back_up(folder, tmp_path / "to", NOW.replace(minute=minute)))
            minute += 1

    copying = threading.Thread(target=copy_all_the_time)
    copying.start()
    for _ in range(20):
        desk.till.scan(MILK)
        desk.till.tender("cash")
    done.set()
    copying.join()
    desk.close()
    numbers = []
    for folder_made in made:
        assert all(finding.ok for finding in verify(folder_made))
        numbers.append(json.loads((folder_made / "backup.json").read_text())["receipt"])
    assert numbers == sorted(numbers)


def test_a_backup_comes_back_where_the_records_are_gone(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path / "to", NOW)
    (tmp_path / "new").mkdir()
    restore(made, tmp_path / "new", NOW)
    assert receipts(tmp_path / "new") == 3
    sell(tmp_path / "new")
    assert receipts(tmp_path / "new") == 4
    assert all(finding.ok for finding in verify(tmp_path / "new"))


def test_a_restore_keeps_what_was_there(folder: Path, tmp_path: Path) -> None:
    sell(folder)
    made = back_up(folder, tmp_path / "to", NOW)
    restore(made, folder, LATER)
    aside = tmp_path / "aside"
    aside.mkdir()
    (folder / "till.before-restore-20261124-200000.db").rename(aside / "till.db")
    assert all(finding.ok for finding in verify(aside))
    assert receipts(aside) == receipts(folder) == 4


def test_newer_receipts_are_never_overwritten(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path / "to", NOW)
    sell(folder)
    before = (folder / "till.db").read_bytes()
    with pytest.raises(Refusal) as refused:
        restore(made, folder, LATER)
    assert refused.value.code == "restore_newer"
    assert dict(refused.value.values) == {"here": 4, "there": 3}
    assert (folder / "till.db").read_bytes() == before


def test_records_still_in_the_log_count_too(folder: Path, tmp_path: Path) -> None:
    """Killed, a till leaves its newest receipts in the file beside till.db."""
    made = back_up(folder, tmp_path / "to", NOW)
    desk = TestTill(folder)
    desk.till.sign_in("anna", "1111")
    desk.till.tender("cash")
    killed = Path(shutil.copytree(folder, tmp_path / "killed"))
    desk.close()
    assert (killed / "till.db-wal").stat().st_size
    with pytest.raises(Refusal, match="restore_newer"):
        restore(made, killed, LATER)


def test_another_tills_records_are_never_overwritten(folder: Path, tmp_path: Path) -> None:
    sell(folder)
    made = back_up(folder, tmp_path / "to", NOW)
    other = tmp_path / "other"
    other.mkdir()
    sell(other)
    with pytest.raises(Refusal, match="restore_other"):
        restore(made, other, LATER)
    assert receipts(other) == 1


def test_two_ways_of_going_on_are_told_apart(folder: Path, tmp_path: Path) -> None:
    """Once restored and sold on, the receipts after the backup exist twice with other content."""
    made = back_up(folder, tmp_path / "to", NOW)
    twin = tmp_path / "twin"
    twin.mkdir()
    restore(made, twin, NOW)
    sell(twin, "maria", "9999")
    sell(twin)
    sell(folder)
    further = back_up(twin, tmp_path / "to", LATER)
    with pytest.raises(Refusal, match="restore_other"):
        restore(further, folder, LATER)


def test_damaged_records_are_set_aside(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path / "to", NOW)
    (folder / "till.db").write_bytes(b"garbage" * 4000)
    restore(made, folder, LATER)
    assert receipts(folder) == 3
    aside = folder / "till.before-restore-20261124-200000.db"
    assert aside.read_bytes().startswith(b"garbage")


def test_a_log_of_damaged_records_is_not_read_into_the_backup(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path / "to", NOW)
    desk = TestTill(folder)
    desk.till.sign_in("anna", "1111")
    desk.till.tender("cash")
    killed = Path(shutil.copytree(folder, tmp_path / "killed"))
    desk.close()
    (killed / "till.db").write_bytes(b"garbage" * 4000)
    restore(made, killed, LATER)
    assert receipts(killed) == 3
    assert all(finding.ok for finding in verify(killed))


def test_a_restore_cut_short_leaves_the_old_records(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(folder, tmp_path / "to", NOW)

    def power_cut(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", power_cut)
        with pytest.raises(KeyboardInterrupt):
            restore(made, folder, LATER)
    assert receipts(folder) == 3
    assert all(finding.ok for finding in verify(folder))


def test_a_folder_that_is_no_backup_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no_backup"):
        restore(tmp_path, folder, NOW)


@pytest.mark.parametrize("file", ["till.db", "catalogue.db"])
@pytest.mark.parametrize("keeps", [0, 40_000])
def test_for_a_damaged_backup_nothing_makes_way(
    folder: Path, tmp_path: Path, file: str, keeps: int
) -> None:
    (folder / "catalogue.db").write_bytes((folder / "till.db").read_bytes())
    made = back_up(folder, tmp_path / "to", NOW)
    (made / file).write_bytes((made / file).read_bytes()[:keeps])
    there = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    with pytest.raises(Refusal, match="backup_damaged"):
        restore(made, folder, LATER)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == there


def test_a_backup_is_never_overwritten(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "to", NOW)
    with pytest.raises(Refusal, match="backup_exists"):
        back_up(folder, tmp_path / "to", NOW)


def test_a_backup_that_cannot_be_written_says_why(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="backup_failed"):
        back_up(folder, tmp_path / "file", NOW)


def test_what_was_copied_of_a_backup_that_fails_takes_no_room(folder: Path, tmp_path: Path) -> None:
    (folder / "catalogue.db").write_bytes(b"garbage" * 999)
    with pytest.raises(Refusal, match="database_damaged"):
        back_up(folder, tmp_path / "to", NOW)
    assert list((tmp_path / "to").iterdir()) == []


def test_a_backup_cut_short_is_no_backup(folder: Path, tmp_path: Path) -> None:
    partial = tmp_path / "to" / "kassa-20261123-200000.partial"
    partial.mkdir(parents=True)
    (partial / "till.db").write_bytes(b"half")
    with pytest.raises(Refusal, match="no_backup"):
        restore(partial, folder, NOW)
    assert back_up(folder, tmp_path / "to", NOW).exists()
    assert not partial.exists()


@pytest.mark.parametrize("name", ["Kassa #1", "100 %", "a?b=c", "Büro & Lager", "x%20y", ";x"])
def test_folders_may_have_any_name(tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    data.mkdir()
    sell(data)
    made = back_up(data, tmp_path / f"to {name}", NOW)
    assert all(finding.ok for finding in verify(made))
    assert all(finding.ok for finding in verify(data))
    restore(made, data, LATER)
    assert receipts(data) == 1
