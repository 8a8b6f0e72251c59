"""What the till gets to know of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.dialects import sqlite

from pos.domain.operator import Right
from pos.domain.pricing import PriceContext, PricedProduct, Pricer
from pos.domain.product import Unit
from pos.domain.quantity import ONE, Quantity
from pos.domain.tax import TaxCategory, TaxRounding
from pos.ports.catalogue import Catalogue
from pos.storage.catalogue.reader import _BARCODE_END, _NUMBER_END, CatalogueReader
from tests.storage.catalogue.folder import FILES, Folder

VIENNA = ZoneInfo("Europe/Vienna")


@pytest.fixture
def reader(folder: Folder) -> Iterator[CatalogueReader]:
    assert not folder.imported().problems
    with folder.reader() as reader:
        yield reader


def test_reader_is_what_the_till_asks_for(reader: CatalogueReader) -> None:
    catalogue: Catalogue = reader
    assert catalogue.state().products == 5
    assert catalogue.state().codes == 4


@pytest.mark.parametrize(
    ("code", "product"),
    [
        ("9000331604275", "103"),
        ("09000331604275", "103"),
        ("90155642", "103"),
        ("042100005264", "100"),
        ("0042100005264", "100"),
        ("KLEIN-1", "101"),
        ("101", "101"),
    ],
)
def test_code_finds_its_product_however_it_is_written(
    reader: CatalogueReader, code: str, product: str
) -> None:
    match = reader.find_code(code)
    assert match is not None
    assert match.product.number == product
    assert match.packaging is None


@pytest.mark.parametrize(
    ("digits", "found"),
    [
        ("04275", ["103"]),
        ("5642", ["103"]),
        ("005264", ["100"]),
        ("12345", ["105", "106"]),
        ("2345", ["105", "106"]),
        ("812345", ["105"]),
        ("99999", []),
        ("77777", []),
    ],
)
def test_goods_by_the_end_of_a_barcode_or_a_number(
    folder: Folder, digits: str, found: list[str]
) -> None:
    """The digits of a scale's label needn't be a whole number (T-027)."""
    rows = "105,Brie,9,G,kg,,,,1,\n106,Gouda,9,G,kg,,,,1,\nX-77777,Rest,9,G,kg,,,,1,0\n"
    folder.write("products.csv", FILES["products.csv"] + rows + "W12345,Wurst,9,G,kg,,,,1,0\n")
    folder.write("barcodes.csv", FILES["barcodes.csv"] + "9000000812345,105\nAB12345,106\n")
    folder.imported()
    with folder.reader() as reader:
        assert [match.product.number for match in reader.find_by_end(digits)] == found


def test_ends_are_found_by_an_index(reader: CatalogueReader) -> None:
    for statement, index in ((_BARCODE_END, "barcodes_by_end"), (_NUMBER_END, "products_by_end")):
        sql = statement.params(end="2345", digits="12345").compile(dialect=sqlite.dialect())
        values = tuple(sql.params[name] for name in sql.positiontup or ())
        plan = reader._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        assert any(index in row.detail for row in plan)


@pytest.mark.parametrize(
    "code",
    ["9000331604282", "9000331604276", "klein-1", "", "1" * 10_000, "'; DROP TABLE products"],
)
def test_unknown_code_finds_nothing(reader: CatalogueReader, code: str) -> None:
    assert reader.find_code(code) is None


def test_carton_brings_its_content_and_whether_it_is_sold(reader: CatalogueReader) -> None:
    """Known, though it is only bought (ETRON-28)."""
    sold = reader.find_code("19000331604272")
    bought = reader.find_code("39000331604276")
    assert sold is not None
    assert bought is not None
    assert sold.packaging is not None
    assert bought.packaging is not None
    assert (sold.product.number, sold.packaging.name) == ("103", "Karton")
    assert sold.packaging.content == Quantity.of(18)
    assert (sold.packaging.sellable, bought.packaging.sellable) == (True, False)


def test_product_holds_all_the_till_needs(reader: CatalogueReader) -> None:
    cheese = reader.product("101")
    assert cheese is not None
    assert (cheese.name, cheese.price, cheese.tax_code) == ("Bergkäse", Decimal("19.90"), "G")
    assert cheese.unit == Unit("kg", "kg", step=5)
    assert cheese.weighed
    assert cheese.tax_included
    assert reader.stock_category(cheese.category) == "Essen/Molkerei"
    old = reader.product("102")
    assert old is not None
    assert not old.active
    assert reader.product("nothing") is None


def test_categories_come_by_sequence_then_by_name(reader: CatalogueReader) -> None:
    assert [one.number for one in reader.pos_categories()] == ["1"]
    assert [one.name for one in reader.pos_categories("1")] == ["Brot", "Milch", "Anis", "Zimt"]
    assert [one.name for one in reader.pos_categories("1", "en")] == [
        "Brot", "Milk", "Anis", "Zimt",
    ]  # fmt: skip
    assert [one.name for one in reader.category_path("11", "en")] == ["Fresh", "Milk"]
    assert reader.category_path("nowhere") == ()


def test_tiles_come_by_sequence_then_by_name_without_the_inactive(
    reader: CatalogueReader,
) -> None:
    """What may not be sold has no tile (T-040)."""
    names = [tile.product.name for tile in reader.products_in("11", 0, 10)]
    assert names == ["Alpenkäse", "Vollmilch", "Bergkäse"]
    pages = [reader.products_in("11", offset, 2) for offset in (0, 2, 4)]
    assert [[tile.product.name for tile in page] for page in pages] == [names[:2], names[2:], []]
    assert [tile.product.number for tile in reader.products_in("1", 0, 10)] == ["101"]


def test_tile_shows_the_first_code_as_people_write_it(reader: CatalogueReader) -> None:
    (wafer,) = reader.search("manner", 0, 10)
    assert wafer.gtin == "9000331604275"
    (milk,) = reader.search("vollmilch", 0, 10)
    assert milk.gtin == "0042100005264"
    (cheese,) = reader.search("alpen", 0, 10)
    assert cheese.gtin == ""


def test_operators_have_the_rights_of_their_role_and_their_own(reader: CatalogueReader) -> None:
    anna, bo = reader.operators()
    assert anna.may(Right.PRICE)
    assert not anna.may(Right.SETTINGS)
    assert all(bo.may(right) for right in Right)
    assert (anna.has_pin, bo.has_pin) == (True, False)
    assert reader.pin_hash("nobody") == ""


def test_shop_and_tills(reader: CatalogueReader) -> None:
    shop = reader.shop()
    assert shop is not None
    assert shop.address == ("Hauptplatz 1", "3400 Ort")
    assert (shop.currency, shop.zone, shop.country) == ("EUR", "Europe/Vienna", "AT")
    assert shop.tax_rounding is TaxRounding.PER_GROUP
    (till,) = reader.tills()
    assert reader.till("1") == till
    assert (till.price_list, till.start_category, till.categories) == ("shop", "11", ("1", "11"))
    assert reader.till("2") is None


def test_tax_changes_on_its_day(reader: CatalogueReader) -> None:
    basic = reader.tax_codes()["G"]
    before, after = basic.rate_on(date(2026, 6, 30)), basic.rate_on(date(2026, 7, 1))
    assert (before.basis_points, before.category) == (1000, TaxCategory.REDUCED_1)
    assert (after.basis_points, after.category) == (490, TaxCategory.SPECIAL)


@pytest.mark.parametrize(
    ("at", "price"),
    [
        (datetime(2026, 10, 31, 23, 59, 59, tzinfo=VIENNA), "1.49"),
        (datetime(2026, 11, 1, 0, 0, tzinfo=VIENNA), "1.42"),
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=VIENNA), "1.42"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=VIENNA), "1.49"),
    ],
)
def test_price_rules_run_from_the_first_to_the_last_day_of_the_shop(
    reader: CatalogueReader, at: datetime, price: str
) -> None:
    pricer = Pricer(reader.price_book(), PriceContext(at=at, till_list="night"))
    wafer = PricedProduct("103", Decimal("1.49"))
    assert str(pricer.price(wafer, ONE).unit_price) == price


def test_price_agreed_with_a_customer_is_theirs_alone(folder: Folder) -> None:
    """Whatever other systems write for "always" and "never", it holds today."""
    folder.write(
        "price_rules.csv",
        "number,customer,compute,price,scope,product,start,end\n"
        "k,7,fixed,1.11,product,103,0001-01-01,9999-12-31\n"
        "l,7,fixed,1.11,product,100,0001-01-01T00:00:00+14:00,9999-12-31T23:59:59-12:00\n",
    )
    assert folder.imported().problem_count == 0
    wafer = PricedProduct("103", Decimal("1.49"))
    at = datetime(2026, 11, 23, tzinfo=VIENNA)
    with folder.reader() as reader:
        book = reader.price_book()
    theirs = Pricer(book, PriceContext(at=at, customer="7")).price(wafer, ONE)
    others = Pricer(book, PriceContext(at=at, customer="8")).price(wafer, ONE)
    assert (str(theirs.unit_price), str(others.unit_price)) == ("1.11", "1.49")
