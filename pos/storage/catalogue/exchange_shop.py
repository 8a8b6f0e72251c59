"""The exchange format: the shop itself, its tills and the people at them.

See `exchange.py`, which puts these files in their order of loading.
"""

from __future__ import annotations

from pos.domain.money import CURRENCY_DECIMALS
from pos.domain.operator import Right, Role
from pos.domain.panel import Feature, PanelKey
from pos.domain.tax import TaxRounding
from pos.domain.till_profile import CustomerOnReceipt, NetPrices, SalesModel
from pos.storage.catalogue.fields import (
    ACTIVE,
    PICTURE,
    Field,
    FileFormat,
    Kind,
    key_field,
    name_field,
)

OPERATORS = FileFormat(
    "operators",
    "Who may sign in at a till. With neither `pin` nor `pin_hash`, no PIN is asked.",
    ("number",),
    (
        key_field("of the operator, such as anna"),
        name_field("on the tile and the receipt"),
        Field("role", Kind.CHOICE, "a usual set of rights", default="cashier", choices=tuple(Role)),
        Field("rights", Kind.CHOICES, "more than the role brings", choices=tuple(Right)),
        Field("pin", Kind.PIN, "four to twelve digits; only its hash is kept"),
        Field("pin_hash", Kind.PIN_HASH, "19 MiB, two passes"),
        PICTURE,
        Field("language", Kind.CHOICE, "empty: the shop's", choices=("de_AT", "en")),
        Field(
            "discount_limit",
            Kind.AMOUNT,
            "percent that may be given at most, where the right `discount` is there",
            default="100",
        ),
        ACTIVE,
    ),
)

TILLS = FileFormat(
    "tills",
    "Till places.",
    ("number",),
    (
        key_field("of the till, as on receipts"),
        name_field("of the place"),
        Field("price_list", Kind.KEY, "its price list (ETRON-45)", refers="price_lists"),
        Field("start_category", Kind.KEY, "opens in this one (T-021)", refers="pos_categories"),
        Field(
            "categories",
            Kind.KEYS,
            "the top categories it shows, empty for all (T-022)",
            refers="pos_categories",
            longest=1000,
        ),
        Field("receipt_printer", Kind.TEXT, "name of the device it prints on"),
        Field("place", Kind.KEY, "where its stock is (T-034)", refers="places"),
        Field("show_stock", Kind.FLAG, "each line of a sale tells the stock (T-034)", default="0"),
        Field(
            "price_lists",
            Kind.KEYS,
            "what the cashier may choose from, empty for all (ETRON-45)",
            refers="price_lists",
            longest=1000,
        ),
        Field(
            "model",
            Kind.CHOICE,
            "sells to private customers or to companies (COMARCH-1)",
            default="b2c",
            choices=tuple(SalesModel),
        ),
        Field(
            "net_prices",
            Kind.CHOICE,
            "which companies may see prices without tax (COMARCH-4, COMARCH-7)",
            default="registered",
            choices=tuple(NetPrices),
        ),
        Field(
            "prices_for_all",
            Kind.FLAG,
            "no: prices show once a registered customer is chosen (COMARCH-6)",
            default="1",
        ),
        Field(
            "customer_prices",
            Kind.FLAG,
            "no: registered customers pay what all pay (COMARCH-7)",
            default="1",
        ),
        Field(
            "one_off_discounts",
            Kind.FLAG,
            "no: no discount for one-off customers (COMARCH-15)",
            default="1",
        ),
        Field("merge_lines", Kind.FLAG, "no: each piece has its own line (T-049)", default="1"),
        Field(
            "pick_variants",
            Kind.FLAG,
            "no: each variant has a tile of its own, none is asked for (T-030)",
            default="1",
        ),
        Field(
            "panel",
            Kind.CHOICES,
            "the keys beside the sale, in their order; empty: the usual ones (T-037)",
            choices=tuple(PanelKey),
        ),
    ),
)

SHOP = FileFormat(
    "shop",
    "The business itself: one row.",
    ("name",),
    (
        name_field("on the receipt (§ 132a BAO)"),
        Field("address", Kind.LINES, "under the name", longest=400),
        Field("vat_id", Kind.KEY, "UID"),
        Field("company_register", Kind.TEXT, "number and court"),
        Field("phone", Kind.TEXT, "number"),
        Field("mail", Kind.TEXT, "address"),
        Field("website", Kind.TEXT, "address"),
        Field("currency", Kind.CHOICE, "ISO 4217", default="EUR", choices=tuple(CURRENCY_DECIMALS)),
        Field("zone", Kind.ZONE, "IANA time zone", default="Europe/Vienna"),
        Field("language", Kind.CHOICE, "of papers", default="de_AT", choices=("de_AT", "en")),
        Field("country", Kind.KEY, "ISO 3166, chooses the fiscal rules", default="AT"),
        Field(
            "tax_rounding",
            Kind.CHOICE,
            "where taxes are rounded",
            default="per_group",
            choices=tuple(TaxRounding),
        ),
        Field("logo", Kind.PICTURE, "printed on receipts"),
        Field(
            "cheapest_wins",
            Kind.FLAG,
            "yes: the lowest price of customer, promotion and lists counts (SRT-11)",
            default="0",
        ),
        Field("discount_reason", Kind.FLAG, "each discount wants its reason", default="0"),
        Field("discount_reasons", Kind.LINES, "the usual ones, a key each", longest=400),
        Field("return_reason", Kind.FLAG, "each return wants its reason (T-113)", default="0"),
        Field("return_reasons", Kind.LINES, "the usual ones, a key each", longest=400),
        Field(
            "customer_on_receipt",
            Kind.CHOICE,
            "whose name and address receipts carry; tax-free sales always do",
            default="companies",
            choices=tuple(CustomerOnReceipt),
        ),
        Field(
            "receipt_code",
            Kind.FLAG,
            "receipts carry a bar code, so that a return or a copy begins with a scan",
            default="1",
        ),
        Field(
            "invoice_product",
            Kind.KEY,
            "the product that invoices of other systems are paid as: without tax, price 0 (T-039)",
            refers="products",
        ),
        Field(
            "booking_product",
            Kind.KEY,
            "the product that booked services without one of their own are sold as (T-038)",
            refers="products",
        ),
        Field(
            "without",
            Kind.CHOICES,
            "what no till of this shop offers (T-207)",
            choices=tuple(Feature),
        ),
        Field("header", Kind.LINES, "under the address", longest=1000),
        Field("footer", Kind.LINES, "at the end of a receipt", longest=1000),
    ),
    single=True,
)
