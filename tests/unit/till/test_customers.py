"""Customers made and changed at the till stay over any new catalogue until the office has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.app.build import OpenTill
from pos.app.printing import DirectPrinting
from pos.domain.customer import Customer, TaxStatus
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.storage.catalogue.importing import import_folder
from pos.storage.verify import verify
from pos.till.customers import CustomerFields
from pos.till.till import Till
from tests.support.shop import IMPORTED_AT, make_shop, write_shop

HEAD = "number,name,kind,phone,card,tax_status,till_number\n"
CUSTOMERS = HEAD + "101,Johanna Pichler,person,1,KK-101,,\n301,Reto Frei,person,,,third_country,\n"


class Place:
    """A till on a shop whose catalogue the office sends anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = make_shop(folder / "data", customers=CUSTOMERS)
        (self.folder / "till.toml").write_text('till = "1"\n', encoding="utf-8")
        self.start()

    def start(self) -> None:
        self.opened = OpenTill(self.folder, DirectPrinting)
        self.till: Till = self.opened.till
        if self.till.view().operator is None:
            self.till.sign_in("maria", "9999")

    def restart(self) -> None:
        self.close()
        self.start()

    def close(self) -> None:
        self.opened.__exit__(None, None, None)

    def office_sends(self, customers: str) -> None:
        source = write_shop(self.folder / "exchange", customers=HEAD + customers)
        assert not import_folder(source, self.folder, IMPORTED_AT).problems

    def found(self, text: str) -> list[str]:
        shelves = self.opened.open_shelves()
        found = [each.number for each in shelves.customers(text, 0, 10)]
        shelves.close()
        assert found == [each.number for each in self.till.customers(text)]
        return found

    def entries(self, kind: Kind) -> list[dict[str, object]]:
        entries = (link.entry for link in self.opened.store.journal())
        return [dict(entry.data) for entry in entries if entry.kind is kind]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    place.till.open_session(Money(0))
    yield place
    place.close()


def buyer(till: Till) -> Customer:
    sale = till._desk.sale
    assert sale is not None and sale.customer is not None
    return sale.customer


def test_a_new_customer_is_found_beside_the_offices(place: Place) -> None:
    """Search, create, attach to the sale (T-065, T-068)."""
    waiting = place.opened.store.parcels_waiting()
    place.till.create_customer(
        CustomerFields("Käthe Neu", city="Graz", card="KK-900", tags=["Chor"], mail="k@x.at")
    )
    assert buyer(place.till).number == "K1-0001"
    assert place.found("kaethe") == place.found("chor") == place.found("KK-900") == ["K1-0001"]
    assert place.found("") == []
    assert place.opened.store.parcels_waiting() == waiting + 1
    place.till.clear_customer()
    place.till.scan("KK-900")
    assert buyer(place.till).name == "Käthe Neu"


def test_a_swapped_catalogue_loses_nothing(place: Place) -> None:
    """Kept here until the back office takes it, over a restart and any import (T-065)."""
    place.till.create_customer(CustomerFields("Neu"))
    place.till.edit_customer("101", CustomerFields(phone="2"))
    place.office_sends("101,Johanna Huber,person,1,KK-101,,\n")
    assert place.found("neu") == ["K1-0001"]
    place.restart()
    customer = place.till.customer("101")
    assert (customer.name, customer.phone) == ("Johanna Huber", "2")
    assert place.found("neu") == ["K1-0001"]
    place.till.create_customer(CustomerFields("Noch wer"))
    assert place.found("noch") == ["K1-0002"]


def test_what_the_office_has_taken_is_its_own_again(place: Place) -> None:
    place.till.create_customer(CustomerFields("Neu", phone="7"))
    place.till.edit_customer("101", CustomerFields(phone="2"))
    place.office_sends("101,Johanna Pichler,person,2,KK-101,,\n4711,Neu,person,7,,,K1-0001\n")
    assert place.till.customer("K1-0001").number == "4711"
    assert place.found("neu") == ["4711"]
    place.restart()
    assert place.opened.store.kept_customers() == []
    place.office_sends("101,Johanna Pichler,person,1,KK-101,,\n")
    assert place.till.customer("101").phone == "1"


def test_a_change_under_way_when_the_office_gives_a_number_is_kept(place: Place) -> None:
    place.till.create_customer(CustomerFields("Neu", phone="7"))
    place.till.edit_customer("K1-0001", CustomerFields(phone="8"))
    place.office_sends("4711,Neu,person,7,,,K1-0001\n")
    place.restart()
    assert place.till.customer("4711").phone == "8"
    assert place.found("neu") == ["4711"]


def test_an_archived_customer_is_out_of_sight_and_comes_back(place: Place) -> None:
    place.till.archive_customer("101")
    assert place.found("pichler") == []
    with pytest.raises(Refusal, match="customer_inactive"):
        place.till.set_customer("101")
    place.till.restore_customer("101")
    assert place.found("pichler") == ["101"]


def test_a_card_is_stored_on_one_customer(place: Place) -> None:
    """A scanned card is stored on the selected customer (T-069)."""
    place.till.create_customer(CustomerFields("Neu"))
    place.till.store_card("K1-0001", "KK-555")
    with pytest.raises(Refusal, match="customer_card_taken"):
        place.till.store_card("301", "KK-555")
    with pytest.raises(Refusal, match="customer_card_taken"):
        place.till.store_card("301", "KK-101")
    place.till.store_card("101", "KK-102")
    place.till.clear_customer()
    place.till.scan("KK-101")
    assert [one.code for one in place.till.view().unknown] == ["KK-101"]
    place.till.scan("KK-102")
    assert buyer(place.till).number == "101"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda till: till.create_customer(CustomerFields("Neu")),
        lambda till: till.edit_customer("101", CustomerFields(phone="3")),
        lambda till: till.archive_customer("101"),
        lambda till: till.store_card("101", "KK-7"),
        lambda till: till.request_tax_status("101", "third_country"),
    ],
)
def test_without_the_right_nothing_is_saved(
    place: Place, attempt: Callable[[Till], object]
) -> None:
    """The right Kunde (T-066)."""
    place.till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="right_missing"):
        attempt(place.till)
    assert place.opened.store.kept_customers() == []


def test_only_managers_allow_delivery_notes(place: Place) -> None:
    """Goods before the invoice: level Manager alone (T-070)."""
    place.till.sign_in("anna", "1111")
    with pytest.raises(Refusal, match="managers_only"):
        place.till.allow_delivery_notes("101", True)
    place.till.sign_in("maria", "9999")
    place.till.allow_delivery_notes("101", True)
    assert place.till.customer("101").delivery_notes


def test_the_tax_status_is_asked_for_and_never_set(place: Place) -> None:
    """Status is the back office's; a request goes there, off line too (COMARCH-11)."""
    waiting = place.opened.store.parcels_waiting()
    place.till.request_tax_status("101", "third_country", "zieht nach Zürich")
    assert place.till.customer("101").tax_status is TaxStatus.DOMESTIC
    assert place.opened.store.parcels_waiting() == waiting + 1
    with pytest.raises(Refusal, match="tax_status_unknown"):
        place.till.request_tax_status("101", "duty_free")
    with pytest.raises(Refusal, match="vat_id_lettered"):
        place.till.edit_customer("301", CustomerFields(vat_id="DE123456789"))


def test_the_sale_takes_the_new_data_and_the_journal_no_contents(place: Place) -> None:
    place.till.set_customer("101")
    place.till.edit_customer("101", CustomerFields(street="Gasse 1", name="Johanna Huber"))
    assert buyer(place.till).street == "Gasse 1"
    place.till.edit_customer("101", CustomerFields(street="Gasse 1"))
    assert place.entries(Kind.CUSTOMER_SAVED) == [
        {"customer": "101", "new": False, "fields": ["name", "street"]}
    ]
    assert all(finding.ok for finding in verify(place.folder))


def test_nobody_is_made_where_the_sale_could_not_take_them(place: Place) -> None:
    place.till.scan("9000000000018")
    place.till.start_checkout()
    with pytest.raises(Refusal, match="sale_not_open"):
        place.till.create_customer(CustomerFields("Neu"))
    assert place.opened.store.kept_customers() == []
