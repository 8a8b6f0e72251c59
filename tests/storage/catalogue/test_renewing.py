"""A catalogue from before an update of the program keeps its products."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from pos.domain.errors import Refusal
from pos.storage.catalogue import renewing
from pos.storage.catalogue.database import catalogue_file, stored_layout
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.reader import CatalogueReader
from pos.storage.catalogue.report import Progress
from pos.storage.catalogue.tables import layout
from tests.storage.catalogue.folder import NOW, Folder, content

FORGET = "UPDATE about SET value = 'older' WHERE name = 'layout'"
OLDER = (
    FORGET,
    "DROP INDEX products_by_name",
    "DROP TABLE product_words",
    "DROP TABLE product_insides",
    "DROP TABLE tiles",
    "DROP TABLE customers",
    "ALTER TABLE products DROP COLUMN keywords",
    "ALTER TABLE products DROP COLUMN sequence",
    "ALTER TABLE products DROP COLUMN search",
    "ALTER TABLE products ADD COLUMN smell TEXT",
)


def change(folder: Folder, *statements: str) -> None:
    engine = create_engine(f"sqlite:///{catalogue_file(folder.data)}")
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_older_layout_is_renewed_when_the_till_opens(folder: Folder) -> None:
    folder.imported()
    folder.imported()
    change(folder, *OLDER)
    with folder.reader() as reader:
        assert reader.state().generation == 2
        assert reader.state().imported_at == NOW
        assert reader.state().products == 5
        assert [tile.product.name for tile in reader.products_in("11", 0, 9)] == [
            "Alpenkäse", "Bergkäse", "Vollmilch",
        ]  # fmt: skip
        assert [tile.product.name for tile in reader.search("lpenk", 0, 9)] == ["Alpenkäse"]
        assert reader.find_code("19000331604272") is not None
        assert reader.pos_categories("", "en")[0].name == "Fresh"
    assert content(folder.data)["customers"] == []
    assert stored_layout(catalogue_file(folder.data)) == layout()


def test_import_on_an_older_layout_carries_over(folder: Folder) -> None:
    folder.imported()
    change(folder, *OLDER)
    (folder.source / "products.csv").unlink()
    report = folder.imported()
    assert not report.problems
    assert report.files["products.csv"].carried == 5
    with folder.reader() as reader:
        assert reader.product("103") is not None


def test_rows_that_miss_a_new_required_field_are_left_out(folder: Folder) -> None:
    folder.imported()
    change(
        folder,
        FORGET,
        "CREATE TABLE fewer AS SELECT product, name, line FROM packagings",
        "DROP TABLE packagings",
        "ALTER TABLE fewer RENAME TO packagings",
    )
    with folder.reader() as reader:
        assert reader.find_code("19000331604272") is None
        assert reader.find_code("9000331604275") is not None


def test_current_layout_is_left_alone(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.imported()
    monkeypatch.setattr(renewing, "scratch", None)
    with folder.reader() as reader:
        assert reader.state().products == 5


def test_renewal_waits_its_turn(folder: Folder) -> None:
    folder.imported()
    codes = []

    def open_meanwhile(progress: Progress) -> None:
        if progress.step == "check":
            change(folder, FORGET)
            with pytest.raises(Refusal) as refused:
                CatalogueReader(folder.data)
            codes.append(refused.value.code)

    import_folder(folder.source, folder.data, NOW, open_meanwhile)
    assert codes == ["import_running"]
    with folder.reader() as reader:
        assert reader.state().generation == 2


def test_damaged_catalogue_is_told_as_one(folder: Folder) -> None:
    folder.imported()
    catalogue_file(folder.data).write_bytes(b"no database at all, but long enough" * 40)
    with pytest.raises(Refusal, match="catalogue_damaged"):
        CatalogueReader(folder.data)
    folder.imported()
    with folder.reader() as reader:
        assert reader.state().products == 5


def test_order_of_carried_rows_stays(folder: Folder) -> None:
    """The rule given later goes first, and the first code is the one shown, also next time."""
    folder.write(
        "price_rules.csv",
        "number,list,compute,price\nz,shop,fixed,1\na,shop,fixed,2\nm,shop,fixed,3\n",
    )
    folder.imported()
    (folder.source / "price_rules.csv").unlink()
    (folder.source / "barcodes.csv").unlink()
    for _ in range(2):
        assert not folder.imported().problems
        with folder.reader() as reader:
            (wafer,) = reader.search("manner", 0, 9)
        assert wafer.gtin == "9000331604275"
        rules = sorted(content(folder.data)["price_rules"], key=lambda row: str(row[-1]))
        assert [row[0] for row in rules] == ["z", "a", "m"]
