"""The demo shop is a real corner shop: real codes, true taxes, nothing missing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from pos.domain.gtin import is_gtin
from pos.domain.operator import Right
from pos.domain.pricing import PriceContext, PricedProduct, Pricer
from pos.domain.quantity import ONE, Quantity
from pos.domain.tax import TaxCategory
from pos.runtime.pins import pin_matches
from pos.runtime.resources import resource
from pos.storage.catalogue.importing import import_folder
from pos.storage.catalogue.reader import CatalogueReader
from tests.storage.catalogue.folder import NOW

DEMO = resource("demo")
TODAY = date(2026, 11, 23)


WITHOUT_A_TILE = {"61005", "61901", "61902", "PFAND-E", "PFAND-M"}
"""A credit note comes of a return, deposits with their goods; services are booked elsewhere."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("demo")
    report = import_folder(DEMO, data, NOW)
    assert not report.problems
    return data


@pytest.fixture
def reader(data: Path) -> Iterator[CatalogueReader]:
    reader = CatalogueReader(data)
    yield reader
    reader.close()


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_goods_have_real_austrian_and_german_codes() -> None:
    codes = [row["code"] for row in rows("barcodes") if not row["variant"]]
    assert len(codes) >= 250
    assert all(is_gtin(code) for code in codes)
    prefixes = {code[:2] for code in codes}
    assert prefixes <= {"90", "91", "40", "41", "42", "43"}
    assert sum(code.startswith("9") for code in codes) > len(codes) * 0.8


def test_variants_have_codes_that_never_leave_the_shop() -> None:
    own = [row["code"] for row in rows("barcodes") if row["variant"]]
    assert len(own) == len(rows("variants"))
    assert all(is_gtin(code) and code.startswith("20") for code in own)


def test_every_tax_of_the_country_is_there(reader: CatalogueReader) -> None:
    taxes = reader.tax_codes()
    rates = {code: tax.rate_on(TODAY) for code, tax in taxes.items()}
    assert {rate.basis_points: rate.category for rate in rates.values()} == {
        2000: TaxCategory.NORMAL,
        1000: TaxCategory.REDUCED_1,
        1300: TaxCategory.REDUCED_2,
        490: TaxCategory.SPECIAL,
        0: TaxCategory.ZERO,
    }
    used = {row["tax"] for row in rows("products")}
    assert used == set(taxes)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("NÖM Milch", 1000, 490),
        ("Resch & Frisch Kaisersemmel", 1000, 490),
        ("Äpfel Gala", 1000, 490),
        ("Bad Ischler Feines Tafelsalz", 1000, 490),
        ("Bananen", 1000, 1000),
        ("Kitzbüheler Bergkäse", 1000, 1000),
        ("Red Bull Energy Drink", 2000, 2000),
        ("Blumenstrauß", 1300, 1300),
        ("Einwegpfand", 0, 0),
    ],
)
def test_basic_food_changes_its_rate_in_july(
    reader: CatalogueReader, name: str, before: int, after: int
) -> None:
    product = next(one.product for one in reader.search(name, 0, 50) if one.product.name == name)
    tax = reader.tax_codes()[product.tax_code]
    assert tax.rate_on(date(2026, 6, 30)).basis_points == before
    assert tax.rate_on(date(2026, 7, 1)).basis_points == after


def test_tree_of_tiles_shows_all_goods_in_two_levels(reader: CatalogueReader) -> None:
    top = reader.pos_categories()
    below = {one.number: reader.pos_categories(one.number) for one in top}
    assert 12 <= len(top) + sum(map(len, below.values())) <= 16
    assert not any(reader.pos_categories(leaf.number) for each in below.values() for leaf in each)
    leaves = [leaf for one in top for leaf in below[one.number] or (one,)]
    shown = {
        tile.product.number for leaf in leaves for tile in reader.products_in(leaf.number, 0, 500)
    }
    assert {row["number"] for row in rows("products")} - shown == WITHOUT_A_TILE
    every = (*top, *(leaf for each in below.values() for leaf in each))
    for one in every:
        assert reader.category_path(one.number, "en")[-1].name != one.name


def test_everything_has_a_picture_that_fits_a_tile(data: Path) -> None:
    shown = {row["picture"] for name in ("products", "pos_categories") for row in rows(name)}
    assert "" not in shown
    chosen = {
        row["picture"]
        for name in ("attribute_values", "product_values", "variants")
        for row in rows(name)
    }
    named = shown | chosen - {""}
    for name in named:
        with Image.open(data / "pictures" / name) as picture:
            assert (picture.size, picture.format, picture.mode) == ((192, 192), "PNG", "RGBA")
    assert {path.name for path in (DEMO / "pictures").iterdir()} - named == {
        "logo.png",
        *(row["picture"] for row in rows("operators")),
    }


def test_people_and_their_pins(reader: CatalogueReader) -> None:
    rights = {one.number: one.may(Right.SETTINGS) for one in reader.operators()}
    assert rights == {"anna": False, "ben": False, "maria": True}
    for number, pin in (("anna", "1111"), ("ben", "2222"), ("maria", "9999")):
        assert pin_matches(reader.pin_hash(number), pin)
        assert f"{number.capitalize()} {pin}" in (DEMO / "LICENCE.md").read_text(encoding="utf-8")


def test_two_tills_ask_different_prices(reader: CatalogueReader) -> None:
    first, second, *_ = reader.tills()
    book = reader.price_book()
    at = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/Vienna"))

    def price(till_list: str, number: str, quantity: Quantity = ONE) -> Decimal:
        product = reader.product(number)
        assert product is not None
        priced = PricedProduct(number, product.price, product.cost, product.category)
        context = PriceContext(at=at, till_list=till_list, country="AT")
        return Pricer(book, context).price(priced, quantity).unit_price

    beer = reader.find_code("90076091")
    assert beer is not None
    assert price(first.price_list, beer.product.number) == Decimal("1.29")
    assert price(second.price_list, beer.product.number) == Decimal("1.50")
    assert price(first.price_list, "501") == Decimal("3.40")
    assert price(second.price_list, "501") == Decimal("3.90")
    wafers = reader.find_code("9000331604275")
    assert wafers is not None
    for till in (first, second):
        three = price(till.price_list, wafers.product.number, Quantity.of(3))
        assert three == Decimal("1.29")


def test_cartons_deposits_and_weighed_goods(reader: CatalogueReader) -> None:
    tray = reader.find_code("19002490200074")
    assert tray is not None
    assert tray.packaging is not None
    assert (tray.packaging.content, tray.packaging.sellable) == (Quantity.of(24), True)
    can = reader.product(tray.product.deposit)
    assert can is not None
    assert (can.price, can.tax_code) == (Decimal("0.25"), "Z")
    assert not all(row["sellable"] == "1" for row in rows("packagings"))
    codes = [row["code"] for row in rows("packagings") if row["code"]]
    assert codes
    assert all(is_gtin(code) and len(code) == 14 for code in codes)
    weighed = [row for row in rows("products") if row["weighed"] == "1"]
    assert len(weighed) >= 20
    assert {row["unit"] for row in weighed} == {"kg"}


def test_shop_is_ready_for_receipts(reader: CatalogueReader, data: Path) -> None:
    shop = reader.shop()
    assert shop is not None
    assert shop.name
    assert len(shop.address) == 2
    with Image.open(data / "pictures" / shop.logo) as logo:
        assert logo.mode == "1"
        assert logo.width <= 384
