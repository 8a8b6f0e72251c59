"""Files that can't be taken whole: told, never a crash, and never a reason to lose goods."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.report import ImportReport
from tests.storage.catalogue.folder import FILES, NOW, PLAIN_IMPORT, Folder, content


def told(report: ImportReport) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.line, one.field, one.reason) for one in report.problems]


@pytest.mark.parametrize("share", [0.1, 0.37, 0.5, 0.83, 0.99])
def test_half_a_file_loses_nothing(folder: Folder, share: float) -> None:
    for number in range(300, 400):
        folder.add("products.csv", f'{number},"Sorte {number}",1.99,N,Stk,,11,,,')
        folder.add("barcodes.csv", f"CODE-{number},{number}")
    folder.imported()
    before = content(folder.data)
    whole = (folder.source / "products.csv").read_bytes()
    folder.write("products.csv", whole[: int(len(whole) * share)])
    report = folder.imported()
    assert ("products.csv", 0, "", "cut_off") in told(report)
    count = report.files["products.csv"]
    assert count.taken + count.carried == PLAIN_IMPORT["products.csv"] + 100
    after = content(folder.data)
    assert {row[1:-3] for row in after["products"]} == {row[1:-3] for row in before["products"]}
    assert after["barcodes"] == before["barcodes"]
    assert after["tiles"] == before["tiles"]


def test_half_a_file_on_an_empty_till_gives_its_good_rows(folder: Folder) -> None:
    folder.write("customers.csv", "number,name\n1,Eins\n2,Zwei\n3,Dr")
    report = folder.imported()
    assert told(report) == [("customers.csv", 0, "", "cut_off")]
    assert report.files["customers.csv"].taken == 3


def test_cut_within_a_row_or_a_letter_is_told(folder: Folder) -> None:
    folder.write("products.csv", FILES["products.csv"] + "200,Te")
    folder.write("categories.csv", "number,name\nA,Käse".encode()[:-3])
    report = folder.imported()
    assert ("products.csv", 7, "", "columns") in told(report)
    assert ("categories.csv", 2, "", "encoding") in told(report)


def test_new_rows_go_before_carried_ones(folder: Folder) -> None:
    """A code moves to another product in a file that is cut off: the new owner has it."""
    folder.imported()
    folder.write(
        "packagings.csv",
        "product,name,content,code,sellable\n100,Kiste,12,19000331604272,1\n103,Über",
    )
    folder.imported()
    with folder.reader() as reader:
        match = reader.find_code("19000331604272")
        assert match is not None
        assert match.product.number == "100"
        assert reader.find_code("39000331604276") is not None


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("", "", "empty"),
        ("number,name\n", "price", "column_missing"),
        ("number,name,price,tax,unit,name\n", "name", "column_twice"),
        ("number;name,price\n", "number", "column_missing"),
        ("number,name,\0price,tax,unit\n", "", "nul"),
        ('number,name,price,tax,"unit\n', "", "quote"),
        ("x" * 300_000 + "\n", "", "line_too_long"),
        ("number,name,price,tax,unit\n1,Tee,1,N,Stk\n".encode("utf-16"), "", "encoding"),
    ],
)
def test_file_with_a_bad_header_leaves_its_table_as_it_was(
    folder: Folder, text: str | bytes, field: str, reason: str
) -> None:
    folder.imported()
    before = content(folder.data)
    folder.write("products.csv", text)
    report = folder.imported()
    assert told(report) == [("products.csv", 1, field, reason)]
    assert report.files["products.csv"].carried == PLAIN_IMPORT["products.csv"]
    after = content(folder.data)
    assert [row[1:-3] for row in after["products"]] == [row[1:-3] for row in before["products"]]
    assert after["tiles"] == before["tiles"]


def test_missing_file_keeps_its_rows(folder: Folder) -> None:
    folder.imported()
    for name in FILES:
        if name != "customers.csv":
            (folder.source / name).unlink()
    folder.add("customers.csv", "8,Moser,")
    report = folder.imported()
    assert not report.problems
    with folder.reader() as reader:
        assert reader.find_code("9000331604275") is not None
        assert [one.name for one in reader.pos_categories("1", "en")] == [
            "Brot", "Milk", "Anis", "Zimt",
        ]  # fmt: skip
        assert len(reader.products_in("11", 0, 10)) == 3
    assert len(content(folder.data)["customers"]) == 2


def test_carried_rows_keep_what_they_refer_to(folder: Folder) -> None:
    """A new tax file without a tax that products of the old catalogue have: they stay on sale."""
    folder.imported()
    (folder.source / "products.csv").unlink()
    folder.write("taxes.csv", "code,name,since,rate,category\nG,Basic,2016-01-01,10,reduced_1\n")
    report = folder.imported()
    (only,) = report.problems
    assert (only.file, only.line, only.reason) == ("taxes.csv", 0, "still_named")
    with folder.reader() as reader:
        assert reader.product("103") is not None
        assert reader.product("100") is not None


def test_spreadsheet_style_is_understood(folder: Folder) -> None:
    folder.write(
        "products.csv",
        "\ufeffname;number;price;tax;unit;farbe\r\n"
        '"Tee; grün";200; 3,49 ;N;Stk;rot\r\n'
        "\r\n"
        '"Der ""Gute""";201;1;N;Stk;\r\n',
    )
    folder.write("barcodes.csv", "code,product\n")
    folder.write("packagings.csv", "product,name,content\n")
    folder.write("price_rules.csv", "number,list,compute\n")
    report = folder.imported()
    assert told(report) == [("products.csv", 1, "farbe", "column_unknown")]
    with folder.reader() as reader:
        tea = reader.product("200")
        assert tea is not None
        assert (tea.name, str(tea.price)) == ("Tee; grün", "3.49")
        good = reader.product("201")
        assert good is not None
        assert good.name == 'Der "Gute"'


def test_unreadable_file_is_told(folder: Folder) -> None:
    (folder.source / "customers.csv").unlink()
    (folder.source / "customers.csv").mkdir()
    assert told(folder.imported()) == [("customers.csv", 0, "", "unreadable")]


def test_folder_without_a_catalogue_is_refused(folder: Folder) -> None:
    with pytest.raises(Refusal, match="import_no_folder"):
        import_folder(folder.source / "nowhere", folder.data, NOW)
    for name in FILES:
        (folder.source / name).unlink()
    (folder.source / "letter.txt").write_text("dear till", encoding="utf-8")
    with pytest.raises(Refusal, match="import_nothing"):
        folder.imported()
    assert not folder.data.exists()
