"""Codes as a table: by whom, of which cards, and what a spreadsheet makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.operator import Right
from pos.runtime.texts import LANGUAGES, Texts
from pos.storage.sheets import SheetFiles
from pos.till.vouchers.revealing import PAGE
from pos.till.vouchers.sharing import COLUMNS, CodeList
from tests.support.catalogue import MemoryCatalogue
from tests.support.till import TestTill


@pytest.fixture
def manager(open_desk: TestTill) -> TestTill:
    open_desk.till.sign_in("maria", "9999")
    return open_desk


def whole(desk: TestTill, programme: str = "", run: str = "") -> CodeList:
    """All pages."""
    found = desk.till.code_list(programme, run)
    while found.more:
        found = found.joined(desk.till.code_list(programme, run, found.more))
    return found


def shared(desk: TestTill) -> list[dict[str, object]]:
    """What the journal says of it."""
    links = list(desk.store.journal())
    return [dict(one.entry.data) for one in links if one.entry.kind is Kind.CODES_SHARED]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_card_stands_in_the_table_with_what_is_on_it(
    manager: TestTill, tmp_path: Path, kind: str
) -> None:
    """Share (ETRON-43): the codes of a generation pay, and nobody else's are among them."""
    manager.till.generate_vouchers("gift", 3, Money(2500))
    manager.clock.wait(minutes=1)
    manager.till.generate_for_customers("wallet", amount=Money(1000))
    run = manager.till.card_runs()[0].run
    count = len(manager.till.vouchers(run=run))
    path = whole(manager, run=run).write(tmp_path / "private" / f"codes.{kind}")
    table = SheetFiles(tmp_path).read(path)
    assert table.header == COLUMNS and len(table.rows) == count
    for row in table.rows:
        cells = dict(zip(COLUMNS, row.cells, strict=True))
        view = manager.till.check_voucher(cells["code"])
        assert view.voucher is not None and view.voucher.balance == Money(1000)
        assert (cells["programme"], cells["name"]) == ("wallet", "Wallet")
        assert (cells["balance"], cells["currency"]) == ("10.00", "EUR")
        assert cells["customer"] == view.voucher.customer
        assert cells["owner"] == view.voucher.customer_name
    assert path.parent.stat().st_mode & 0o077 == 0


def test_each_page_that_leaves_is_journalled(manager: TestTill) -> None:
    manager.till.generate_vouchers("gift", PAGE + 1, Money(1000))
    manager.till.work_on()
    found = whole(manager, "gift")
    assert found.count == PAGE + 1 and len({row[0] for row in found.rows}) == PAGE + 1
    assert [entry["count"] for entry in shared(manager)] == [PAGE, 1]
    assert not any(row[0] in str(shared(manager)) for row in found.rows)


def test_nobody_without_the_right_gets_a_code(manager: TestTill) -> None:
    manager.till.generate_vouchers("gift", 1, Money(1000))
    operator = manager.desk.operator
    assert operator is not None
    manager.desk.operator = replace(operator, rights=operator.rights - {Right.CODES})
    with pytest.raises(Refusal, match="right_missing"):
        manager.till.code_list("gift")
    assert shared(manager) == []


def test_foreign_codes_are_not_known_to_the_till(manager: TestTill, tmp_path: Path) -> None:
    manager.till.issue_voucher("gift", amount=Money(5000), code="PLASTIC-1")
    manager.till.tender("cash")
    with pytest.raises(Refusal, match="voucher_nothing_to_share") as refused:
        whole(manager, "gift").write(tmp_path / "codes.csv")
    assert shared(manager) == []
    for language in LANGUAGES:
        assert len(Texts(language).refusal(refused.value)) > 20


def test_no_cell_is_run_as_a_formula(manager: TestTill, tmp_path: Path) -> None:
    """A programme may be called anything; a spreadsheet must not obey it."""
    catalogue = manager.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    names = ("=1+1", "+SUM(A1)", "-2+3", "@A1", "\t=1+1", "\r=1+1")
    first, *others = catalogue.stored_value
    for place, name in enumerate(names):
        catalogue.stored_value = (replace(first, name=name), *others)
        manager.clock.wait(minutes=1)
        manager.till.generate_vouchers("gift", 1, Money(1000))
        run = manager.till.card_runs()[0].run
        path = whole(manager, run=run).write(tmp_path / f"{place}.csv")
        cell = path.read_text("utf-8-sig").split(";")[len(COLUMNS) + 1]
        assert cell.lstrip('"').startswith("'")


def test_what_is_shared_can_not_be_read_in_as_new_money(manager: TestTill, tmp_path: Path) -> None:
    manager.till.generate_vouchers("gift", 2, Money(1000))
    path = whole(manager, "gift").write(tmp_path / "codes.csv")
    with pytest.raises(Refusal, match="import_columns"):
        manager.till.import_vouchers(str(path))
