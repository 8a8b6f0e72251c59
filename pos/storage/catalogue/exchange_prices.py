"""The exchange format: who pays what; lists, customers and the rules of prices.

See `exchange.py`, which puts these files in their order of loading.
"""

from __future__ import annotations

from pos.domain.customer import CustomerKind, TaxStatus
from pos.domain.pricing.rules import Base, Compute, Scope
from pos.storage.catalogue.fields import (
    ACTIVE,
    Field,
    FileFormat,
    Kind,
    Need,
    key_field,
    name_field,
)

PRICE_LISTS = FileFormat(
    "price_lists",
    "Price lists; their rules stand in `price_rules.csv`.",
    ("number",),
    (
        key_field("of the price list"),
        name_field("in the head of the sale"),
        Field("export_name", Kind.TEXT, "for other systems (ETRON-47)", unique=True),
        Field(
            "export",
            Kind.FLAG,
            "no: the list isn't for tills; it prices nothing there, but others may start from it"
            " (ETRON-47)",
            default="1",
        ),
        Field("promotion", Kind.FLAG, "dated offers, running in every till (SRT-12)", default="0"),
        Field("media", Kind.KEYS, "till, orders, website; empty: everywhere (ETRON-46)"),
        Field("countries", Kind.KEYS, "of customers; empty: all (ETRON-55)", longest=1000),
        Field("code", Kind.KEY, "switches a sale to this list (ETRON-56)", unique=True),
        Field("show_discount", Kind.FLAG, "show old price and discount (ETRON-57)", default="0"),
        ACTIVE,
    ),
)

CUSTOMERS = FileFormat(
    "customers",
    "Customers with an account.",
    ("number",),
    (
        key_field("of the customer"),
        name_field("of person or company"),
        Field(
            "kind",
            Kind.CHOICE,
            "decides receipt or invoice",
            default="person",
            choices=tuple(CustomerKind),
        ),
        Field("street", Kind.TEXT, "and house number"),
        Field("postcode", Kind.TEXT, "of the place"),
        Field("city", Kind.TEXT, "of the address"),
        Field("country", Kind.KEY, "ISO 3166, two letters", default="AT"),
        Field("vat_id", Kind.KEY, "UID; without letters beyond the Union (COMARCH-10)"),
        Field("id_number", Kind.TEXT, "passport or the like, of persons (COMARCH-3)"),
        Field("mail", Kind.TEXT, "address for receipts"),
        Field("phone", Kind.TEXT, "number"),
        Field("card", Kind.KEY, "code of the customer card", unique=True),
        Field("price_list", Kind.KEY, "prices of this customer", refers="price_lists"),
        Field("invoice", Kind.FLAG, "wants invoices; companies always get one", default="0"),
        Field(
            "delivery_notes", Kind.FLAG, "may take goods before the invoice (T-070)", default="0"
        ),
        Field("till_number", Kind.KEY, "what a till called this customer first", unique=True),
        Field(
            "tax_status",
            Kind.CHOICE,
            "with or without tax (COMARCH-9)",
            default="domestic",
            choices=tuple(TaxStatus),
        ),
        Field("registered", Kind.DAY, "since when they are a customer (ETRON-41)"),
        Field("tags", Kind.KEYS, "words to find and choose customers by (ETRON-41, T-068)"),
        ACTIVE,
    ),
)

PRICE_RULES = FileFormat(
    "price_rules",
    "Rules of the price lists (ETRON-48 to ETRON-54), and prices agreed with one customer (SRT-11)."
    " Later rows go before earlier ones of the same rank.",
    ("number",),
    (
        key_field("of the rule"),
        Field("list", Kind.KEY, "whose rule it is", refers="price_lists"),
        Field("customer", Kind.KEY, "in place of a list: whose own price", refers="customers"),
        Field("scope", Kind.CHOICE, "what it applies to", default="all", choices=tuple(Scope)),
        Field("compute", Kind.CHOICE, "how the price comes about", True, choices=tuple(Compute)),
        Field("product", Kind.KEY, "of a product or variant rule", refers="products"),
        Field("variant", Kind.KEY, "of a variant rule"),
        Field("category", Kind.KEY, "of a category rule; with all below", refers="categories"),
        Field("extra_category", Kind.KEY, "must hold as well (ETRON-54)", refers="categories"),
        Field("min_quantity", Kind.QUANTITY, "from this many units on", default="0"),
        Field("start", Kind.INSTANT, "from then on, in the shop's zone"),
        Field("end", Kind.INSTANT, "until then; a day counts to its end"),
        Field("price", Kind.AMOUNT, "of a fixed rule"),
        Field(
            "base", Kind.CHOICE, "start of a formula", default="sales_price", choices=tuple(Base)
        ),
        Field("base_list", Kind.KEY, "the list a formula starts from", refers="price_lists"),
        Field("discount", Kind.SIGNED, "percent; negative adds (ETRON-49)", default="0"),
        Field("rounding", Kind.AMOUNT, "make it a multiple of this (ETRON-52)", default="0"),
        Field("surcharge", Kind.SIGNED, "added after rounding (ETRON-51)", default="0"),
        Field("min_margin", Kind.AMOUNT, "at least this over the base (ETRON-53)", default="0"),
        Field("max_margin", Kind.AMOUNT, "at most this over the base; 0: no bound", default="0"),
    ),
    needs=(
        Need("scope", "variant", "variant"),
        Need("scope", "variant", "product"),
        Need("scope", "product", "product"),
        Need("scope", "category", "category"),
        Need("compute", "fixed", "price"),
        Need("base", "list", "base_list"),
    ),
    one_of=("list", "customer"),
)
