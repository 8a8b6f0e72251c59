"""Tables as people send them: CSV and XLSX say the same, and bad files do no harm."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from pos.domain.errors import Refusal
from pos.ports.sheets import Sheet, SheetRow
from pos.storage.sheets import LARGEST, SheetFiles

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC).replace(tzinfo=None)
"""Spreadsheets know no zones."""

TABLE = Sheet(
    ("number", "name", "amount"),
    (
        SheetRow(2, ("1", "Müller; & „Söhne“", "-5.00")),
        SheetRow(3, ("0042", "=1+1", "12.90")),
        SheetRow(4, ("3", "", "")),
    ),
)


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx", "TABLE.XLSX"])
def test_what_was_written_is_read_again(tmp_path: Path, name: str) -> None:
    files, path = SheetFiles(tmp_path), tmp_path / "new" / name
    files.write(path, TABLE)
    assert files.read(path) == TABLE
    files.write(path, Sheet(("a",)))
    assert files.read(path) == Sheet(("a",))
    assert [each.name for each in path.parent.iterdir()] == [name]


def test_no_cell_of_a_csv_runs_as_a_formula(tmp_path: Path) -> None:
    SheetFiles(tmp_path).write(tmp_path / "table.csv", TABLE)
    text = (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    assert "0042;'=1+1;12.90" in text
    assert ";-5.00" in text


def test_cells_of_a_spreadsheet_become_the_text_they_show(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["code", "rate", "day", "at", "on", None])
    page.append([9001234567894, 12.5, date(2026, 11, 23), NINE, True, None])
    page.append([None, None, None, None, None, None])
    page.append([1.0, None, None, None, None, "beyond the last column"])
    book.create_sheet().append(["another sheet"])
    book.save(tmp_path / "table.xlsx")
    sheet = SheetFiles(tmp_path).read(tmp_path / "table.xlsx")
    assert sheet.header == ("code", "rate", "day", "at", "on")
    assert sheet.rows == (
        SheetRow(2, ("9001234567894", "12.5", "2026-11-23", "2026-11-23T09:00:00", "1")),
        SheetRow(4, ("1", "", "", "", ""), "columns"),
    )


def test_a_row_of_a_csv_with_a_fault_is_kept_with_it(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes("a,b\n1,2\n1\n\xff,2\n".encode("latin-1"))
    rows = SheetFiles(tmp_path).read(tmp_path / "table.csv").rows
    assert [(row.line, row.fault) for row in rows] == [(2, ""), (3, "columns"), (4, "encoding")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("table.ods", b"", "sheet_kind"),
        ("table.xlsx", b"no archive", "sheet_unreadable"),
        ("table.xlsx", None, "sheet_missing"),
        ("table.csv", None, "sheet_missing"),
        ("table.csv", b"\xff\xfe", "sheet_unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Refusal) as refused:
        SheetFiles(tmp_path).read(tmp_path / name)
    assert refused.value.code == code


@pytest.mark.parametrize("member", ["xl/workbook.xml", "[Content_Types].xml"])
def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path, member: str) -> None:
    with ZipFile(tmp_path / "table.xlsx", "w") as packed:
        packed.writestr(member, "<broken")
    with pytest.raises(Refusal, match="sheet_unreadable"):
        SheetFiles(tmp_path).read(tmp_path / "table.xlsx")


def test_a_small_file_that_unfolds_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "table.xlsx", "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (LARGEST + 1))
    assert (tmp_path / "table.xlsx").stat().st_size < LARGEST // 100
    with pytest.raises(Refusal, match="sheet_large"):
        SheetFiles(tmp_path).read(tmp_path / "table.xlsx")


def test_a_file_that_cannot_be_written_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Refusal, match="sheet_not_written"):
        SheetFiles(tmp_path).write(tmp_path / "file" / "table.csv", TABLE)
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(Refusal, match="sheet_not_written"):
        SheetFiles(tmp_path).write(tmp_path / "table.csv", TABLE)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "table.csv"]
