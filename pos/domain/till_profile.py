"""The shop and its tills, as the back office describes them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from pos.domain.panel import Feature, PanelKey
from pos.domain.tax import TaxRounding


class CustomerOnReceipt(StrEnum):
    """Whose name and address a receipt carries; tax-free sales carry them always."""

    NOBODY = "nobody"
    COMPANIES = "companies"
    ALL = "all"


class Shop(Struct, frozen=True):
    """The business on the receipt (§ 132a BAO asks for its name) and how it reckons.

    Attributes:
        address: lines under the name.
        vat_id: the UID ("ATU12345675"), empty for a small business without one.
        company_register: number and court, empty if not registered.
        currency: ISO 4217; the one currency of the till.
        zone: IANA time zone; receipts and business dates follow it.
        language: of papers and of operators without a language of their own.
        country: ISO 3166; chooses the fiscal rules.
        logo: file name in the picture folder, printed on receipts.
        header: lines under the address, such as opening hours.
        footer: lines at the end of a receipt.
        discount_reason: whether each discount wants its reason.
        discount_reasons: the usual ones, offered as keys.
        cheapest_wins: the lowest price of all sources counts, whoever it comes from (SRT-11).
        receipt_code: whether receipts carry a bar code that finds them again.
        customer_on_receipt: whose name and address receipts carry.
        invoice_product: number of the product that invoices of other systems are taken as
            (T-039), empty where none are.
        booking_product: number of the product that booked services without one of their own are
            sold as (T-038), empty where there is none.
        without: what the tills of this shop don't offer (T-207).
    """

    name: str
    address: tuple[str, ...] = ()
    vat_id: str = ""
    company_register: str = ""
    phone: str = ""
    mail: str = ""
    website: str = ""
    currency: str = "EUR"
    zone: str = "Europe/Vienna"
    language: str = "de_AT"
    country: str = "AT"
    tax_rounding: TaxRounding = TaxRounding.PER_GROUP
    logo: str = ""
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    discount_reason: bool = False
    discount_reasons: tuple[str, ...] = ()
    cheapest_wins: bool = False
    customer_on_receipt: CustomerOnReceipt = CustomerOnReceipt.COMPANIES
    return_reason: bool = False
    return_reasons: tuple[str, ...] = ()
    invoice_product: str = ""
    booking_product: str = ""
    without: frozenset[Feature] = frozenset()
    receipt_code: bool = True


class NetPrices(StrEnum):
    """Which companies may see prices without tax; private customers never do (COMARCH-4)."""

    NOBODY = "nobody"
    REGISTERED = "registered"
    ONE_OFF = "one_off"


class SalesModel(StrEnum):
    """To whom a till sells as a rule: it decides the customer a form begins with, and whether
    prices are seen without tax (COMARCH-1).
    """

    B2C = "b2c"
    B2B = "b2b"


class TillProfile(Struct, frozen=True):
    """One till place.

    Attributes:
        number: as operators and receipts call it ("1").
        price_list: number of its price list (ETRON-45), empty for public prices.
        start_category: the till category it opens in and returns to (T-021), empty for the top.
        categories: the top categories it shows (T-022), empty for all.
        receipt_printer: name of the device it prints on, empty for the first.
        place: number of the place its stock is at, empty where nobody said.
        show_stock: whether each line of a sale tells the stock (T-034).
        price_lists: numbers of the lists a cashier may choose from, empty for all (ETRON-45).
        model: private customers, or companies.
        net_prices: `ONE_OFF` means registered companies too.
        prices_for_all: whether prices show before a registered customer is chosen (COMARCH-6).
        customer_prices: whether registered customers get their own prices (COMARCH-7).
        one_off_discounts: whether one-off customers get discounts (COMARCH-15).
        merge_lines: whether equal goods share a line; else each piece has its own (T-049).
        pick_variants: whether a product with variants is one tile that asks; else each variant
            has a tile of its own (T-030).
        panel: the keys beside the sale, in their order (T-037); empty for the usual ones.
    """

    number: str
    name: str
    price_list: str = ""
    start_category: str = ""
    categories: tuple[str, ...] = ()
    receipt_printer: str = ""
    place: str = ""
    show_stock: bool = False
    price_lists: tuple[str, ...] = ()
    net_prices: NetPrices = NetPrices.REGISTERED
    model: SalesModel = SalesModel.B2C
    prices_for_all: bool = True
    customer_prices: bool = True
    one_off_discounts: bool = True
    merge_lines: bool = True
    pick_variants: bool = True
    panel: tuple[PanelKey, ...] = ()
