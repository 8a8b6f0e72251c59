"""Customers in the window: made, changed, archived; receipt or invoice."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from pos.domain.customer import CustomerKind
from pos.domain.till_profile import SalesModel
from pos.ui.panes.customer_form import CustomerFormPane, Form
from pos.ui.widgets.button import Key
from tests.support.catalogue import COFFEE
from tests.ui.driver import Driver

ENTER = Qt.Key.Key_Return


def form(driver: Driver) -> CustomerFormPane:
    return driver.selling.people.form


def open_form(driver: Driver, words: str) -> CustomerFormPane:
    driver.key(Qt.Key.Key_F3)
    driver.touch_key(words)
    assert driver.selling.pane is form(driver)
    return form(driver)


def shown(pane: CustomerFormPane) -> set[str]:
    return {name for name, field in pane.fields.items() if field.isVisible()}


def test_fields_follow_kind_and_account(selling: Driver) -> None:
    """A company's form has no identification number; a one-off's no card (COMARCH-3)."""
    pane = open_form(selling, "Neuer Kunde")
    assert {"id_number", "vat_id", "card", "tags"} <= shown(pane)
    selling.touch_key("Firma")
    assert "id_number" not in shown(pane) and "vat_id" in shown(pane)
    selling.touch_key("Einmalig")
    assert not {"card", "phone", "tags"} & shown(pane)
    selling.touch_key("Privat")
    assert {"id_number", "vat_id"} <= shown(pane)


def test_a_customer_is_made_by_keys_and_scan(selling: Driver) -> None:
    """Create, card by scan, attach (T-065, T-069)."""
    selling.scan(COFFEE)
    pane = open_form(selling, "Neuer Kunde")
    selling.write("Anna Neu")
    selling.key(ENTER)
    selling.write("Gasse 1")
    selling.scan("KK-900")
    assert pane.fields["card"].text() == "KK-900"
    selling.touch_key("Übernehmen")
    assert selling.sale.customer is not None
    assert selling.sale.customer.number == "K1-0001"
    assert selling.selling.pane is selling.selling.catalogue
    assert "Der Kunde ist angelegt." in selling.notices
    known = selling.desk.till.customer("K1-0001")
    assert (known.name, known.street, known.card) == ("Anna Neu", "Gasse 1", "KK-900")
    assert known.kind is CustomerKind.PERSON


def test_what_is_refused_stays_to_be_mended(selling: Driver) -> None:
    pane = open_form(selling, "Neuer Kunde")
    selling.write("Anna Neu")
    pane.fields["mail"].setText("anna")
    selling.touch_key("Übernehmen")
    assert selling.selling.pane is pane
    assert pane.fields["name"].text() == "Anna Neu"
    assert "keine Mailadresse" in selling.notices[0]


def test_a_customer_is_changed_and_archived(selling: Driver) -> None:
    selling.scan(COFFEE)
    selling.desk.till.set_customer("102")
    selling.window.work.do(lambda till: till.view())
    selling.settle()
    pane = open_form(selling, "Bearbeiten")
    assert pane.form is Form.EDIT
    assert pane.fields["name"].text() == "Kanzlei Moser"
    pane.fields["city"].setText("Wien")
    selling.touch_key("Übernehmen")
    assert selling.sale.customer is not None
    assert selling.sale.customer.address == ("Wien",)
    open_form(selling, "Bearbeiten")
    form(selling).archive.click()
    assert not selling.desk.till.customer("102").active


def test_the_status_is_asked_for_in_words(selling: Driver) -> None:
    """Read-only here; a request goes to the back office (COMARCH-11)."""
    selling.desk.till.set_customer("102")
    selling.window.work.do(lambda till: till.view())
    selling.settle()
    waiting = selling.desk.store.parcels_waiting()
    open_form(selling, "Bearbeiten")
    form(selling).status.click()
    selling.touch_key(selling.window.work.texts.get("tax.status.third_country"))
    assert selling.desk.store.parcels_waiting() == waiting + 1


def test_without_the_right_the_keys_are_away(driver: Driver) -> None:
    """The right Kunde (T-066)."""
    driver.open("anna", "1111")
    driver.key(Qt.Key.Key_F3)
    words = [key.text() for key in driver.visible(Key)]
    assert "Einmalkunde" in words
    assert "Neuer Kunde" not in words


def test_only_a_manager_allows_delivery_notes(selling: Driver) -> None:
    """Level Manager alone (T-070)."""
    selling.desk.till.set_customer("101")
    selling.window.work.do(lambda till: till.view())
    selling.settle()
    open_form(selling, "Bearbeiten")
    form(selling).delivery.click()
    assert selling.desk.till.customer("101").delivery_notes


def test_a_company_gets_an_invoice_and_the_key_says_why(selling: Driver) -> None:
    """Company: receipt off, with its reason; private: both (COMARCH-2)."""
    selling.scan(COFFEE)
    selling.desk.till.set_customer("102")
    selling.window.work.do(lambda till: till.view())
    selling.settle()
    selling.key(Qt.Key.Key_F3)
    assert not selling.find_key("Beleg").isEnabled()
    pane = selling.selling.prices.customers
    assert "Firmen" in pane._paper_why.text() and pane._paper_why.isVisible()
    selling.key(Qt.Key.Key_Escape)
    selling.desk.till.set_customer("101")
    selling.window.work.do(lambda till: till.view())
    selling.settle()
    selling.key(Qt.Key.Key_F3)
    assert selling.find_key("Beleg").isEnabled()
    selling.touch_key("Rechnung")
    assert selling.sale.paper == "invoice"


def test_a_trade_counter_begins_with_a_company(
    selling: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B2B begins with the net view and a company's form (COMARCH-1)."""
    catalogue = selling.desk.desk.catalogue
    profile = catalogue.till("1")
    assert profile is not None
    trade = replace(profile, model=SalesModel.B2B)
    monkeypatch.setattr(catalogue, "till", lambda number: trade)
    selling.scan(COFFEE)
    assert selling.view.net_view
    pane = open_form(selling, "Neuer Kunde")
    assert pane.kinds.value == "company"


def test_the_archive_lists_whom_it_holds_and_brings_them_back(driver: Driver) -> None:
    """A filter in the window of customers; a touch or Enter restores, with the right (T-065)."""
    driver.open()
    driver.window.work.do(lambda till: till.archive_customer("101"))
    driver.settle()
    driver.key(Qt.Key.Key_F3)
    pane = driver.selling.prices.customers
    driver.touch(pane.archived)
    assert [each.number for each in pane.found] == ["101", "109"]
    driver.write("pich")
    assert [each.number for each in pane.found] == ["101"]
    driver.key(Qt.Key.Key_Return)
    assert not pane.found
    assert "Johanna Pichler" in driver.notices[0]
    driver.key(Qt.Key.Key_Escape)
    assert not pane.archived.isChecked() and pane.isVisible()
    assert [each.number for each in pane.found] == ["101"]


def test_without_the_right_there_is_no_archive(driver: Driver) -> None:
    driver.open("anna", "1111")
    driver.key(Qt.Key.Key_F3)
    assert not driver.selling.prices.customers.archived.isVisible()
