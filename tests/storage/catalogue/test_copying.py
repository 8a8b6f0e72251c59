"""The product tree as the till's: copied once, and their own ways from then on."""

from __future__ import annotations

import pytest

from pos.domain.errors import Refusal
from pos.storage.catalogue.copying import copy_tree
from tests.storage.catalogue.folder import Folder


@pytest.fixture
def bare(folder: Folder) -> Folder:
    """Goods in product categories, and no shelf for them yet."""
    for file in ("pos_categories", "barcodes", "packagings", "price_rules"):
        (folder.source / f"{file}.csv").unlink()
    folder.write("tills.csv", "number,name\n1,Kassa\n")
    folder.write(
        "products.csv",
        "number,name,price,tax,unit,category\n"
        '100,"Vollmilch, 1 l",1.49,G,Stk,MILK\n'
        "101,Manner Schnitten,1.49,N,Stk,FOOD\n"
        "102,Sackerl,0.30,N,Stk,\n",
    )
    return folder


def test_the_product_tree_becomes_the_till_s(bare: Folder) -> None:
    """Categories with their parents, products in those they are stocked under (ETRON-9)."""
    assert copy_tree(bare.source) == (2, 2)
    assert not bare.imported().problems
    with bare.reader() as reader:
        assert [each.number for each in reader.pos_categories()] == ["FOOD"]
        assert [each.name for each in reader.pos_categories("FOOD")] == ["Molkerei"]
        (milk,) = reader.products_in("MILK", 0, 10)
        assert (milk.product.name, milk.product.category) == ("Vollmilch, 1 l", "MILK")


def test_what_is_on_a_shelf_stays_there(bare: Folder) -> None:
    bare.write(
        "products.csv",
        "number,name,price,tax,unit,category,pos_categories\n"
        "100,Vollmilch,1.49,G,Stk,MILK,FOOD\n101,Schnitten,1.49,N,Stk,FOOD,\n",
    )
    assert copy_tree(bare.source) == (2, 1)
    assert not bare.imported().problems
    with bare.reader() as reader:
        assert [each.product.number for each in reader.products_in("FOOD", 0, 10)] == ["101", "100"]


def test_shelves_that_are_there_are_not_overwritten(folder: Folder) -> None:
    with pytest.raises(Refusal, match="file_in_the_way"):
        copy_tree(folder.source)


def test_a_folder_without_categories_is_told(bare: Folder) -> None:
    (bare.source / "categories.csv").unlink()
    with pytest.raises(Refusal, match="no_such_file"):
        copy_tree(bare.source)


def test_a_broken_row_stops_before_anything_is_written(bare: Folder) -> None:
    bare.add("products.csv", '103,"open quote,1.00,N,Stk,FOOD')
    before = (bare.source / "products.csv").read_bytes()
    with pytest.raises(Refusal, match="file_faulty"):
        copy_tree(bare.source)
    assert (bare.source / "products.csv").read_bytes() == before
    assert not (bare.source / "pos_categories.csv").exists()
