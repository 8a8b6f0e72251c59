"""Search as the cashier types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from pos.storage.catalogue.folding import fold
from pos.storage.catalogue.reader import CatalogueReader
from pos.storage.catalogue.searching import _BY_NAME
from tests.storage.catalogue.folder import FILES, Folder

NAMES = {
    "1": "Vollmilchschokolade",
    "2": "Käsekrainer",
    "3": "Schoko Milch 0,5 l",
    "4": "KAESE im Stück",
    "5": "Milch",
    "6": "Straßenfest-Öl",
    "7": "Kase fresco",
    "8": "Buttermilch (alt)",
    "9": "Crème brûlée",
    "9000": "Eier 10 Stück",
    "90009": "Salz",
}


@pytest.fixture
def reader(folder: Folder) -> Iterator[CatalogueReader]:
    rows = [f'{number},"{name}",1,N,Stk,{int(number != "8")},' for number, name in NAMES.items()]
    rows.append("20,Wecken,1,N,Stk,1,Gebäck frisch")
    header = "number,name,price,tax,unit,active,keywords"
    folder.write("products.csv", "\n".join([header, *rows, ""]))
    codes = "code,product\n9000331604275,5\n9000331604282,1\n90155642,2\nHAUS 1,3\nHAUS-1,3\n"
    folder.write("barcodes.csv", codes)
    folder.write("packagings.csv", "product,name,content,code\n6,Kiste,12,19000331604272\n")
    folder.write("price_rules.csv", "number,list,compute\n")
    folder.imported()
    with folder.reader() as reader:
        yield reader


def numbers(reader: CatalogueReader, text: str) -> list[str]:
    return [tile.product.number for tile in reader.search(text, 0, 50)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # names that begin so go before other words, and those before insides of words
        ("milch", ["5", "3", "1"]),
        ("MIL", ["5", "3", "1"]),
        # every word, in any order, beginning or inside
        ("milch schoko", ["3", "1"]),
        ("schoko l", ["3"]),
        ("schoko xyz", []),
        # umlauts, however they are typed, and accents
        ("käse", ["7", "4", "2"]),
        ("kaese", ["7", "4", "2"]),
        ("kase", ["7", "4", "2"]),
        ("krainer", ["2"]),
        ("stuck", ["4", "9000"]),
        ("strasse", ["6"]),
        ("oel", ["6"]),
        ("ÖL", ["6"]),
        ("creme brulee", ["9"]),
        ("fest", ["6"]),
        # one or two letters only begin words
        ("m", ["3", "5"]),
        ("il", []),
        # signs count for nothing
        ("0,5", ["3"]),
        ('"milch*', ["5", "3", "1"]),
        ("milch OR käse", []),
        ("---", []),
        ("", []),
        # words of the keywords
        ("gebäck", ["20"]),
        # codes and numbers, whole before anything else
        ("9000331604275", ["5"]),
        ("19000331604272", ["6"]),
        ("90155642", ["2"]),
        ("HAUS-1", ["3"]),
        ("5", ["5", "3"]),
        ("9000", ["9000"]),
        # or their beginning
        ("900033160427", ["5"]),
        ("90003316042", ["1", "5"]),
        ("90003316", ["1", "5"]),
        # what isn't sold isn't found
        ("buttermilch", []),
        ("8", []),
    ],
)
def test_search(reader: CatalogueReader, text: str, found: list[str]) -> None:
    assert sorted(numbers(reader, text)) == sorted(found)
    if found:
        assert numbers(reader, text)[0] == found[0]


def test_pages_join_to_the_whole(reader: CatalogueReader) -> None:
    whole = numbers(reader, "mil")
    assert len(whole) == 3
    for size in (1, 2, 3, 4):
        pages = [
            tile.product.number
            for offset in range(0, 6, size)
            for tile in reader.search("mil", offset, size)
        ]
        assert pages == whole


def test_pages_of_many_join_to_the_whole(folder: Folder) -> None:
    rows = [f"{number},Milch Sorte {number},1,N,Stk" for number in range(1000, 1130)]
    rows += [f"{number},Vollmilch {number},1,N,Stk" for number in range(2000, 2130)]
    folder.write("products.csv", "\n".join(["number,name,price,tax,unit", *rows, ""]))
    folder.imported()
    with folder.reader() as reader:
        found = [
            tile.product.number
            for offset in range(0, 300, 50)
            for tile in reader.search("milch", offset, 50)
        ]
    assert found == [row.split(",")[0] for row in rows]


def test_names_that_begin_so_go_before_words_inside_and_whole_words_first(folder: Folder) -> None:
    names = {1: "Hot Dog in der Semmel", 2: "Semmelbrösel", 3: "Kaisersemmel", 4: "Semmel mit Mohn"}
    names |= {5: "Semmel", 6: "Brot", 7: "Semmel, alt"}
    rows = [f'{number},"{name}",1,N,Stk,{int(number != 7)}' for number, name in names.items()]
    folder.write("products.csv", "\n".join(["number,name,price,tax,unit,active", *rows, ""]))
    folder.imported()
    with folder.reader() as reader:
        assert numbers(reader, "Semmel") == ["5", "4", "2", "1", "3"]
        assert numbers(reader, "semmel mi") == ["4"]
        sql = _BY_NAME.params(name="a", name_end="b").compile(dialect=sqlite.dialect())
        values = tuple(sql.params[name] for name in sql.positiontup or ())
        plan = reader._search._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        assert any("products_by_name" in row.detail for row in plan)


def test_very_long_query_is_cut_not_refused(reader: CatalogueReader) -> None:
    assert numbers(reader, "milch " * 2_000) == ["3", "5", "1"]
    assert numbers(reader, "x" * 10_000) == []


def test_repeated_import_is_found_as_before(folder: Folder, reader: CatalogueReader) -> None:
    before = numbers(reader, "milch")
    folder.imported()
    assert numbers(reader, "milch") == before
    for name, text in FILES.items():
        folder.write(name, text)
    folder.imported()
    assert numbers(reader, "milch") == ["100"]


@given(st.text(max_size=20), st.integers(0, 20))
def test_fold_of_a_beginning_is_a_beginning_of_the_fold(text: str, cut: int) -> None:
    assert fold(text).startswith(fold(text[:cut]))


@pytest.mark.parametrize("last", ["\ud7ff", "\U0010ffff"])
def test_the_last_characters_there_are_find_nothing_and_harm_nothing(
    reader: CatalogueReader, last: str
) -> None:
    assert numbers(reader, f"9{last}") == []
