"""Receipt or invoice: who gets which, and what the law wants of an invoice (COMARCH-2)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pos.documents.plain_text import document_text
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.tax import without_tax
from pos.domain.till_profile import SalesModel
from pos.till.customers import CustomerFields
from pos.till.shelves import PricedShelves
from tests.support.catalogue import COFFEE, ROLL
from tests.support.till import TestTill

ADDRESS = {"street": "Gasse 1", "postcode": "1010", "city": "Wien"}


def paper(desk: TestTill) -> str:
    return document_text(desk.tray.papers[-1])


def test_an_invoice_holds_what_the_law_wants(open_desk: TestTill) -> None:
    """§ 11 (1) UStG: both parties, goods, day, amounts by rate, a number, the seller's VAT id."""
    till = open_desk.till
    till.scan(COFFEE)
    till.set_one_off(CustomerFields("Kurz GmbH", "company", **ADDRESS, vat_id="ATU99999999"))  # type: ignore[arg-type]
    till.tender("cash")
    document = open_desk.tray.papers[-1]
    assert (document.kind, document.title) == ("invoice", "Rechnung Nr. 1-1")
    for words in (
        "Testladen",
        "Hauptplatz 1",
        "UID: ATU12345675",
        "Kurz GmbH",
        "Gasse 1",
        "1010 Wien",
        "UID: ATU99999999",
        "Rechnung Nr. 1-1",
        "Tag der Lieferung",
        "Kaffee gemahlen 500 g",
        "6,66",
        "1,33",
        "7,99",
        "20 %",
    ):
        assert words in paper(open_desk), words
    closed = [link.entry for link in open_desk.store.journal()]
    (entry,) = (entry for entry in closed if entry.kind is Kind.SALE_CLOSED)
    assert entry.data["paper"] == "invoice"


def test_a_private_customer_chooses_for_this_sale_alone(open_desk: TestTill) -> None:
    till = open_desk.till
    till.scan(COFFEE)
    till.set_customer("101")
    till.choose_paper("invoice")
    till.tender("cash")
    assert "Rechnung Nr. 1-1" in paper(open_desk)
    assert "Johanna Pichler" in paper(open_desk)
    till.scan(COFFEE)
    till.set_customer("101")
    till.tender("cash")
    assert "Beleg Nr. 2" in paper(open_desk)
    assert "Johanna Pichler" not in paper(open_desk)


def test_the_choice_survives_a_restart_and_can_be_taken_back(open_desk: TestTill) -> None:
    open_desk.till.scan(COFFEE)
    open_desk.till.set_customer("101")
    open_desk.till.choose_paper("invoice")
    sale = open_desk.restart().view().sale
    assert sale is not None
    assert (sale.paper, sale.papers) == ("invoice", ("receipt", "invoice"))
    open_desk.till.sign_in("anna", "1111")
    sale = open_desk.till.choose_paper("receipt").sale
    assert sale is not None and sale.paper == "receipt"
    with pytest.raises(Refusal, match="no_such_paper"):
        open_desk.till.choose_paper("letter")


@pytest.mark.parametrize(
    ("pieces", "fields", "code"),
    [
        (50, {}, ""),
        (51, {}, "invoice_address"),
        (51, ADDRESS, ""),
        (1251, ADDRESS, ""),
        (1252, ADDRESS, "invoice_vat_id"),
        (1252, ADDRESS | {"vat_id": "ATU99999999"}, ""),
    ],
)
def test_large_invoices_need_their_recipient(
    open_desk: TestTill, pieces: int, fields: dict[str, str], code: str
) -> None:
    """Up to 400.00 none, above it the address, above 10,000.00 the VAT id (§ 11 UStG)."""
    till = open_desk.till
    till.scan(f"{pieces}*{COFFEE}")
    till.set_one_off(CustomerFields("Kurz GmbH", "company", **fields))  # type: ignore[arg-type]
    if code:
        with pytest.raises(Refusal, match=code):
            till.tender("card")
        with pytest.raises(Refusal, match=code):
            till.start_checkout()
        till.clear_customer()
    till.tender("card")
    assert till.view().last_sale is not None


@pytest.mark.parametrize(
    ("price", "rate", "net"),
    [("7.99", 2000, "6.66"), ("0.55", 1000, "0.50"), ("-1.20", 2000, "-1.00"), ("1.00", 0, "1.00")],
)
def test_a_price_without_its_tax(price: str, rate: int, net: str) -> None:
    assert without_tax(Decimal(price), rate) == Decimal(net)


def test_tiles_of_a_trade_counter_are_without_tax(
    open_desk: TestTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B2B starts with the net view, B2C with gross (COMARCH-1)."""
    catalogue, desk = open_desk.desk.catalogue, open_desk.desk
    shelves = PricedShelves(catalogue, desk.prices, "1", desk.clock)

    def shown(name: str) -> Decimal | None:
        (tile,) = shelves.search(name, 0, 5)
        return tile.price

    open_desk.till.view()
    assert shown("kaffee") == Decimal("7.99")
    profile = catalogue.till("1")
    assert profile is not None
    trade = replace(profile, model=SalesModel.B2B)
    monkeypatch.setattr(catalogue, "till", lambda number: trade)
    assert open_desk.till.view().net_view
    assert shown("kaffee") == Decimal("6.66")
    assert shown("semmel") == Decimal("0.50")
    open_desk.till.scan(ROLL)
    open_desk.till.set_customer("101")
    assert shown("kaffee") == Decimal("7.19")
    view = open_desk.till.clear_customer()
    assert view.net_view
    assert not open_desk.till.show_net(False).net_view
    assert shown("kaffee") == Decimal("7.99")
    assert open_desk.till.tender("cash", Money(100)).net_view


def test_a_company_that_comes_while_paying_needs_its_address_too(open_desk: TestTill) -> None:
    till = open_desk.till
    till.scan("300*9000000000025")
    till.start_checkout()
    with pytest.raises(Refusal, match="invoice_address"):
        till.scan("KK-102")
    till.tender("card")
    assert open_desk.tray.papers[-1].kind == "receipt"
