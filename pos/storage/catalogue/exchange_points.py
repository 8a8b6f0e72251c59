"""The exchange format, fourth part: points of registered customers, and coupons (T-129).

See `exchange.py`, which puts these files in their order of loading. What somebody has of points
is the till's record; an import changes how they are earned and spent from then on.
"""

from __future__ import annotations

from pos.domain.money import CURRENCY_DECIMALS
from pos.domain.stored_value.programme import Medium
from pos.storage.catalogue.fields import ACTIVE, Field, FileFormat, Kind, key_field, name_field

_REACH = (
    Field(
        "currency",
        Kind.CHOICE,
        "ISO 4217; counts in no other",
        default="EUR",
        choices=tuple(CURRENCY_DECIMALS),
    ),
    Field("media", Kind.CHOICES, "where it counts; empty: everywhere", choices=tuple(Medium)),
    Field(
        "tills", Kind.KEYS, "where it counts; empty: at every till", refers="tills", longest=1000
    ),
    Field("first_day", Kind.DAY, "counts from that day on"),
    Field("last_day", Kind.DAY, "counts until the end of that day, in the shop's zone"),
)

POINTS_PROGRAMMES = FileFormat(
    "points_programmes",
    "Points for registered customers (T-129). A sale goes by the first of them, by number, that"
    " counts at its till.",
    ("number",),
    (
        key_field("of the programme"),
        name_field("on screen, receipt and report"),
        *_REACH,
        Field("earn_points", Kind.WHOLE, "so many points …", default="1"),
        Field(
            "earn_amount",
            Kind.AMOUNT,
            "… for each full amount of paid goods",
            default="1",
            positive=True,
        ),
        Field("spend_points", Kind.WHOLE, "so many points …; 0: none are spent", default="0"),
        Field("spend_amount", Kind.AMOUNT, "… take this off a sale", default="0"),
        Field("valid_days", Kind.WHOLE, "a point's days after it was earned; empty: for ever"),
        ACTIVE,
    ),
)

POINTS_FACTORS = FileFormat(
    "points_factors",
    "Goods that earn more or fewer points than others. A product's row goes before its category's,"
    " a category's before those above it.",
    ("number",),
    (
        key_field("of the row"),
        Field("programme", Kind.KEY, "whose points", True, refers="points_programmes"),
        Field("category", Kind.KEY, "its goods, and those of all below it", refers="categories"),
        Field("product", Kind.KEY, "in place of a category: this one", refers="products"),
        Field("factor", Kind.AMOUNT, "times the usual points; 0: never any", required=True),
    ),
    one_of=("category", "product"),
)

COUPONS = FileFormat(
    "coupons",
    "Coupons: a code that takes something off a sale, or off some of its goods (T-129, T-029).",
    ("number",),
    (
        Field("number", Kind.CODE, "what is scanned or typed", required=True),
        name_field("on screen and receipt"),
        Field("percent", Kind.AMOUNT, "off what it counts for", positive=True),
        Field("amount", Kind.AMOUNT, "in place of a percentage: so much off", positive=True),
        Field("minimum", Kind.AMOUNT, "what these goods must come to", default="0"),
        Field(
            "products",
            Kind.KEYS,
            "what it counts for; this and `categories` empty: everything",
            refers="products",
            longest=4000,
        ),
        Field(
            "categories",
            Kind.KEYS,
            "what it counts for, with all below",
            refers="categories",
            longest=1000,
        ),
        *_REACH,
        Field("per_customer", Kind.FLAG, "each registered customer once, nobody else", default="0"),
        Field("uses", Kind.WHOLE, "how often it counts at one till; empty: no bound"),
        ACTIVE,
    ),
    one_of=("percent", "amount"),
)
