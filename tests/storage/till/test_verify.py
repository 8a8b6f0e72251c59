"""`verify` names each way in which records can have been tampered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.storage.till.card_triggers import CARD_TRIGGERS
from pos.storage.till.points_tables import POINTS_TRIGGERS
from pos.storage.till.triggers import TRIGGERS
from pos.storage.verify import Finding, verify
from tests.storage.till.raw import raw, tamper
from tests.support.catalogue import COFFEE
from tests.support.till import TestTill

FIRST = "(SELECT id FROM sale WHERE receipt_number = 1)"
LAST = "(SELECT id FROM sale WHERE receipt_number = 3)"


def wrong(folder: Path) -> dict[str, str]:
    """What verify finds: the check, and what was wrong."""
    return {finding.name: finding.wrong for finding in verify(folder) if not finding.ok}


def _without(receipt: str) -> tuple[str, ...]:
    return tuple(
        f"DELETE FROM {table} WHERE {column} = {receipt}"
        for table, column in (
            ("line_item", "sale"),
            ("tender", "sale"),
            ("seal", "sale"),
            ("sale", "id"),
        )
    )


def test_true_records_are_found_true(folder: Path) -> None:
    findings = {finding.name: finding for finding in verify(folder)}
    assert all(finding.ok for finding in findings.values())
    assert {name: finding.count for name, finding in findings.items()} == {
        "till_database": 0,
        "guards": len(TRIGGERS) + len(CARD_TRIGGERS) + len(POINTS_TRIGGERS),
        "journal_chain": findings["journal_chain"].count,
        "receipt_numbers": 3,
        "sales": 3,
        "sessions": 2,
        "returns": 0,
        "cards": 1,
        "points": 0,
        "orders": 0,
    }
    assert findings["journal_chain"].count > 20


def test_an_altered_journal_entry(folder: Path) -> None:
    tamper(folder, "UPDATE journal SET content = replace(content, 'Karton', 'x') || ' '")
    assert wrong(folder)["journal_chain"] == "entry_altered"


def test_an_altered_hash(folder: Path) -> None:
    tamper(folder, "UPDATE journal SET hash = upper(hash) WHERE number = 5")
    assert wrong(folder) == {"journal_chain": "entry_altered"}


@pytest.mark.parametrize("astray", ["session = 2", "kind = 'locked'", "sale = 'x'"])
def test_an_entry_no_report_would_find(folder: Path, astray: str) -> None:
    """Its content and hash are as they were: a Z would lack the receipt all the same."""
    tamper(folder, f"UPDATE journal SET {astray} WHERE kind = 'sale_closed' AND session = 1")
    assert wrong(folder)["journal_chain"] == "entry_altered"


def test_the_last_session_is_missed_too(folder: Path) -> None:
    tamper(folder, "UPDATE sequence SET value = 3 WHERE name = 'session'")
    assert wrong(folder) == {"sessions": "session_missing"}


def test_a_deleted_journal_entry(folder: Path) -> None:
    tamper(folder, "DELETE FROM journal WHERE kind = 'drawer_opened'", chained=True)
    assert wrong(folder) == {"journal_chain": "entry_missing"}


@pytest.mark.parametrize("receipt", [FIRST, LAST])
def test_a_deleted_receipt(folder: Path, receipt: str) -> None:
    tamper(folder, *_without(receipt))
    found = wrong(folder)
    assert found["receipt_numbers"] == "receipt_missing"
    assert found["sales"] == "receipt_only_in_journal"
    assert found["sessions"] == "session_differs"


def test_a_deleted_last_receipt_with_its_counter(folder: Path) -> None:
    tamper(folder, *_without(LAST), "UPDATE sequence SET value = 2 WHERE name = 'receipt'")
    assert wrong(folder) == {"sales": "receipt_only_in_journal", "sessions": "session_differs"}


def test_a_gap_in_the_numbers(folder: Path) -> None:
    tamper(folder, "UPDATE sale SET receipt_number = 4 WHERE receipt_number = 3")
    assert wrong(folder)["receipt_numbers"] == "receipt_missing"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sale SET total = total - 100 WHERE receipt_number = 1",
        f"UPDATE line_item SET name = 'Tee' WHERE sale = {FIRST} AND number = 1",
        f"UPDATE line_item SET tax_code = 'AT10' WHERE sale = {FIRST} AND number = 1",
        f"UPDATE tender SET method = 'card', is_cash = 0 WHERE sale = {FIRST}",
        "UPDATE sale SET note = 'x' WHERE receipt_number = 1",
        "UPDATE sale SET closed_at = '2026-11-20T08:00:00.000+00:00' WHERE receipt_number = 1",
        f"UPDATE seal SET data = 'x' WHERE sale = {FIRST}",
    ],
)
def test_an_altered_receipt(folder: Path, statement: str) -> None:
    tamper(folder, statement)
    assert wrong(folder)["sales"] == "receipt_differs"


def test_a_price_altered_with_its_total(folder: Path) -> None:
    tamper(
        folder,
        f"UPDATE line_item SET unit_price = '5.99' WHERE sale = {FIRST} AND number = 1",
        "UPDATE sale SET total = total - 200 WHERE receipt_number = 1",
    )
    assert wrong(folder) == {"sales": "receipt_differs", "sessions": "session_differs"}


def test_a_sale_altered_in_the_journal_too(folder: Path) -> None:
    """Whoever makes the chain fit again still meets the sums and the printed Z report."""
    tamper(
        folder,
        "UPDATE journal SET content = replace(content, '\"total\":1013', '\"total\":13')"
        " WHERE kind = 'sale_closed' AND number < 20",
        chained=True,
    )
    assert wrong(folder) == {"sales": "receipt_differs", "sessions": "session_differs"}


def test_a_receipt_told_twice(folder: Path) -> None:
    tamper(
        folder,
        "INSERT INTO journal SELECT (SELECT max(number) + 1 FROM journal), session, kind, sale,"
        " content, hash FROM journal WHERE kind = 'sale_closed' AND session = 2",
        chained=True,
    )
    assert wrong(folder) == {"sales": "receipt_twice", "sessions": "session_differs"}


def test_a_receipt_nobody_told(folder: Path) -> None:
    tamper(
        folder,
        "UPDATE journal SET kind = 'x', content = replace(content, 'sale_closed',"
        " 'locked') WHERE kind = 'sale_closed' AND session = 2",
        chained=True,
    )
    assert wrong(folder)["sales"] == "receipt_not_in_journal"


def test_a_receipt_without_seal(folder: Path) -> None:
    tamper(folder, f"DELETE FROM seal WHERE sale = {FIRST}")
    assert wrong(folder) == {"sales": "receipt_not_sealed"}


@pytest.mark.parametrize(
    "altered",
    [
        '"expected" = 1',
        '"counted" = 1',
        '"left" = 1',
        '"opening_float" = 1',
        "closed_by = 'tom'",
        "opened_at = '2026-11-20T08:00:00.000+00:00'",
        "closed_at = '2026-11-25T08:00:00.000+00:00'",
    ],
)
def test_an_altered_session(folder: Path, altered: str) -> None:
    tamper(folder, f"UPDATE session SET {altered} WHERE number = 1")
    assert wrong(folder) == {"sessions": "session_differs"}


def test_a_deleted_session(folder: Path) -> None:
    tamper(folder, "DELETE FROM session WHERE number = 1", "UPDATE sale SET session = 2")
    found = wrong(folder)
    assert found["sessions"] == "session_missing"


def test_a_lifted_guard(folder: Path) -> None:
    with raw(folder) as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_delete_refused")
    assert list(verify(folder))[1] == Finding(
        "guards", 0, "guard_missing", {"name": "journal_delete_refused"}
    )


def test_a_guard_made_harmless(folder: Path) -> None:
    with raw(folder) as connection:
        connection.exec_driver_sql("DROP TRIGGER seal_delete_refused")
        connection.exec_driver_sql(
            "CREATE TRIGGER seal_delete_refused BEFORE DELETE ON seal WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
    assert wrong(folder) == {"guards": "guard_missing"}


def test_records_that_cannot_be_read(folder: Path) -> None:
    tamper(folder, "UPDATE journal SET content = 'x' WHERE kind = 'session_opened'", chained=True)
    assert wrong(folder) == {"sales": "unreadable", "sessions": "unreadable"}


def test_a_field_of_another_kind_is_told_and_no_bug(folder: Path) -> None:
    tamper(folder, f"UPDATE line_item SET loads = '1' WHERE sale = {FIRST}")
    assert wrong(folder)["sales"] == "unreadable"


def test_a_damaged_file_ends_the_checks(folder: Path) -> None:
    path = folder / "till.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert list(verify(folder)) == [Finding("till_database", 0, "damaged")]
    path.write_bytes(b"garbage" * 4000)
    assert list(verify(folder)) == [Finding("till_database", 0, "damaged")]


def test_a_damaged_catalogue_is_told_and_the_records_are_looked_at(folder: Path) -> None:
    (folder / "catalogue.db").write_bytes(b"garbage" * 4000)
    assert wrong(folder) == {"catalogue_database": "damaged"}
    assert len(list(verify(folder))) == 11


def test_a_first_start_cut_short_has_no_records_to_look_at(tmp_path: Path) -> None:
    (tmp_path / "till.db").touch()
    assert [finding.name for finding in verify(tmp_path)] == [
        "till_database",
        "no_records",
    ]


def test_records_of_a_newer_program_are_not_judged(folder: Path) -> None:
    with raw(folder) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refusal, match="database_newer"):
        list(verify(folder))


def test_beside_a_selling_till_one_state_is_looked_at(folder: Path) -> None:
    desk = TestTill(folder)
    desk.till.sign_in("anna", "1111")
    checks = verify(folder)
    assert next(checks).ok and next(checks).ok and next(checks).ok
    desk.till.tender("cash")
    assert all(finding.ok for finding in checks)
    desk.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE customer_order SET state = 'open' WHERE number = 'A1-1'",
        "UPDATE customer_order SET state = 'in_work' WHERE number = 'A1-1'",
        "UPDATE customer_order SET sale = NULL WHERE number = 'A1-1'",
        "UPDATE customer_order SET state = 'settled' WHERE number = 'A1-2'",
        "UPDATE line_item SET goods = '{}'",
    ],
)
def test_an_order_that_went_astray_is_found(tmp_path: Path, change: str) -> None:
    """One that is settled has its receipt (T-075)."""
    desk = TestTill(tmp_path)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    for name in ("Berg", "Huber"):
        desk.till.scan(COFFEE)
        desk.till.make_order(name)
    desk.till.load_order("A1-1")
    desk.till.tender("cash")
    desk.till.load_order("A1-2")
    desk.close()
    findings = {finding.name: finding for finding in verify(tmp_path)}
    assert (findings["orders"].ok, findings["orders"].count) == (True, 2)
    tamper(tmp_path, change)
    assert wrong(tmp_path)["orders"] == "order_astray"


def test_more_back_than_was_sold_is_found(tmp_path: Path) -> None:
    """By an auditor too, where somebody lifted the trigger (W-12)."""
    desk = TestTill(tmp_path)
    desk.till.sign_in("maria", "9999")
    desk.till.open_session(Money(10000))
    desk.till.scan(COFFEE)
    desk.till.tender("cash")
    desk.till.start_return(1)
    desk.till.refund()
    desk.close()
    findings = {finding.name: finding for finding in verify(tmp_path)}
    assert (findings["returns"].ok, findings["returns"].count) == (True, 1)
    tamper(tmp_path, "UPDATE line_item SET quantity = -2000 WHERE returns IS NOT NULL")
    assert wrong(tmp_path)["returns"] == "returned_too_much"
