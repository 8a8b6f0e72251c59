"""The tables of till.db. Amounts are minor units, rates basis points, instants UTC."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pos.storage.till.values import (
    CardLineRecord,
    CartRecord,
    CustomerRecord,
    CustomersRecord,
    DeductionsRecord,
    GoodsRecord,
    GrantedRecord,
    PointsRecord,
    RedemptionRecord,
    RefundRecord,
    ReturnRecord,
    TaxFreeRecord,
)
from pos.storage.types import Day, Exact, Flag, Instant, Thousandths

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="", server_default="")


sequence = Table(
    "sequence",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_strict=True,
)

session = Table(
    "session",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("till", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("business_date", Day, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("opening_float", Integer, nullable=False),
    Column("closed_at", Instant),
    _text("closed_by"),
    Column("expected", Integer),
    Column("counted", Integer),
    Column("left", Integer),
    _text("reason"),
    sqlite_strict=True,
)

sale = Table(
    "sale",
    metadata,
    Column("id", Text, primary_key=True),
    Column("till", Text, nullable=False),
    Column("session", Integer, ForeignKey("session.number"), nullable=False),
    Column("operator", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("business_date", Day, nullable=False),
    Column("currency", Text, nullable=False),
    Column("rounding", Text, nullable=False),
    Column("receipt_number", Integer, unique=True),
    Column("closed_at", Instant),
    Column("total", Integer, nullable=False),
    _text("label"),
    _text("note"),
    Column("customer", CustomerRecord),
    _text("price_list"),
    Column("discount", GrantedRecord),
    Column("tax_free", TaxFreeRecord),
    Column("voids", Integer),
    Column("deductions", DeductionsRecord),
    Column("points", PointsRecord),
    Index("ix_sale_state", "state"),
    Index("ix_sale_session", "session"),
    sqlite_strict=True,
)

line_item = Table(
    "line_item",
    metadata,
    Column("sale", Text, ForeignKey("sale.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("product", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("quantity", Thousandths, nullable=False),
    Column("unit", Text, nullable=False),
    Column("unit_price", Exact, nullable=False),
    Column("tax_code", Text, nullable=False),
    Column("tax_rate", Integer, nullable=False),
    Column("tax_included", Flag, nullable=False),
    _text("gtin"),
    _text("packaging"),
    Column("content", Thousandths),
    Column("weighed", Flag, nullable=False),
    Column("deposit_of", Integer),
    Column("price_source", Text, nullable=False),
    _text("price_note"),
    _text("picture"),
    Column("step", Integer, nullable=False),
    Column("removed", Flag, nullable=False),
    Column("public_price", Exact),
    Column("discount", GrantedRecord),
    Column("share", Integer, nullable=False),
    Column("untaxed", Flag, nullable=False),
    Column("goods", GoodsRecord, nullable=False),
    Column("loads", CardLineRecord),
    Column("returns", ReturnRecord),
    Index(
        "ix_line_item_returned",
        text("json_extract(returns, '$.sale')"),
        sqlite_where=text("returns IS NOT NULL"),
    ),
    Index(
        "ix_line_item_invoice",
        text("json_extract(goods, '$.invoice')"),
        sqlite_where=text("json_extract(goods, '$.invoice') IS NOT NULL"),
    ),
    sqlite_strict=True,
)

tender = Table(
    "tender",
    metadata,
    Column("sale", Text, ForeignKey("sale.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("method", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("is_cash", Flag, nullable=False),
    Column("state", Text, nullable=False),
    Column("redeems", RedemptionRecord),
    Column("refunds", RefundRecord),
    Index(
        "ix_tender_refunded",
        text("json_extract(refunds, '$.sale')"),
        sqlite_where=text("refunds IS NOT NULL"),
    ),
    sqlite_strict=True,
)

seal = Table(
    "seal",
    metadata,
    Column("sale", Text, ForeignKey("sale.id"), primary_key=True),
    Column("receipt_number", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    _text("data"),
    Column("details", Text, nullable=False),
    UniqueConstraint("receipt_number"),
    sqlite_strict=True,
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("session", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    _text("sale"),
    Column("content", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_journal_session", "session"),
    Index("ix_journal_kind", "kind"),
    sqlite_strict=True,
)

print_job = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("state", Text, nullable=False),
    _text("fault"),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_print_job_state", "state"),
    sqlite_strict=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    sqlite_strict=True,
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

customer = Table(
    "customer",
    metadata,
    Column("number", Text, primary_key=True),
    Column("customer", CustomerRecord, nullable=False),
    Column("bases", CustomersRecord, nullable=False),
    Column("is_new", Flag, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    sqlite_strict=True,
)
"""Customers made or changed here, until the back office has taken them."""

customer_order = Table(
    "customer_order",
    metadata,
    Column("number", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("cart", CartRecord),
    Column("sale", Text, ForeignKey("sale.id")),
    Index("ix_customer_order_state", "state"),
    Index("ix_customer_order_sale", "sale"),
    sqlite_strict=True,
)
"""Orders made here, and what became of those of the back office that were loaded here."""
