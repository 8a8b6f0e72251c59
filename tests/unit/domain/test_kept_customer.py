"""What a till typed is laid over what the office has, field by field, until the office has it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from msgspec.structs import replace

from pos.domain.customer import Customer, CustomerKind, TaxStatus, check_fields
from pos.domain.errors import Refusal
from pos.domain.kept_customer import KeptCustomer, KeptCustomers

AT = datetime(2026, 11, 23, tzinfo=UTC)
OFFICE = Customer("7", "Huber", phone="1", mail="a@x.at", price_list="stamm")


def kept(customer: Customer, *bases: Customer, is_new: bool = False) -> KeptCustomer:
    return KeptCustomer(customer, bases, is_new, AT, "anna")


def test_our_change_stands_beside_one_of_the_office() -> None:
    ours = kept(replace(OFFICE, phone="2"), OFFICE)
    office = replace(OFFICE, mail="b@x.at", price_list="neu", tax_status=TaxStatus.THIRD_COUNTRY)
    assert ours.over(office) == replace(office, phone="2")
    assert not ours.is_taken(office)
    assert ours.is_taken(replace(office, phone="2"))


def test_of_two_changes_of_one_field_the_offices_stands() -> None:
    ours = kept(replace(OFFICE, phone="2"), OFFICE)
    office = replace(OFFICE, phone="3")
    assert ours.over(office) == office
    assert ours.is_taken(office)


def test_later_versions_go_over_whatever_of_ours_the_office_has_by_then() -> None:
    first = kept(replace(OFFICE, phone="2"), OFFICE)
    second = first.then(
        replace(OFFICE, phone="2", mail="b@x.at"), replace(OFFICE, phone="2"), AT, "anna"
    )
    newest = replace(OFFICE, phone="4", mail="b@x.at")
    third = second.then(newest, second.customer, AT, "anna")
    for phone, mail in product("12", ("a@x.at", "b@x.at")):
        assert third.over(replace(OFFICE, phone=phone, mail=mail)) == newest


def test_a_new_one_is_there_until_the_office_has_it() -> None:
    new = Customer("K1-0001", "Neu", phone="1")
    ours = kept(new, new, is_new=True)
    assert ours.over(None) == new
    assert not ours.is_taken(None)
    office = replace(new, number="4711", phone="2")
    assert ours.over(office) == office
    later = ours.then(replace(new, phone="9"), new, AT, "anna")
    assert later.over(replace(new, number="4711")) == replace(new, number="4711", phone="9")


def test_one_the_office_deleted_is_gone() -> None:
    ours = kept(replace(OFFICE, phone="2"), OFFICE)
    assert ours.over(None) is None
    assert ours.is_taken(None)


def test_a_reader_sees_whole_states_only() -> None:
    book = KeptCustomers()
    ours = kept(OFFICE, OFFICE)
    before, version = book.all(), book.version
    book.put(ours)
    assert (before, book.all(), book.get("7")) == ((), (ours,), ours)
    book.drop("7")
    assert book.all() == ()
    assert book.version == version + 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "customer_name"),
        ({"kind": CustomerKind.COMPANY, "id_number": "P 1"}, "customer_id_number"),
        ({"country": "Austria"}, "customer_country"),
        ({"country": "A1"}, "customer_country"),
        ({"mail": "huber"}, "customer_mail"),
        ({"mail": "@x.at"}, "customer_mail"),
        ({"tax_status": TaxStatus.THIRD_COUNTRY, "vat_id": "DE123456789"}, "vat_id_lettered"),
        ({"tax_status": TaxStatus.THIRD_COUNTRY, "vat_id": "123456789"}, ""),
        ({"tax_status": TaxStatus.INTRA_COMMUNITY, "vat_id": "DE123456789"}, ""),
        ({"id_number": "P 1", "vat_id": "ATU12345675"}, ""),
        ({"mail": ""}, ""),
    ],
)
def test_fields_follow_kind_and_status(fields: dict[str, object], code: str) -> None:
    """COMARCH-3: identification numbers of persons, tax numbers of both. COMARCH-10: third
    country with "DE" before the VAT id is an error.
    """
    customer = replace(OFFICE, **fields)
    if code:
        with pytest.raises(Refusal, match=code):
            check_fields(customer)
    else:
        check_fields(customer)
