"""What the importer says of price lists and customers that can't be worked with."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pos.domain.pricing import PriceContext, PricedProduct, Pricer
from pos.domain.quantity import ONE
from pos.runtime.texts import Texts
from tests.storage.catalogue.folder import Folder


def told(folder: Folder) -> list[tuple[str, int, str, str]]:
    """File, line, field and words of each problem."""
    texts = Texts("en")
    return [
        (one.file, one.line, one.field, texts.get(f"catalogue.problem.{one.reason}", **one.values))
        for one in folder.imported().problems
    ]


@pytest.mark.parametrize("field", ["export_name", "code"])
def test_two_lists_of_one_name_are_both_told(folder: Folder, field: str) -> None:
    """Two lists with the same exchange name: the import error names both (ETRON-47)."""
    folder.write(
        "price_lists.csv", f"number,name,{field}\nshop,Laden,GW-1\nnight,Abend,GW-1\nday,Tag,GW-2\n"
    )
    found = told(folder)
    first = ("price_lists.csv", 3, field, "“Laden” and “Abend” both bear “GW-1”; ")
    assert found[0][:3] == first[:3]
    assert found[0][3].startswith(first[3])
    with folder.reader() as reader:
        book = reader.price_book()
    assert [number for number in ("shop", "night", "day") if book.price_list(number)] == [
        "shop",
        "day",
    ]


def test_lists_without_an_exchange_name_stay_here(folder: Folder) -> None:
    """Any number of lists may go without one: only flagged lists are exchanged (ETRON-47)."""
    folder.write("price_lists.csv", "number,name,export_name\nshop,Laden,\nnight,Abend,\n")
    assert told(folder) == []


def test_a_list_that_is_not_for_tills_prices_nothing_there(folder: Folder) -> None:
    """Its rows count without it, and each is told; other lists may start from it (ETRON-47)."""
    folder.write("price_lists.csv", "number,name,export\nshop,Laden,0\nnight,Abend,1\n")
    folder.write("tills.csv", "number,name,price_list\n1,Kassa,shop\n2,Bar,night\n")
    folder.write("customers.csv", "number,name,price_list\n7,Pichler,shop\n8,Moser,\n")
    words = "The price list “Laden” isn't for tills (export = 0). The row counts without it."
    assert told(folder) == [
        ("customers.csv", 2, "price_list", words),
        ("tills.csv", 2, "price_list", words),
    ]
    with folder.reader() as reader:
        book = reader.price_book()
        shop, night = book.price_list("shop"), book.price_list("night")
        assert shop is not None and not shop.serves("till", "AT")
        assert night is not None and night.serves("till", "AT")
        assert [till.price_list for till in reader.tills()] == ["", "night"]
        customer = reader.customer("7")
        assert customer is not None and customer.price_list == ""
        context = PriceContext(at=datetime(2026, 11, 23, 9, tzinfo=UTC), till_list="night")
        price = Pricer(book, context).price(PricedProduct("103", Decimal("1.49")), ONE)
        assert price.unit_price == Decimal("1.42")  # ten percent on the 1.29 of the other list


def test_a_circle_of_lists_is_told_by_their_names(folder: Folder) -> None:
    """A starts from B and B from A: an import error that names the lists (ETRON-50)."""
    folder.write(
        "price_lists.csv", "number,name\nshop,Laden\nnight,Abend\na,Liste A\nb,Liste B\nc,Liste C\n"
    )
    folder.write(
        "price_rules.csv",
        "number,list,compute,base,base_list,discount\n"
        "1,a,percentage,list,b,10\n"
        "2,b,percentage,list,c,10\n"
        "3,c,percentage,list,shop,10\n"
        "4,c,percentage,list,a,10\n"
        "5,night,percentage,list,night,10\n",
    )
    circle = "These price lists start from each other in a circle: {}. The rule is left out."
    assert told(folder) == [
        ("price_rules.csv", 5, "base_list", circle.format("Liste C → Liste A → Liste B → Liste C")),
        ("price_rules.csv", 6, "base_list", circle.format("Abend → Abend")),
    ]
    with folder.reader() as reader:
        assert reader.price_book().price_list("c") is not None


@pytest.mark.parametrize(
    ("status", "vat_id", "kept"),
    [
        ("third_country", "DE123456789", ""),
        ("third_country", "de123456789", ""),
        ("third_country", "CHE-123.456", ""),
        ("third_country", "123456789", "123456789"),
        ("intra_community", "DE123456789", "DE123456789"),
        ("domestic", "ATU12345675", "ATU12345675"),
    ],
)
def test_a_third_country_has_no_letters_before_its_vat_id(
    folder: Folder, status: str, vat_id: str, kept: str
) -> None:
    """Third country with "DE" before the VAT id is an error (COMARCH-10)."""
    folder.write("customers.csv", f"number,name,vat_id,tax_status\n7,Frei,{vat_id},{status}\n")
    found = told(folder)
    assert [each[:3] for each in found] == ([] if kept else [("customers.csv", 2, "vat_id")])
    with folder.reader() as reader:
        customer = reader.customer("7")
    assert customer is not None
    assert customer.vat_id == kept
