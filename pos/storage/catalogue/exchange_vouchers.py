"""The exchange format, third part: programmes of stored value (ETRON-32 to ETRON-43).

See `exchange.py`, which puts this file in its order of loading. Cards don't belong to the
catalogue: what is on them is the till's record, and an import can't change it.
"""

from __future__ import annotations

from pos.domain.money import CURRENCY_DECIMALS
from pos.domain.stored_value.codes import Alphabet
from pos.domain.stored_value.offline import OfflineRule
from pos.domain.stored_value.programme import Medium, ProgrammeKind, TaxKind
from pos.storage.catalogue.fields import ACTIVE, Field, FileFormat, Kind, key_field, name_field

PROGRAMMES = FileFormat(
    "programmes",
    "Programmes of stored value: gift vouchers and eWallets.",
    ("number",),
    (
        key_field("of the programme"),
        name_field("on screen, card and receipt"),
        Field(
            "product",
            Kind.KEY,
            "the service behind it; its price 0 lets the amount be chosen (ETRON-34)",
            required=True,
            refers="products",
        ),
        Field(
            "kind",
            Kind.CHOICE,
            "a wallet belongs to a customer and is filled up again (T-122)",
            default="gift_voucher",
            choices=tuple(ProgrammeKind),
        ),
        Field(
            "tax_kind",
            Kind.CHOICE,
            "taxed with the goods it pays, or when it is sold; the product's tax must fit",
            default="multi_purpose",
            choices=tuple(TaxKind),
        ),
        Field(
            "currency",
            Kind.CHOICE,
            "ISO 4217; redeemed in no other (ETRON-38)",
            default="EUR",
            choices=tuple(CURRENCY_DECIMALS),
        ),
        Field(
            "media",
            Kind.CHOICES,
            "where it is taken; empty: everywhere (ETRON-39)",
            choices=tuple(Medium),
        ),
        Field(
            "tills",
            Kind.KEYS,
            "where it is taken; empty: at every till (ETRON-40)",
            refers="tills",
            longest=1000,
        ),
        Field("first_day", Kind.DAY, "taken from that day on"),
        Field("last_day", Kind.DAY, "taken until the end of that day, in the shop's zone"),
        Field("valid_days", Kind.WHOLE, "a card's days after its issue; empty: for ever"),
        Field("code_prefix", Kind.KEY, "its codes begin with it (T-133)", default="2116"),
        Field("code_length", Kind.WHOLE, "of the whole code", default="20"),
        Field(
            "code_symbols",
            Kind.CHOICE,
            "`letters` leaves out those taken for another",
            default="letters",
            choices=tuple(Alphabet),
        ),
        Field("transferable", Kind.FLAG, "pays without its owner too", default="1"),
        Field("pays_for_vouchers", Kind.FLAG, "may pay for stored value", default="0"),
        Field("minimum", Kind.AMOUNT, "of one issue or top-up", default="0.01"),
        Field("maximum", Kind.AMOUNT, "of one issue or top-up, and on a card", default="10000"),
        Field(
            "offline",
            Kind.CHOICE,
            "what is taken while nobody can confirm the balance",
            default="refuse",
            choices=tuple(OfflineRule),
        ),
        Field("offline_bound", Kind.AMOUNT, "the cap, or the allowance, of a card", default="0"),
        Field("prints", Kind.FLAG, "the till prints a card for each new code", default="1"),
        Field(
            "credit_note",
            Kind.FLAG,
            "not sold, but given for goods that come back (T-117); multi-purpose, any amount",
            default="0",
        ),
        Field(
            "mail",
            Kind.LINES,
            "the message with a code; {programme}, {amount}, {code}, {expires}, {customer}, {shop}",
            longest=2000,
        ),
        Field("card", Kind.LINES, "terms on the printed card, same names", longest=2000),
        ACTIVE,
    ),
)
