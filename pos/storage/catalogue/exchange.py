"""The exchange format: which files a catalogue folder holds, and what stands in them.

Importer, checks, tables, header order and the tables of `docs/data-formats.md` all derive from
this declaration. The order is the order of loading; a file refers only to itself and those before.
"""

from __future__ import annotations

from pos.domain.customer import CustomerKind, TaxStatus
from pos.domain.money import CURRENCY_DECIMALS
from pos.domain.operator import Right, Role
from pos.domain.panel import Feature, PanelKey
from pos.domain.pricing.rules import Base, Compute, Scope
from pos.domain.product import Tracking
from pos.domain.reservation import Reservation
from pos.domain.stock_category import CostMethod, Removal, Valuation
from pos.domain.tax import TaxCategory, TaxRounding
from pos.domain.till_profile import CustomerOnReceipt, NetPrices, SalesModel
from pos.storage.catalogue.exchange_goods import BEFORE_PRODUCTS, BEHIND_PRODUCTS, PLACES
from pos.storage.catalogue.exchange_orders import ORDER_FILES
from pos.storage.catalogue.exchange_points import COUPONS, POINTS_FACTORS, POINTS_PROGRAMMES
from pos.storage.catalogue.exchange_vouchers import PROGRAMMES
from pos.storage.catalogue.fields import (
    ACTIVE,
    PICTURE,
    SEQUENCE,
    Field,
    FileFormat,
    Kind,
    Need,
    key_field,
    name_field,
)

UNITS = FileFormat(
    "units",
    "Units of measure.",
    ("code",),
    (
        Field("code", Kind.KEY, "how products name the unit", required=True),
        name_field("as on screen and receipt"),
        Field(
            "step",
            Kind.QUANTITY,
            "the finest quantity sold in it (ETRON-26)",
            default="1",
            positive=True,
        ),
        Field(
            "reference", Kind.KEY, "the unit it is measured in, empty for itself", refers="units"
        ),
        Field(
            "factor",
            Kind.AMOUNT,
            "how many of the reference unit it holds (ETRON-25)",
            default="1",
            positive=True,
        ),
        ACTIVE,
    ),
    tree="reference",
)

TAXES = FileFormat(
    "taxes",
    "Taxes with their dated rates: one row for each rate a tax has had or will have.",
    ("code", "since"),
    (
        Field("code", Kind.KEY, "how products name the tax", required=True),
        name_field("what it is"),
        Field("since", Kind.DAY, "first day of the rate", required=True),
        Field("rate", Kind.RATE, "20, 4.9", required=True),
        Field(
            "category",
            Kind.CHOICE,
            "what the rate is in law, for the fiscal unit",
            required=True,
            choices=tuple(TaxCategory),
        ),
    ),
)

CATEGORIES = FileFormat(
    "categories",
    "Product categories, the tree of stock and reports (ETRON-1).",
    ("number",),
    (
        key_field("of the category"),
        name_field("of the category", translated=True),
        Field("parent", Kind.KEY, "the category above", refers="categories"),
        PICTURE,
        Field("long_text", Kind.MARKUP, "description; HTML", longest=8000, translated=True),
        Field("keywords", Kind.TEXT, "more words the search finds its goods by (SRT-19)"),
        Field(
            "removal",
            Kind.CHOICE,
            "which lot goes first (ETRON-2)",
            default="fifo",
            choices=tuple(Removal),
        ),
        Field(
            "cost_method",
            Kind.CHOICE,
            "how the cost managers see came about (ETRON-6)",
            default="standard",
            choices=tuple(CostMethod),
        ),
        Field(
            "reservation",
            Kind.CHOICE,
            "what an order sets aside: `whole` packagings only, or `broken` ones too (ETRON-3)",
            default="broken",
            choices=tuple(Reservation),
        ),
        Field("group_cost", Kind.AMOUNT, "of one unit of any of its goods (ETRON-5)"),
        Field(
            "put_away",
            Kind.KEY,
            "where its goods go back to; empty: as the category above (ETRON-8)",
            refers="places",
        ),
        Field("income_account", Kind.KEY, "for the export of sales (ETRON-4)"),
        Field("expense_account", Kind.KEY, "for the export of sales (ETRON-4)"),
        Field("account_taxes", Kind.KEYS, "the taxes these accounts know", refers="taxes"),
        Field(
            "valuation",
            Kind.CHOICE,
            "who posts the value of stock (ETRON-7)",
            default="manual",
            choices=tuple(Valuation),
        ),
        Field("stock_account", Kind.KEY, "for the export of sales (ETRON-7)"),
        Field("journal", Kind.KEY, "the postings go to (ETRON-7)"),
        Field("goods_in_account", Kind.KEY, "for the export of sales (ETRON-7)"),
        Field("goods_out_account", Kind.KEY, "for the export of sales (ETRON-7)"),
        ACTIVE,
    ),
    tree="parent",
)

POS_CATEGORIES = FileFormat(
    "pos_categories",
    "Till categories, the tree of tiles (ETRON-9, ETRON-10).",
    ("number",),
    (
        key_field("of the till category"),
        name_field("on the tile", translated=True),
        Field("parent", Kind.KEY, "the till category above", refers="pos_categories"),
        PICTURE,
        SEQUENCE,
        Field("url", Kind.ADDRESS, "its page on the web, a QR code at the till (ETRON-12)"),
        ACTIVE,
    ),
    tree="parent",
)

PRICE_LISTS = FileFormat(
    "price_lists",
    "Price lists; their rules stand in `price_rules.csv`.",
    ("number",),
    (
        key_field("of the price list"),
        name_field("in the head of the sale"),
        Field("export_name", Kind.TEXT, "for other systems (ETRON-47)", unique=True),
        Field("promotion", Kind.FLAG, "dated offers, running in every till (SRT-12)", default="0"),
        Field("media", Kind.KEYS, "till, orders, website; empty: everywhere (ETRON-46)"),
        Field("countries", Kind.KEYS, "of customers; empty: all (ETRON-55)", longest=1000),
        Field("code", Kind.KEY, "switches a sale to this list (ETRON-56)", unique=True),
        Field("show_discount", Kind.FLAG, "show old price and discount (ETRON-57)", default="0"),
        ACTIVE,
    ),
)

PRODUCTS = FileFormat(
    "products",
    "What the shop sells.",
    ("number",),
    (
        key_field("the shop's article number"),
        name_field("as on tile, line and receipt", translated=True),
        Field("price", Kind.AMOUNT, "of one unit, up to six decimals", required=True),
        Field("tax", Kind.KEY, "its tax", required=True, refers="taxes"),
        Field("unit", Kind.KEY, "what `price` is for", required=True, refers="units"),
        Field("category", Kind.KEY, "product category", refers="categories"),
        Field(
            "pos_categories",
            Kind.KEYS,
            "till categories that show it",
            refers="pos_categories",
            longest=1000,
        ),
        SEQUENCE,
        PICTURE,
        Field("weighed", Kind.FLAG, "sold by weight: the till asks for it", default="0"),
        Field("tare", Kind.QUANTITY, "weight of the wrapping, taken off", default="0"),
        Field(
            "tracking",
            Kind.CHOICE,
            "what every sale of it must name (T-032)",
            default="none",
            choices=tuple(Tracking),
        ),
        Field("deposit", Kind.KEY, "the deposit charged with each unit", refers="products"),
        Field("tax_included", Kind.FLAG, "`price` holds the tax", default="1"),
        Field("cost", Kind.AMOUNT, "what it costs the shop, for managers"),
        Field("keywords", Kind.TEXT, "more words the search finds it by"),
        Field("fixed_price", Kind.FLAG, "no discount comes off it, as off tobacco", default="0"),
        ACTIVE,
    ),
)

BARCODES = FileFormat(
    "barcodes",
    "Codes of products: GTINs with 8, 12, 13 or 14 digits, or the shop's own codes.",
    ("code",),
    (
        Field("code", Kind.CODE, "what the scanner reads", required=True),
        Field("product", Kind.KEY, "whose code it is", required=True, refers="products"),
        Field("variant", Kind.KEY, "which variant of it", refers="variants"),
    ),
)

PACKAGINGS = FileFormat(
    "packagings",
    "Packagings: scanning one adds its whole content (ETRON-28, ETRON-29).",
    ("product", "name"),
    (
        Field("product", Kind.KEY, "what is in it", required=True, refers="products"),
        name_field("Karton, Kiste, …"),
        Field(
            "content",
            Kind.QUANTITY,
            "how many units of the product",
            required=True,
            positive=True,
        ),
        Field("code", Kind.CODE, "what the scanner reads", unique=True),
        Field("sellable", Kind.FLAG, "no: only bought, the till refuses it", default="1"),
        Field("buyable", Kind.FLAG, "no: only sold", default="1"),
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

FORMATS = (
    UNITS,
    TAXES,
    PLACES,
    CATEGORIES,
    POS_CATEGORIES,
    PRICE_LISTS,
    *BEFORE_PRODUCTS,
    PRODUCTS,
    *BEHIND_PRODUCTS,
    BARCODES,
    PACKAGINGS,
    CUSTOMERS,
    PRICE_RULES,
    OPERATORS,
    TILLS,
    PROGRAMMES,
    POINTS_PROGRAMMES,
    POINTS_FACTORS,
    COUPONS,
    SHOP,
    *ORDER_FILES,
)
"""Every file of the folder, in the order of loading."""
