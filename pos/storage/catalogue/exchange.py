"""The exchange format: which files a catalogue folder holds, and what stands in them.

Importer, checks, tables, header order and the tables of `docs/data-formats.md` all derive from
this declaration. The order is the order of loading; a file refers only to itself and those before.
"""

from __future__ import annotations

from pos.domain.product import Tracking
from pos.domain.reservation import Reservation
from pos.domain.stock_category import CostMethod, Removal, Valuation
from pos.domain.tax import TaxCategory
from pos.storage.catalogue.exchange_goods import BEFORE_PRODUCTS, BEHIND_PRODUCTS, PLACES
from pos.storage.catalogue.exchange_orders import ORDER_FILES
from pos.storage.catalogue.exchange_points import COUPONS, POINTS_FACTORS, POINTS_PROGRAMMES
from pos.storage.catalogue.exchange_prices import CUSTOMERS, PRICE_LISTS, PRICE_RULES
from pos.storage.catalogue.exchange_shop import OPERATORS, SHOP, TILLS
from pos.storage.catalogue.exchange_vouchers import PROGRAMMES
from pos.storage.catalogue.fields import (
    ACTIVE,
    PICTURE,
    SEQUENCE,
    Field,
    FileFormat,
    Kind,
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
        Field(
            "content",
            Kind.QUANTITY,
            "how much is in one unit, for the base price (T-206)",
            positive=True,
        ),
        Field(
            "content_unit",
            Kind.KEY,
            "of `content`: `g`; the base price is of the unit it refers to: of a `kg`",
            refers="units",
        ),
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
