"""The demo shop filled up with generated goods."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pos.domain.errors import Refusal
from pos.domain.gtin import is_gtin
from pos.runtime.resources import resource
from pos.storage.catalogue.filling import (
    PRODUCTS_FILE,
    fill_catalogue,
    find_products_file,
    write_filled_folder,
)
from pos.storage.catalogue.reader import CatalogueReader
from tests.storage.catalogue.folder import NOW, content

DEMO = resource("demo")

LISTED = """\
0000000011686\tPain complet
00011686\tThe same code as EAN-8
3017620422003\tChocolat noir 70%
4006381333931\t"Bier, naturtrüb"
4006381333932\tWrong check digit
9000331604275\tIn the demo shop already
4006381333948\t
5449000000996\t  Cola   Zero
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / PRODUCTS_FILE
    path.write_bytes(gzip.compress(LISTED.encode()))
    return path


def test_list_is_taken_first_and_goods_are_made_up_after(tmp_path: Path, listed: Path) -> None:
    report = fill_catalogue(DEMO, tmp_path / "data", NOW, 400, listed)
    assert not report.problems
    reader = CatalogueReader(tmp_path / "data")
    try:
        assert reader.state().products == 400
        beer = reader.find_code("4006381333931")
        assert beer is not None
        assert beer.product.name == '"Bier, naturtrüb"'
        assert beer.product.category == "G-BI"
        assert reader.find_code("4006381333932") is None
        cola = reader.find_code("5449000000996")
        assert cola is not None
        assert cola.product.name == "Cola Zero"
        twice = reader.find_code("00011686")
        assert twice is not None
        assert twice.product.name == "Pain complet"
        known = reader.find_code("9000331604275")
        assert known is not None
        assert known.product.name == "Manner Neapolitaner Schnitten"
        letters = [one.number for one in reader.pos_categories("9")]
        assert "9C" in letters
        assert "Cola Zero" in [one.product.name for one in reader.products_in("9C", 0, 500)]
    finally:
        reader.close()
    assert not list((tmp_path / "data").glob("fill-*"))


def test_same_fill_is_the_same_shop(tmp_path: Path, listed: Path) -> None:
    for name in ("one", "two"):
        write_filled_folder(DEMO, tmp_path / name, 1_000, listed)
    for file in (tmp_path / "one").glob("*.csv"):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_made_up_goods_are_importable(tmp_path: Path) -> None:
    report = fill_catalogue(DEMO, tmp_path, NOW, 3_000)
    assert not report.problems
    tables = content(tmp_path)
    assert len(tables["products"]) == 3_000
    assert all(is_gtin(str(row[0])) for row in tables["barcodes"])
    names = {row[1] for row in tables["products"]}
    assert len(names) > 2_000


def test_fewer_than_the_shop_has_leaves_it_whole(tmp_path: Path) -> None:
    write_filled_folder(DEMO, tmp_path / "full", 10, None)
    for file in DEMO.glob("*.csv"):
        assert (tmp_path / "full" / file.name).read_bytes() == file.read_bytes()


def test_list_that_isnt_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="products_file_missing"):
        fill_catalogue(DEMO, tmp_path, NOW, 400, tmp_path / "nothing.tsv.gz")


def test_list_is_looked_for_in_order(tmp_path: Path, listed: Path) -> None:
    assert find_products_file(tmp_path / "elsewhere", tmp_path) == listed
    assert find_products_file(tmp_path / "elsewhere") is None


def test_plain_list_is_read_too(tmp_path: Path) -> None:
    plain = tmp_path / "goods.tsv"
    plain.write_text(LISTED, encoding="utf-8")
    own = len((DEMO / "products.csv").read_text(encoding="utf-8").splitlines()) - 1
    write_filled_folder(DEMO, tmp_path / "full", own + 1, plain)
    assert "Pain complet" in (tmp_path / "full" / "products.csv").read_text(encoding="utf-8")
