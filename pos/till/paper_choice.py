"""Receipt or invoice: what the paper of a sale is, and what an invoice must hold (COMARCH-2).

An invoice is the receipt of the sale with its recipient: one number, one seal, one turnover.
Up to 400 euros (Germany: 250) the law asks for no recipient; above, an invoice without an address
takes no input tax back, and above 10,000 euros Austria wants the recipient's VAT id too
(§ 11 (1) and (6) UStG, § 33 UStDV).
"""

from __future__ import annotations

from enum import StrEnum

from msgspec.structs import replace

from pos.domain.customer import CustomerKind
from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.till.desk import Desk

SMALL = {"AT": 40_000, "DE": 25_000}
"""Minor units up to which an invoice needs no recipient, by the shop's country."""
LARGE = {"AT": 1_000_000}
"""Minor units above which it needs the recipient's VAT id."""


class Paper(StrEnum):
    """What the customer gets; text keys under `paper.`."""

    RECEIPT = "receipt"
    INVOICE = "invoice"


def paper_of(sale: Sale) -> Paper:
    """Companies get invoices; private customers what they want; somebody unknown a receipt."""
    invoice = sale.customer is not None and sale.customer.gets_invoice
    return Paper.INVOICE if invoice else Paper.RECEIPT


def refusal_of(sale: Sale, paper: Paper) -> Refusal | None:
    """Why this sale can't have that paper; None where it can."""
    customer = sale.customer
    if paper is Paper.INVOICE:
        return Refusal("invoice_needs_customer") if customer is None else None
    if customer is not None and customer.kind is CustomerKind.COMPANY:
        return Refusal("company_gets_invoice", name=customer.name)
    return None


def choose_paper(desk: Desk, paper: str) -> None:
    """Give this sale a receipt or an invoice; the next sale isn't touched by it."""
    sale = desk.open_sale()
    sale.demand_open()
    if paper not in tuple(Paper):
        raise Refusal("no_such_paper", paper=paper[:40])
    refusal = refusal_of(sale, Paper(paper))
    if refusal is not None:
        raise refusal
    if sale.customer is not None and paper != paper_of(sale):
        customer = replace(sale.customer, invoice=paper == Paper.INVOICE)
        desk.keep(replace(sale, customer=customer), Kind.PAPER_CHOSEN, {"paper": paper})


def demand_recipient(desk: Desk, sale: Sale) -> None:
    """Refuse to take money for an invoice that would lack what the law asks of its recipient.

    Money that goes back isn't held up: what it corrects has its recipient.
    """
    customer = sale.customer
    if customer is None or paper_of(sale) is Paper.RECEIPT:
        return
    country, total = desk.shop.country, sale.total.minor
    small, large = SMALL.get(country, 0), LARGE.get(country)
    if total > small and not (customer.street and customer.city):
        limit = Money(small, sale.currency)
        raise Refusal("invoice_address", name=customer.name, limit=limit)
    company = customer.kind is CustomerKind.COMPANY
    if company and large is not None and total > large and not customer.vat_id:
        limit = Money(large, sale.currency)
        raise Refusal("invoice_vat_id", name=customer.name, limit=limit)
