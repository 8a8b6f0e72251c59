"""Points programmes and coupons: as the files say, or told and left out (T-129)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pos.domain.discount import AmountOff, PercentOff
from pos.domain.money import Money
from pos.domain.points import PointsFactor
from pos.domain.stored_value.programme import Medium
from pos.runtime.texts import LANGUAGES, Texts
from tests.storage.catalogue.folder import Folder

PROGRAMMES = (
    "number,name,media,tills,last_day,earn_points,earn_amount,spend_points,spend_amount,valid_days\n"
    "treue,Treue,till,1,2027-12-31,2,1.50,100,5,730\n"
)
FACTORS = "number,programme,category,product,factor\n1,treue,,900,0\n"
COUPONS = (
    "number,name,percent,amount,minimum,products,tills,first_day,per_customer,uses\n"
    "ZEHN,Zehn,10,,30,900,,2026-11-01,1,5\nFIX,Fix,,2.50,,,,,,\n"
)


@pytest.fixture
def shop(folder: Folder) -> Folder:
    """A folder with one programme, a factor and two coupons."""
    folder.add("products.csv", "900,Tabak,5,N,Stk,,,,,")
    folder.write("tills.csv", "number,name\n1,Kassa 1\n")
    folder.write("points_programmes.csv", PROGRAMMES)
    folder.write("points_factors.csv", FACTORS)
    folder.write("coupons.csv", COUPONS)
    return folder


def test_programmes_and_coupons_are_read(shop: Folder) -> None:
    assert shop.imported().problems == []
    with shop.reader() as reader:
        (treue,), coupons = reader.points_programmes(), reader.coupons()
    assert (treue.earn_points, treue.earn_amount, treue.spend_points) == (2, 150, 100)
    assert (treue.spend_amount, treue.valid_days) == (500, 730)
    assert treue.factors == (PointsFactor(Decimal(0), product="900"),)
    assert treue.reach.media == {Medium.TILL} and treue.reach.tills == {"1"}
    assert treue.reach.last_day == date(2027, 12, 31)
    ten, fixed = coupons["ZEHN"], coupons["FIX"]
    assert (ten.discount, ten.minimum) == (PercentOff(Decimal(10)), 3000)
    assert ten.products == {"900"}
    assert (ten.per_customer, ten.limit) == (True, 5)
    assert (fixed.discount, fixed.limit, fixed.is_bound) == (AmountOff(Money(250)), None, False)


def test_goods_of_a_fixed_price_are_told(folder: Folder) -> None:
    folder.write(
        "products.csv",
        "number,name,price,tax,unit,fixed_price\n1,Tabak,5,N,Stk,1\n2,Brot,3,N,Stk,\n",
    )
    folder.imported()
    with folder.reader() as reader:
        fixed = {number: each.fixed_price for number, each in reader.products(["1", "2"]).items()}
    assert fixed == {"1": True, "2": False}


@pytest.mark.parametrize(
    ("file", "row", "field"),
    [
        ("points_programmes.csv", "x,X,,,,1,1,100,0,", "spend_amount"),
        ("points_programmes.csv", "x,X,,9,,1,1,0,0,", "tills"),
        ("points_programmes.csv", "x,X,,,,1,0,0,0,", "earn_amount"),
        ("points_factors.csv", "2,nobody,,900,1", "programme"),
        ("points_factors.csv", "2,treue,,,1", "category"),
        ("coupons.csv", "X,X,101,,,,,,,", "percent"),
        ("coupons.csv", "X,X,,,,,,,,", "percent"),
        ("coupons.csv", "X,X,5,,,900 901,,,,", "products"),
        ("coupons.csv", "X,X,5,,,,9,,,", "tills"),
    ],
)
def test_what_can_not_be_is_told_and_left_out(
    shop: Folder, file: str, row: str, field: str
) -> None:
    shop.add(file, row)
    (problem,) = shop.imported().problems
    assert (problem.file, problem.field) == (file, field)
    for language in LANGUAGES:
        assert Texts(language).get(f"catalogue.problem.{problem.reason}", **problem.values)
    with shop.reader() as reader:
        assert [each.number for each in reader.points_programmes()] == ["treue"]
        assert set(reader.coupons()) == {"ZEHN", "FIX"}
