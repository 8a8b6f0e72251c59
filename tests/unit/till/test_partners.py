"""The table of partnerships, out to a spreadsheet and back (OXOMI-10)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pos.domain.display_prices import Agreement, PriceKind, Show, Surface, SurfaceSetting
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.ports.partners import Partnership
from pos.ports.sheets import Sheet, SheetRow
from pos.storage.sheets import SheetFiles
from tests.support.catalogue import MemoryCatalogue
from tests.support.till import TestTill

RRP, NET, AGREED = (PriceKind.RRP_GROSS, PriceKind.RRP_NET, PriceKind.CUSTOMER)
ALL = Agreement(kept=True, shared=True, received=True)
ROWS = (
    Partnership("acme", "Acme", "uvp", "UVP", RRP, ALL),
    Partnership("acme", "Acme", "netto", "Netto", NET, Agreement(kept=True, shared=True)),
    Partnership("bolt", "Bolt", "uvp", "UVP", RRP, Agreement(kept=True)),
    Partnership("bolt", "Bolt", "kunde", "Kunde", AGREED, Agreement()),
)


@pytest.fixture
def manager(desk: TestTill) -> TestTill:
    catalogue_of(desk).partners = ROWS
    desk.till.sign_in("maria", "9999")
    return desk


def catalogue_of(desk: TestTill) -> MemoryCatalogue:
    catalogue = desk.desk.catalogue
    assert isinstance(catalogue, MemoryCatalogue)
    return catalogue


def received(desk: TestTill) -> dict[tuple[str, str], bool]:
    return {row.key: row.agreement.received for row in desk.till.partners().rows}


def edited(desk: TestTill, name: str, *changes: tuple[int, str, str]) -> None:
    """Change cells of an exported file: line, column, new text."""
    files = SheetFiles(desk.folder)
    sheet = files.read(desk.folder / name)
    header = sheet.header
    rows = []
    for row in sheet.rows:
        cells = dict(zip(header, row.cells, strict=True))
        cells.update({column: text for line, column, text in changes if line == row.line})
        rows.append(SheetRow(row.line, tuple(cells[column] for column in header)))
    files.write(desk.folder / name, Sheet(header, tuple(rows)))


@pytest.mark.parametrize("name", ["partner.csv", "partner.xlsx"])
def test_export_change_one_type_import_changes_one_partnership(
    manager: TestTill, name: str
) -> None:
    before = received(manager)
    manager.till.export_partners(name)
    edited(manager, name, (3, "received", "1"))
    manager.till.import_partners(name)
    done = manager.till.partners().last_import
    assert done is not None and (done.file, done.read, done.changed) == (name, 4, 1)
    assert received(manager) == {**before, ("acme", "netto"): True}
    # The row of a kind that never shows is told each time: nobody may take it.
    assert [problem.line for problem in done.problems] == [5]


def test_each_bad_row_is_told_with_its_reason_and_the_others_count(manager: TestTill) -> None:
    header = ("supplier", "type", "kept", "shared", "received")
    rows = (
        ("acme", "uvp", "1", "1", "0"),
        ("acme", "", "1", "1", "1"),
        ("nobody", "uvp", "0", "0", "1"),
        ("acme", "list", "0", "0", "1"),
        ("bolt", "uvp", "1", "1", "1"),
        ("bolt", "kunde", "0", "0", "1"),
        ("acme", "netto", "1", "1", "perhaps"),
        ("acme", "uvp", "1", "1", "1"),
        ("acme", "netto", "1", "1", ""),
    )
    sheet = Sheet(header, tuple(SheetRow(line, row) for line, row in enumerate(rows, 2)))
    SheetFiles(manager.folder).write(manager.folder / "p.csv", sheet)
    manager.till.import_partners("p.csv")
    done = manager.till.partners().last_import
    assert done is not None and (done.read, done.changed) == (9, 1)
    assert [(one.line, one.column) for one in done.problems] == [
        (3, "type"),
        (4, "supplier"),
        (5, "type"),
        (6, "shared"),
        (7, "type"),
        (8, "received"),
        (9, "supplier"),
        (10, "received"),
    ]
    assert all(one.text for one in done.problems)
    assert received(manager)["acme", "uvp"] is False


def test_the_maker_s_side_is_not_ours_to_change(manager: TestTill) -> None:
    """(OXOMI-15)"""
    manager.till.export_partners("p.csv")
    edited(manager, "p.csv", (4, "shared", "1"), (4, "received", "1"))
    manager.till.import_partners("p.csv")
    assert received(manager)["bolt", "uvp"] is False


def test_a_file_without_a_needed_column_changes_nothing(manager: TestTill) -> None:
    (manager.folder / "p.csv").write_text("supplier,type\nacme,uvp\n", encoding="utf-8")
    with pytest.raises(Refusal, match="sheet_column"):
        manager.till.import_partners("p.csv")
    with pytest.raises(Refusal, match="sheet_missing"):
        manager.till.import_partners("q.xlsx")
    assert manager.till.partners().last_import is None


def test_one_touch_takes_a_price_or_takes_it_no_longer(manager: TestTill) -> None:
    """(OXOMI-15)"""
    manager.till.receive_prices("acme", "uvp", False)
    assert received(manager)["acme", "uvp"] is False
    entry = manager.store.last_entry()
    assert entry is not None and entry.entry.kind is Kind.PARTNERS_CHANGED
    assert entry.entry.data["rows"] == [
        {"supplier": "acme", "type": "uvp", "received": False, "before": True}
    ]
    assert manager.store.parcels_waiting() == 1, "the back office is told"
    with pytest.raises(Refusal, match="no_such_partner"):
        manager.till.receive_prices("acme", "list", True)


def test_who_may_not_change_settings_sees_none_of_it(open_desk: TestTill) -> None:
    till = open_desk.till
    with pytest.raises(Refusal, match="right_missing"):
        till.partners()
    with pytest.raises(Refusal, match="right_missing"):
        till.export_partners("p.csv")
    with pytest.raises(Refusal, match="right_missing"):
        till.import_partners("p.csv")
    with pytest.raises(Refusal, match="right_missing"):
        till.receive_prices("acme", "uvp", True)


def test_surfaces_are_told_with_the_level_that_counts(manager: TestTill) -> None:
    setting = SurfaceSetting(Surface.CASHIER, Show.OWN, "uvp")
    catalogue_of(manager).shown_where = (
        (setting, "UVP"),
        (replace(setting, surface=Surface.DISPLAY), "UVP"),
    )
    shown = manager.till.partners().surfaces
    assert [(each.surface, each.level) for each in shown] == [
        ("cashier", "retail"),
        ("display", "consumer"),
    ]
