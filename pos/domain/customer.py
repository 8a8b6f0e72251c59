"""Customers at the till: who buys, on which price list, and with or without tax.

Registered customers come from the back office with a number. One-off customers have none: their
data stand on one document and nowhere else (COMARCH-5), and they are always taxed as at home
(COMARCH-8).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from pos.domain.errors import Refusal

COUNTRY_LETTERS = 2


class CustomerKind(StrEnum):
    """Decides about receipt or invoice, and about prices without tax (COMARCH-2, COMARCH-4)."""

    PERSON = "person"
    COMPANY = "company"


class TaxStatus(StrEnum):
    """Where a customer stands for tax; set in the back office alone (COMARCH-9, COMARCH-11)."""

    DOMESTIC = "domestic"
    INTRA_COMMUNITY = "intra_community"
    THIRD_COUNTRY = "third_country"


class Customer(Struct, frozen=True):
    """A customer, as a sale keeps a copy: what the back office changes later stays out of it.

    Attributes:
        number: the key in the exchange format; empty for a one-off customer.
        country: ISO 3166; decides which lists hold (ETRON-55).
        vat_id: UID, without a country's letters for a third country (COMARCH-10).
        id_number: of a passport or the like; of persons only (COMARCH-3).
        card: code of the customer card, empty if none.
        price_list: number of the list this customer buys on (ETRON-46), empty if none.
        invoice: wants an invoice rather than a receipt; companies get nothing else (COMARCH-2).
        delivery_notes: may take goods along before they are invoiced (T-070).
    """

    number: str
    name: str
    kind: CustomerKind = CustomerKind.PERSON
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "AT"
    vat_id: str = ""
    mail: str = ""
    phone: str = ""
    card: str = ""
    price_list: str = ""
    tax_status: TaxStatus = TaxStatus.DOMESTIC
    active: bool = True
    id_number: str = ""
    tags: tuple[str, ...] = ()
    invoice: bool = False
    delivery_notes: bool = False

    @property
    def gets_invoice(self) -> bool:
        """Whether the paper of a sale to this customer is an invoice (COMARCH-2)."""
        return self.invoice or self.kind is CustomerKind.COMPANY

    @property
    def is_one_off(self) -> bool:
        """Whether nobody keeps an account of this customer."""
        return not self.number

    def address(self, home: str) -> tuple[str, ...]:
        """The lines under the name, as on an envelope; the country where it isn't the shop's."""
        place = f"{self.postcode} {self.city}".strip()
        abroad = "" if self.country == home else self.country
        return tuple(line for line in (self.street, place, abroad) if line)

    def record(self) -> dict[str, object]:
        """The customer as plain values, to keep with a sale."""
        return asdict(self)

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Customer:
        """The customer a record holds."""
        fields = {name: value for name, value in record.items() if name in cls.__struct_fields__}
        kind, status = CustomerKind(fields.pop("kind")), TaxStatus(fields.pop("tax_status"))
        tags = tuple(fields.pop("tags", ()))
        return cls(kind=kind, tax_status=status, tags=tags, **fields)


def check_fields(customer: Customer) -> None:
    """Refuse what no form may hold: COMARCH-3, COMARCH-10 and plain nonsense."""
    if not customer.name:
        raise Refusal("customer_name")
    if customer.kind is CustomerKind.COMPANY and customer.id_number:
        raise Refusal("customer_id_number", name=customer.name)
    if len(customer.country) != COUNTRY_LETTERS or not customer.country.isalpha():
        raise Refusal("customer_country", country=customer.country)
    if customer.mail and not all(customer.mail.partition("@")):
        raise Refusal("customer_mail", mail=customer.mail)
    _demand_no_letters(customer)


def _demand_no_letters(customer: Customer) -> None:
    """Beyond the Union a VAT id has no country's letters (COMARCH-10)."""
    beyond = customer.tax_status is TaxStatus.THIRD_COUNTRY
    if beyond and customer.vat_id and customer.vat_id[:2].isalpha():
        raise Refusal("vat_id_lettered", name=customer.name, vat_id=customer.vat_id)


class TaxFree(Struct, frozen=True):
    """A sale without tax: why, and who saw the proof of it.

    Goods handed over a counter are taxed at home unless they provably leave the country; so a
    person with the right looks at the proof and answers for it.

    Attributes:
        approved_by: number of the operator.
        proof: what was seen: a passport, a customs form, a transport paper.
    """

    status: TaxStatus
    approved_by: str
    proof: str

    def record(self) -> dict[str, str]:
        """The facts as plain values."""
        return {"status": self.status.value, "approved_by": self.approved_by, "proof": self.proof}

    @classmethod
    def read(cls, record: Mapping[str, str]) -> TaxFree:
        """The facts a record holds."""
        return cls(TaxStatus(record["status"]), record["approved_by"], record["proof"])


def check_tax_free(customer: Customer | None, proof: str) -> TaxStatus:
    """The status that frees a customer's goods from tax, once their leaving the country is proven;
    raises Refusal why they stay taxed.
    """
    status = may_be_tax_free(customer)
    if not proof.strip():
        raise Refusal("tax_proof")
    return status


def may_be_tax_free(customer: Customer | None) -> TaxStatus:
    """The status that would free a customer's goods from tax; raises Refusal why none does."""
    if customer is None or customer.is_one_off or customer.tax_status is TaxStatus.DOMESTIC:
        raise Refusal("tax_domestic")
    lettered = customer.vat_id[:2].isalpha()
    if customer.tax_status is TaxStatus.INTRA_COMMUNITY and not lettered:
        raise Refusal("vat_id_missing", name=customer.name)
    _demand_no_letters(customer)
    return customer.tax_status
