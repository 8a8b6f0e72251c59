"""Codes that somebody else made, read in from a table: each row is taken, or told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.money import Money
from pos.ports.sheets import Sheet, SheetRow
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.sheets import SheetFiles
from pos.storage.verify import verify
from pos.till.voucher_views import ImportView
from pos.till.vouchers.importing import PIECE
from tests.support.catalogue import COFFEE
from tests.support.till import TestTill

HEADER = "code,amount,programme,expires,customer"
KINDS = (".csv", ".xlsx")


@pytest.fixture
def manager(open_desk: TestTill) -> TestTill:
    open_desk.till.sign_in("maria", "9999")
    return open_desk


def table(folder: Path, *rows: str, header: str = HEADER, kind: str = ".csv") -> str:
    path = folder / f"foreign{kind}"
    cells = [SheetRow(line, tuple(row.split(","))) for line, row in enumerate(rows, 2)]
    SheetFiles(folder).write(path, Sheet(tuple(header.split(",")), tuple(cells)))
    return str(path)


def outcome(desk: TestTill) -> ImportView:
    """What came of the import once all of it is done."""
    while (found := desk.till.view().voucher_import) is not None and found.busy:
        desk.till.work_on()
    assert found is not None
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_foreign_codes_pay_like_our_own(manager: TestTill, tmp_path: Path, kind: str) -> None:
    """Code, value, name, last day and customer come from a table (T-130)."""
    path = table(
        tmp_path,
        "ALT-0001,25.00,gift,2026-12-31,",
        "ALT-0002,12.50,gift,,",
        "ALT-0003,40,wallet,,102",
        kind=kind,
    )
    manager.till.import_vouchers(path)
    found = outcome(manager)
    assert (found.added, found.known, found.problem_count) == (3, 0, 0)
    manager.till.scan(f"2*{COFFEE}")
    view = manager.till.redeem("alt 0001")
    assert view.last_sale is not None
    shown = manager.till.check_voucher("ALT-0001").voucher
    assert shown is not None and shown.available == Money(2500 - 1598)
    assert shown.expires is not None and shown.expires.isoformat() == "2026-12-31"
    wallet = manager.till.check_voucher("ALT-0003").voucher
    assert wallet is not None and (wallet.customer, wallet.balance) == ("102", Money(4000))
    assert all(finding.ok for finding in verify(manager.folder))


def test_the_same_table_twice_adds_nothing(manager: TestTill, tmp_path: Path) -> None:
    """(T-130)"""
    path = table(tmp_path, "ALT-0001,25.00,gift,,", "ALT-0002,10.00,gift,,")
    manager.till.import_vouchers(path)
    manager.till.scan(COFFEE)
    manager.till.redeem("ALT-0001")
    manager.till.import_vouchers(path)
    found = outcome(manager)
    assert (found.added, found.known, found.problem_count) == (0, 2, 0)
    assert Money.total(row.balance for row in manager.till.vouchers()) == Money(3500 - 799)


ROWS = {
    "A,1.00,gift,,": ("code", "code_shape"),
    ",1.00,gift,,": ("code", "import_missing"),
    "2.11612345678901E+19,1.00,gift,,": ("code", "import_rounded"),
    "CODE-1,,gift,,": ("amount", "field_unreadable"),
    "CODE-1,ten,gift,,": ("amount", "field_unreadable"),
    "CODE-1,--5,gift,,": ("amount", "field_unreadable"),
    "CODE-1,0,gift,,": ("amount", "voucher_amount_range"),
    "CODE-1,-5.00,gift,,": ("amount", "voucher_amount_range"),
    "CODE-1,1.005,gift,,": ("amount", "field_unreadable"),
    "CODE-1,1e30,gift,,": ("amount", "field_unreadable"),
    "CODE-1,99999999999999999999,gift,,": ("amount", "field_unreadable"),
    "CODE-1,500.01,gift,,": ("amount", "voucher_amount_range"),
    "CODE-1,1.00,,,": ("programme", "import_missing"),
    "CODE-1,1.00,gone,,": ("programme", "voucher_inactive"),
    "CODE-1,1.00,gift,31.12.2026,": ("expires", "field_unreadable"),
    "CODE-1,1.00,gift,2026-11-22,": ("expires", "voucher_expired"),
    "CODE-1,1.00,gift,,nobody": ("customer", "customer_unknown"),
    "CODE-1,1.00,wallet,,": ("customer", "wallet_needs_customer"),
    "TAKEN-1,9.00,gift,,": ("code", "voucher_code_used"),
    "TAKEN-1,50.00,any,,": ("code", "voucher_code_used"),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_that_can_not_be_is_told_and_the_others_come(
    manager: TestTill, tmp_path: Path, row: str
) -> None:
    """Errors are told by row and column (T-130)."""
    manager.till.issue_voucher("gift", amount=Money(5000), code="TAKEN-1")
    manager.till.tender("cash")
    column, code = ROWS[row]
    manager.till.import_vouchers(table(tmp_path, "GOOD-1,5.00,gift,,", row, "GOOD-2,5.00,gift,,"))
    found = outcome(manager)
    assert (found.added, found.problem_count) == (2, 1)
    problem = found.problems[0]
    assert (problem.line, problem.column) == (3, column)
    reading = manager.desk.voucher_import
    assert reading is not None and reading.problems[0].refusal.code == code
    for language in LANGUAGES:
        assert len(Texts(language).refusal(reading.problems[0].refusal)) > 20


def test_a_code_or_a_wallet_twice_in_one_table(manager: TestTill, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "ALT-0001,25.00,gift,,",
        "alt0001,25.00,gift,,",
        "ALT-0003,10.00,wallet,,102",
        "ALT-0004,10.00,wallet,,102",
    )
    manager.till.import_vouchers(path)
    found = outcome(manager)
    assert found.added == 2
    assert [(each.line, each.column) for each in found.problems] == [(3, "code"), (5, "customer")]


@pytest.mark.parametrize(
    "header", ["code", "amount", "code,amount,colour", "code,amount,code", "Gutschein,Wert"]
)
def test_a_table_with_other_columns_is_refused(
    manager: TestTill, tmp_path: Path, header: str
) -> None:
    row = ",".join("x" for _ in header.split(","))
    with pytest.raises(Refusal, match="import_columns"):
        manager.till.import_vouchers(table(tmp_path, row, header=header))
    assert manager.till.view().voucher_import is None


def test_a_table_of_codes_and_amounts_alone_names_its_programme_once(
    manager: TestTill, tmp_path: Path
) -> None:
    path = table(tmp_path, "ALT-0001,25.00", "ALT-0002,30.00", header="code,amount")
    manager.till.import_vouchers(path, "gift")
    assert outcome(manager).added == 2
    with pytest.raises(Refusal, match="voucher_inactive"):
        manager.till.import_vouchers(path, "gone")


def test_many_rows_come_in_pieces_and_can_be_stopped(manager: TestTill, tmp_path: Path) -> None:
    rows = [f"ALT-{number:05},5.00,gift,," for number in range(2 * PIECE + 1)]
    path = table(tmp_path, *rows)
    found = manager.till.import_vouchers(path).voucher_import
    assert found is not None and (found.at, found.busy) == (PIECE, True)
    with pytest.raises(Refusal, match="import_busy"):
        manager.till.import_vouchers(path)
    manager.till.scan(COFFEE)
    manager.till.stop_voucher_import()
    with pytest.raises(Refusal, match="generate_over"):
        manager.till.stop_voucher_import()
    manager.till.import_vouchers(path)
    found = outcome(manager)
    assert (found.added, found.known) == (PIECE + 1, PIECE)


def test_a_taxed_card_of_elsewhere_keeps_its_tax(manager: TestTill, tmp_path: Path) -> None:
    manager.till.import_vouchers(table(tmp_path, "ALT-0001,60.00,meal,,"))
    outcome(manager)
    card = manager.store.cards.card(manager.till.vouchers("meal")[0].card)
    assert (card.tax_code, card.tax_rate) == ("AT20", 2000)


def test_nobody_without_the_right_reads_codes_in(open_desk: TestTill, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="right_missing"):
        open_desk.till.import_vouchers(table(tmp_path, "ALT-0001,25.00,gift,,"))


def test_no_foreign_code_stands_in_the_records(manager: TestTill, tmp_path: Path) -> None:
    manager.till.import_vouchers(table(tmp_path, "VERY-SECRET-CODE-4711,25.00,gift,,"))
    outcome(manager)
    manager.close()
    for path in manager.folder.glob("till.db*"):
        assert b"SECRET" not in path.read_bytes()
    manager.restart()
