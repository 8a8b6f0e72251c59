"""Shown prices in the catalogue: what is taken back is gone with the next import."""

from __future__ import annotations

import pytest

from pos.domain.display_prices import Agreement, PriceKind, Surface
from pos.domain.errors import Refusal
from pos.storage.catalogue.agreements import CataloguePartners
from pos.storage.catalogue.database import scratch
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


def test_what_a_shop_takes_is_changed_where_it_is(shown: Folder) -> None:
    """An open reader sees it at once, and the next import has the last word (OXOMI-15)."""
    shown.imported()
    partners = CataloguePartners(shown.data)
    with shown.reader() as reader:
        partners.receive({("muster", "uvp"): False})
        assert reader.prices_on_show("100").agreements == {"uvp": Agreement(kept=True, shared=True)}
        partners.receive({("muster", "k"): True, ("muster", "uvp"): True})
        rows = {row.key: row.agreement for row in reader.partnerships()}
        assert rows == {
            ("muster", "uvp"): Agreement(kept=True, shared=True, received=True),
            ("muster", "k"): Agreement(received=True),
        }
        partners.receive({})
        shown.imported()
        assert [row.key for row in reader.partnerships()] == [("muster", "uvp")]


def test_nothing_is_changed_while_an_import_runs(shown: Folder) -> None:
    shown.imported()
    with scratch(shown.data), pytest.raises(Refusal, match="import_running"):
        CataloguePartners(shown.data).receive({("muster", "uvp"): False})
    with shown.reader() as reader:
        assert reader.partnerships()[0].agreement.received


def test_surfaces_and_makers_are_told(shown: Folder) -> None:
    shown.imported()
    with shown.reader() as reader:
        ((setting, title),) = reader.surfaces()
        assert (setting.surface, title) == (Surface.CASHIER, "Empfohlen")
        assert reader.makers() == {"muster"}
        assert reader.price_kinds() == {"uvp": PriceKind.RRP_GROSS, "k": PriceKind.CUSTOMER}
