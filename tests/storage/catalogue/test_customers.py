"""Customers are found by number, by card and while typing; nobody is listed unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.customer import CustomerKind, TaxStatus
from pos.domain.till_profile import NetPrices
from pos.storage.catalogue.reader import CatalogueReader
from tests.support.shop import make_shop

CUSTOMERS = """\
number,name,kind,city,country,vat_id,card,tax_status,active
101,Y\u0131ld\u0131z Ayd\u0131n,person,Graz,AT,,KK-101,,1
102,Kanzlei Moser & Partner,company,Wien,AT,ATU12345675,,,1
201,Müller GmbH,company,Passau,DE,DE123456789,,intra_community,1
103,Ayd\u0131n Weg,person,Graz,AT,,KK-103,,0
"""


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[CatalogueReader]:
    folder = tmp_path / "data"
    tills = "number,name,price_list,price_lists,net_prices\n1,Kasse 1,laden,laden,one_off\n"
    shop = "name,discount_reason,discount_reasons\nLaden,1,Delle|Ablauf\n"
    reader = CatalogueReader(make_shop(folder, customers=CUSTOMERS, tills=tills, shop=shop))
    yield reader
    reader.close()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("  ", []),
        ("yildiz", ["101"]),
        ("AYD", ["101"]),
        ("graz ay", ["101"]),
        ("mueller", ["201"]),
        ("moser kanz", ["102"]),
        ("102", ["102"]),
        ("KK-101", ["101"]),
        ("DE1234", ["201"]),
        ("nobody", []),
    ],
)
def test_search(reader: CatalogueReader, text: str, numbers: list[str]) -> None:
    assert [each.number for each in reader.customers(text, 0, 10)] == numbers


def test_a_page_goes_on_where_the_last_one_ended(reader: CatalogueReader) -> None:
    first, second = reader.customers("1", 0, 1), reader.customers("1", 1, 1)
    assert {each.number for each in (*first, *second)} == {"101", "102"}


def test_number_and_card_find_those_that_are_closed_too(reader: CatalogueReader) -> None:
    by_card, by_number = reader.customer_by_card("KK-103"), reader.customer("103")
    assert by_card is not None and by_card == by_number and not by_card.active
    assert reader.customer("999") is None
    assert reader.customer_by_card("") is None


def test_fields(reader: CatalogueReader) -> None:
    found = reader.customer("201")
    assert found is not None
    assert (found.kind, found.tax_status) == (CustomerKind.COMPANY, TaxStatus.INTRA_COMMUNITY)
    assert found.address("AT") == ("Passau", "DE")
    till, shop = reader.till("1"), reader.shop()
    assert till is not None and shop is not None
    assert (till.price_lists, till.net_prices) == (("laden",), NetPrices.ONE_OFF)
    assert (shop.discount_reason, shop.discount_reasons) == (True, ("Delle", "Ablauf"))


def test_products_come_by_the_handful(reader: CatalogueReader) -> None:
    assert sorted(reader.products(["1", "2", "nothing"])) == ["1", "2"]
    assert reader.products([]) == {}
