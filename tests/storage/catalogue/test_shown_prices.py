"""Shown prices in the catalogue: what is taken back is gone with the next import."""

from __future__ import annotations

import pytest

from pos.domain.display_prices import Agreement
from tests.storage.catalogue.folder import Folder

TYPES = "number,name,label,kind\nuvp,Empfohlen,UVP,rrp_gross\nk,Kunde,,customer\n"
SHARED = "supplier,type,kept,shared,received\nmuster,uvp,1,1,1\n"


@pytest.fixture
def shown(folder: Folder) -> Folder:
    folder.write("suppliers.csv", "number,name\nmuster,Muster GmbH\n")
    folder.write("product_details.csv", "product,maker\n100,muster\n")
    folder.write("price_types.csv", TYPES)
    folder.write("price_partners.csv", SHARED)
    folder.write("display_prices.csv", "product,type,price\n100,uvp,2.49\n")
    folder.write("surfaces.csv", "surface,show,type\ncashier,own_and_partner,uvp\n")
    return folder


@pytest.mark.parametrize(
    ("file", "ended"),
    [
        ("price_partners.csv", SHARED.replace("1,1,1", "1,0,1")),
        ("price_partners.csv", SHARED.replace("1,1,1", "1,1,0")),
        ("price_partners.csv", "supplier,type,kept,shared,received\n"),
    ],
)
def test_either_side_ends_it_with_the_next_import(shown: Folder, file: str, ended: str) -> None:
    """A reader that stays open, as a till's does, keeps no copy (OXOMI-15)."""
    shown.imported()
    with shown.reader() as reader:
        allowed = Agreement(kept=True, shared=True, received=True)
        assert reader.prices_on_show("100").agreements == {"uvp": allowed}
        shown.write(file, ended)
        shown.imported()
        assert reader.prices_on_show("100").agreements != {"uvp": allowed}


def test_prices_and_surfaces_taken_back_are_gone(shown: Folder) -> None:
    """(OXOMI-15)"""
    shown.imported()
    with shown.reader() as reader:
        assert reader.prices_on_show("100").prices
        shown.write("display_prices.csv", "product,type,price\n")
        shown.imported()
        assert not reader.prices_on_show("100").prices
        shown.write("surfaces.csv", "surface,show,type\n")
        shown.imported()
        assert not reader.prices_on_show("100").surfaces


def test_a_price_agreed_with_a_customer_does_not_come_in(shown: Folder) -> None:
    """(OXOMI-5)"""
    shown.add("display_prices.csv", "100,k,1.99")
    assert [each.reason for each in shown.imported().problems] == ["customer_price"]
    with shown.reader() as reader:
        assert list(reader.prices_on_show("100").prices) == ["uvp"]
