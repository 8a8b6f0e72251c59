"""Every way a row can be wrong is told by file, line, field and reason; the good rows stay."""

from __future__ import annotations

import pytest

from pos.runtime.texts import LANGUAGES, Texts
from tests.storage.catalogue.folder import PLAIN_IMPORT, Folder

LONG = "x" * 10_000

BAD = [
    # what a row holds as a whole
    ("products.csv", "200,Tee,1", "", "columns"),
    ("products.csv", "200,Tee,1,N,Stk,,,,,,,", "", "columns"),
    ("products.csv", '200,"Tee,1,N,Stk,,,,,', "", "quote"),
    ("products.csv", "200,T\0ee,1,N,Stk,,,,,", "", "nul"),
    ("products.csv", "200,T\ree,1,N,Stk,,,,,", "", "control_character"),
    ("products.csv", f"200,{LONG * 11},1,N,Stk,,,,,", "", "line_too_long"),
    # what a field holds
    ("products.csv", "200,,1,N,Stk,,,,,", "name", "missing"),
    ("products.csv", "  ,Tee,1,N,Stk,,,,,", "number", "missing"),
    ("products.csv", "2 0,Tee,1,N,Stk,,,,,", "number", "not_a_key"),
    ("products.csv", f"200,{LONG},1,N,Stk,,,,,", "name", "too_long"),
    ("products.csv", "200,T\x1bp\x00ee,1,N,Stk,,,,,", "", "nul"),
    ("products.csv", "200,T\x1bee,1,N,Stk,,,,,", "name", "control_character"),
    ("products.csv", "200,Tee,-1,N,Stk,,,,,", "price", "negative"),
    ("products.csv", "200,Tee,1.2345678,N,Stk,,,,,", "price", "too_fine"),
    ("products.csv", "200,Tee,gratis,N,Stk,,,,,", "price", "not_a_number"),
    ("products.csv", "200,Tee,--1,N,Stk,,,,,", "price", "not_a_number"),
    ("products.csv", "200,Tee,1e3,N,Stk,,,,,", "price", "not_a_number"),
    ("products.csv", "200,Tee,1.234.567,N,Stk,,,,,", "price", "not_a_number"),
    ("products.csv", "200,Tee,NaN,N,Stk,,,,,", "price", "not_a_number"),
    ("products.csv", "200,Tee,1,N,Stk,,,erste,,", "sequence", "not_whole"),
    ("products.csv", "200,Tee,1,N,Stk,,,,vielleicht,", "weighed", "not_a_flag"),
    ("units.csv", "g,g,0", "step", "not_positive"),
    ("units.csv", "g,g,0.0005", "step", "too_fine"),
    ("taxes.csv", "X,Extra,morgen,20,normal", "since", "not_a_day"),
    ("taxes.csv", "X,Extra,2026-02-30,20,normal", "since", "not_a_day"),
    ("taxes.csv", "X,Extra,2026-01-01,20,luxury", "category", "not_a_choice"),
    ("taxes.csv", "X,Extra,2026-01-01,-20,normal", "rate", "negative"),
    ("barcodes.csv", "9000331604276,103", "code", "check_digit"),
    ("barcodes.csv", "12345678,103", "code", "check_digit"),
    ("operators.csv", "cy,Cy,cashier,,12", "pin", "pin"),
    ("operators.csv", "cy,Cy,cashier,,geheim", "pin", "pin"),
    ("operators.csv", "cy,Cy,cashier,fly,1234", "rights", "not_a_choice"),
    # what rows are to each other
    ("products.csv", "103,Noch einmal,1,N,Stk,,,,,", "number", "duplicate"),
    ("barcodes.csv", "09000331604275,100", "code", "duplicate"),
    ("taxes.csv", "N,Normal,2016-01-01,19,normal", "code", "duplicate"),
    ("packagings.csv", "103,Karton,12,,1", "product", "duplicate"),
    ("packagings.csv", "100,Kiste,12,19000331604272,1", "code", "duplicate"),
    ("packagings.csv", "100,Kiste,12,9000331604275,1", "code", "code_of_product"),
    ("customers.csv", "8,Moser,K-7", "card", "duplicate"),
    ("products.csv", "200,Tee,1,X,Stk,,,,,", "tax", "unknown_reference"),
    ("products.csv", "200,Tee,1,N,Fass,,,,,", "unit", "unknown_reference"),
    ("products.csv", "200,Tee,1,N,Stk,TEA,,,,", "category", "unknown_reference"),
    ("barcodes.csv", "90122224,999", "product", "unknown_reference"),
    ("packagings.csv", "999,Kiste,12,,1", "product", "unknown_reference"),
    ("categories.csv", "TEA,Tee,HOT", "parent", "unknown_reference"),
    ("categories.csv", "TEA,Tee,TEA", "parent", "loop"),
    ("tills.csv", "2,Zwei,none,,", "price_list", "unknown_reference"),
    ("price_rules.csv", "r3,none,fixed,1,all,,,,,,", "list", "unknown_reference"),
    ("price_rules.csv", "r3,,fixed,1,all,,,,,,", "list", "one_of"),
    ("price_rules.csv", "r3,shop,fixed,,all,,,,,,", "price", "needed"),
    ("price_rules.csv", "r3,shop,fixed,1,product,,,,,,", "product", "needed"),
    ("price_rules.csv", "r3,shop,percentage,,all,,list,,5,,", "base_list", "needed"),
    ("price_rules.csv", "r3,shop,percentage,,all,,list,night,5,,", "base_list", "list_loop"),
    ("shop.csv", "Zweites Geschäft,,", "", "single"),
]


@pytest.mark.parametrize(("file", "row", "field", "reason"), BAD)
def test_bad_row_is_told_and_left_out(
    folder: Folder, file: str, row: str, field: str, reason: str
) -> None:
    folder.add(file, row)
    report = folder.imported()
    line = PLAIN_IMPORT[file] + 2
    assert [(one.file, one.line, one.field, one.reason) for one in report.problems] == [
        (file, line, field, reason)
    ]
    assert {name: count.taken for name, count in report.files.items()} == PLAIN_IMPORT
    assert report.files[file].read == PLAIN_IMPORT[file] + 1
    for language in LANGUAGES:
        (problem,) = report.problems
        text = Texts(language).get(f"catalogue.problem.{reason}", **problem.values)
        assert LONG not in text


def test_all_that_is_wrong_with_a_row_is_told_at_once(folder: Folder) -> None:
    folder.add("products.csv", "200,,-1,N,Stk,,,x,,")
    report = folder.imported()
    assert [(one.field, one.reason) for one in report.problems] == [
        ("name", "missing"),
        ("price", "negative"),
        ("sequence", "not_whole"),
    ]


def test_row_of_another_encoding_is_left_out(folder: Folder) -> None:
    path = folder.source / "products.csv"
    path.write_bytes(path.read_bytes() + "200,Käse,1,N,Stk,,,,,\n".encode("latin-1"))
    folder.add("products.csv", "201,Tee,1,N,Stk,,,,,")
    report = folder.imported()
    assert [(one.line, one.reason) for one in report.problems] == [(7, "encoding")]
    with folder.reader() as reader:
        assert reader.product("201") is not None
        assert reader.product("200") is None


def test_rows_that_hang_on_a_bad_row_go_with_it(folder: Folder) -> None:
    folder.add("categories.csv", "A,A,B", "B,B,A", "C,C,A")
    folder.add("products.csv", "200,Tee,1,N,Stk,C,,,,")
    folder.add("barcodes.csv", "90122224,200")
    report = folder.imported()
    assert [(one.file, one.line, one.reason) for one in report.problems] == [
        ("categories.csv", 4, "loop"),
        ("categories.csv", 5, "loop"),
        ("categories.csv", 6, "unknown_reference"),
        ("products.csv", 7, "unknown_reference"),
        ("barcodes.csv", 6, "unknown_reference"),
    ]


def test_deposit_of_a_deposit_is_refused(folder: Folder) -> None:
    folder.write(
        "products.csv",
        "number,name,price,tax,unit,deposit\n"
        "P,Pfand,0.25,N,Stk,\n"
        "Q,Kiste,3,N,Stk,P\n"
        "1,Bier,1,N,Stk,P\n"
        "2,Bier in der Kiste,1,N,Stk,Q\n"
        "3,Sein eigenes,1,N,Stk,3\n",
    )
    folder.write("barcodes.csv", "code,product\n")
    folder.write("packagings.csv", "product,name,content\n")
    folder.write("price_rules.csv", "number,list,compute\n")
    report = folder.imported()
    assert [(one.line, one.reason, one.values["value"]) for one in report.problems] == [
        (5, "deposit_chain", "Q"),
        (6, "deposit_chain", "3"),
    ]
    with folder.reader() as reader:
        assert [number for number in "PQ123" if reader.product(number)] == ["P", "Q", "1"]


def test_unknown_till_category_leaves_the_product_in(folder: Folder) -> None:
    folder.add("products.csv", "200,Tee,1,N,Stk,,99 11,,,")
    folder.add("tills.csv", "2,Zwei,,,99 1")
    report = folder.imported()
    assert [(one.file, one.field, one.reason, one.kept) for one in report.problems] == [
        ("products.csv", "pos_categories", "unknown_reference", True),
        ("tills.csv", "categories", "unknown_reference", True),
    ]
    with folder.reader() as reader:
        assert "200" in [tile.product.number for tile in reader.products_in("11", 0, 10)]
        till = reader.till("2")
        assert till is not None
        assert till.categories == ("1",)


def test_report_counts_what_it_doesnt_keep(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.storage.catalogue.report.MAX_KEPT", 3)
    folder.add("products.csv", *(f"{number},Tee,-1,N,Stk,,,,," for number in range(200, 210)))
    report = folder.imported()
    assert len(report.problems) == 3
    assert report.problem_count == 10
    assert report.found == {"negative": 10}
