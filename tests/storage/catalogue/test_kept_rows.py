"""A faulty row takes nothing off sale: what the catalogue before has of its key stays."""

from __future__ import annotations

import pytest

from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.report import ImportReport
from tests.storage.catalogue.folder import FILES, NOW, Folder, content


def told(report: ImportReport) -> list[tuple[str, str, bool]]:
    return [(one.file, one.reason, one.stays) for one in report.problems]


def spoil(folder: Folder, file: str, good: str, bad: str) -> None:
    """Write a file with one place in it spoilt."""
    assert good in FILES[file]
    folder.write(file, FILES[file].replace(good, bad, 1))


def stripped(folder: Folder) -> dict[str, list[str]]:
    """The whole catalogue, without ids and lines."""
    return {
        name: sorted(
            repr(tuple(value for value in row if not isinstance(value, int))) for row in rows
        )
        for name, rows in content(folder.data).items()
    }


@pytest.mark.parametrize(
    ("file", "good", "bad", "reason"),
    [
        ("products.csv", "Schnitten,1.49", "Schnitten,1.4g", "not_a_number"),
        ("products.csv", "103,Manner Schnitten", '103,"Manner Schnitten', "quote"),
        ("products.csv", "1.49,N,Stk", "1.49,NN,Stk", "unknown_reference"),
        ("taxes.csv", "2016-01-01,20", "2016-01-01,2o", "not_a_number"),
        ("taxes.csv", "N,Normal,2016-01-01", "N,Normal,2016-13-01", "not_a_day"),
        ("units.csv", "Stk,Stk,1", "Stk,Stk,0", "not_positive"),
        ("categories.csv", "MILK,Molkerei,FOOD", "MILK,Molkerei,MILK", "loop"),
        ("customers.csv", "7,Pichler", "7,", "missing"),
        ("packagings.csv", "Karton,18", "Karton,0", "not_positive"),
        ("price_rules.csv", "fixed,1.29", "fixed,", "needed"),
        ("operators.csv", "cashier,price,1111", "cashier,price,11", "pin"),
        ("tills.csv", "1,Kassa,shop", "1,Kassa,schop", "unknown_reference"),
        ("shop.csv", ",ATU12345675", ",ATU 12345675", "not_a_key"),
        ("shop.csv", "Greißlerei,Hauptplatz 1", ",Hauptplatz 1", "missing"),
    ],
)
def test_a_typo_leaves_the_row_of_the_last_import(
    folder: Folder, file: str, good: str, bad: str, reason: str
) -> None:
    folder.imported()
    before = stripped(folder)
    spoil(folder, file, good, bad)
    report = folder.imported()
    assert told(report) == [(file, reason, True)]
    assert stripped(folder) == before


def test_what_was_never_good_is_left_out(folder: Folder) -> None:
    spoil(folder, "products.csv", "Schnitten,1.49", "Schnitten,1.4g")
    report = folder.imported()
    assert ("products.csv", "not_a_number", False) in told(report)
    with folder.reader() as reader:
        assert reader.product("103") is None


def test_a_row_kept_that_fits_no_more_goes(folder: Folder) -> None:
    """The new row names a tax nobody knows; the one before names a tax that is gone."""
    folder.imported()
    folder.write("taxes.csv", "code,name,since,rate,category\nG,Basic,2016-01-01,10,reduced_1\n")
    spoil(folder, "products.csv", "1.49,N,Stk", "1.49,NN,Stk")
    report = folder.imported()
    assert ("products.csv", "unknown_reference", False) in told(report)
    with folder.reader() as reader:
        assert reader.product("103") is None
        assert reader.product("100") is not None


def test_a_key_nobody_can_read_takes_nothing_along(folder: Folder) -> None:
    """The tax of 103 may be the row with a blank in its key; the tax of nothing is gone."""
    folder.write("taxes.csv", FILES["taxes.csv"] + "X,Extra,2016-01-01,13,reduced_2\n")
    folder.imported()
    spoil(folder, "taxes.csv", "N,Normal,2016-01-01", "N 1,Normal,2016-01-01")
    report = folder.imported()
    assert told(report) == [("taxes.csv", "not_a_key", False), ("taxes.csv", "kept_named", False)]
    assert [row[0] for row in content(folder.data)["taxes"]] == ["G", "G", "N"]


def test_a_tax_that_new_products_name_stays(folder: Folder) -> None:
    """A small file cut at a line's end would else take most goods off sale."""
    folder.imported()
    before = stripped(folder)
    folder.write("taxes.csv", "code,name,since,rate,category\nG,Basic,2016-01-01,10,reduced_1\n")
    folder.write("units.csv", "code,name,step\n")
    report = folder.imported()
    assert sorted(told(report)) == [
        ("taxes.csv", "still_named", False),
        ("units.csv", "still_named", False),
        ("units.csv", "still_named", False),
    ]
    assert stripped(folder)["products"] == before["products"]
    assert stripped(folder)["barcodes"] == before["barcodes"]


def test_a_category_that_goods_name_stays_with_all_above_it(folder: Folder) -> None:
    """Cut at a line's end, a small file would else take most goods off sale."""
    folder.write("categories.csv", "number,name,parent\nTOP,Alles,\nFOOD,Essen,TOP\nOLD,Alt,\n")
    folder.write("products.csv", "number,name,price,tax,unit,category\n100,A,1,N,Stk,FOOD\n")
    folder.imported()
    folder.write("categories.csv", "number,name,parent\nNEW,Neu,\n")
    report = folder.imported()
    named = [one.values["value"] for one in report.problems if one.reason == "still_named"]
    assert sorted(named) == ["FOOD", "TOP"]
    with folder.reader() as reader:
        product = reader.product("100")
    assert product is not None and product.category == "FOOD"
    assert {row[0] for row in content(folder.data)["categories"]} == {"FOOD", "NEW", "TOP"}


def test_files_that_lost_all_their_rows_close_no_shop(folder: Folder) -> None:
    """A failed export writes heads only: the till still opens, and sells what it sold."""
    folder.imported()
    before = stripped(folder)
    for name in ("shop", "operators", "tills", "taxes", "units"):
        path = folder.source / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    (folder.source / "products.csv").unlink()
    report = folder.imported()
    cut = {problem.file for problem in report.problems if problem.reason == "probably_cut"}
    assert cut == {"shop.csv", "operators.csv", "tills.csv"}
    for name in ("shop", "operators", "tills", "products", "taxes", "units"):
        assert stripped(folder)[name] == before[name], name


def test_a_shop_opens_without_what_its_row_refers_to(folder: Folder) -> None:
    """One collective product is gone: the shop counts without it. A wrong name takes nothing off,
    and a new till with one never comes.
    """
    folder.add("products.csv", "900,Rechnung,0,N,Stk,,,,,")
    folder.write("shop.csv", "name,currency,invoice_product\nGreißlerei,EUR,900\n")
    folder.imported()
    folder.write("products.csv", FILES["products.csv"])
    folder.write("tills.csv", "number,name,price_list\n1,Kassa,gone\n9,Neue Kassa,gone\n")
    report = folder.imported()
    assert sorted(told(report)) == [
        ("shop.csv", "goes_without", False),
        ("shop.csv", "unknown_reference", True),
        ("tills.csv", "unknown_reference", False),
        ("tills.csv", "unknown_reference", True),
    ]
    with folder.reader() as reader:
        shop, first, second = reader.shop(), reader.till("1"), reader.till("9")
    assert shop is not None and first is not None and second is None
    assert (shop.invoice_product, first.price_list) == ("", "shop")


def test_a_good_row_of_the_key_goes_before_the_one_kept(folder: Folder) -> None:
    folder.imported()
    folder.add("products.csv", "103,Manner neu,x,N,Stk,,,,,")
    assert told(folder.imported()) == [("products.csv", "not_a_number", False)]


def test_texts_of_a_row_kept_are_those_of_then(folder: Folder) -> None:
    folder.imported()
    spoil(folder, "pos_categories.csv", "11,Milch,Milk,1,2", "11,Milch,Dairy,99,2")
    folder.imported()
    with folder.reader() as reader:
        names = [one.name for one in reader.pos_categories("1", "en")]
    assert "Milk" in names
    assert "Dairy" not in names


def test_words_of_a_row_kept_do_not_grow(folder: Folder) -> None:
    """The words of its category come to each row again with each import."""
    folder.write("categories.csv", "number,name,keywords\nMILK,Molkerei,frisch\nFOOD,Essen,\n")
    folder.imported()
    before = content(folder.data)["products"]
    (folder.source / "products.csv").unlink()
    for _ in range(2):
        folder.imported()
    words = [row[-2] for row in content(folder.data)["products"]]
    assert words == [row[-2] for row in before]


def many(folder: Folder, rows: int) -> None:
    lines = [f"{number},Sorte {number},1.99,N,Stk,,11,,,\n" for number in range(300, 300 + rows)]
    folder.write("products.csv", FILES["products.csv"] + "".join(lines))


def test_half_a_file_cut_at_a_line_end_is_not_taken(folder: Folder) -> None:
    many(folder, 100)
    folder.imported()
    many(folder, 60)
    folder.write("customers.csv", "number,name,card\n8,Moser,K-8\n")
    report = folder.imported()
    assert told(report) == [("products.csv", "probably_cut", False)]
    assert report.problems[0].values == {"gone": "40", "rows": "105", "most": "30"}
    after = content(folder.data)
    assert len(after["products"]) == 105
    assert [row[0] for row in after["customers"]] == ["8"]


def test_fewer_rows_come_in_where_they_are_meant(folder: Folder) -> None:
    many(folder, 100)
    folder.imported()
    many(folder, 60)
    report = import_folder(folder.source, folder.data, NOW, fewer=True)
    assert not report.problems
    assert len(content(folder.data)["products"]) == 65


@pytest.mark.parametrize("rows", [75, 99])
def test_a_file_may_take_some_rows_away(folder: Folder, rows: int) -> None:
    many(folder, 100)
    folder.imported()
    many(folder, rows)
    assert not folder.imported().problems
    assert len(content(folder.data)["products"]) == 5 + rows


def test_a_small_table_may_lose_what_it_likes(folder: Folder) -> None:
    folder.imported()
    folder.write("customers.csv", "number,name\n")
    assert not folder.imported().problems
    assert not content(folder.data)["customers"]
