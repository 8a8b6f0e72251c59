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

from pos.storage.till.columns import needed, words
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


sequence = Table(
    "sequence",
    metadata,
    Column("name", Text, primary_key=True),
    needed("value", Integer),
    sqlite_strict=True,
)

session = Table(
    "session",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("till", Text),
    needed("state", Text),
    needed("opened_at", Instant),
    needed("business_date", Day),
    needed("opened_by", Text),
    needed("currency", Text),
    needed("opening_float", Integer),
    Column("closed_at", Instant),
    words("closed_by"),
    Column("expected", Integer),
    Column("counted", Integer),
    Column("left", Integer),
    words("reason"),
    sqlite_strict=True,
)

sale = Table(
    "sale",
    metadata,
    Column("id", Text, primary_key=True),
    needed("till", Text),
    Column("session", Integer, ForeignKey("session.number"), nullable=False),
    needed("operator", Text),
    needed("state", Text),
    needed("opened_at", Instant),
    needed("business_date", Day),
    needed("currency", Text),
    needed("rounding", Text),
    Column("receipt_number", Integer, unique=True),
    Column("closed_at", Instant),
    needed("total", Integer),
    words("label"),
    words("note"),
    Column("customer", CustomerRecord),
    words("price_list"),
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
    needed("product", Text),
    needed("name", Text),
    needed("quantity", Thousandths),
    needed("unit", Text),
    needed("unit_price", Exact),
    needed("tax_code", Text),
    needed("tax_rate", Integer),
    needed("tax_included", Flag),
    words("gtin"),
    words("packaging"),
    Column("content", Thousandths),
    needed("weighed", Flag),
    Column("deposit_of", Integer),
    needed("price_source", Text),
    words("price_note"),
    words("picture"),
    needed("step", Integer),
    needed("removed", Flag),
    Column("public_price", Exact),
    Column("discount", GrantedRecord),
    needed("share", Integer),
    needed("untaxed", Flag),
    needed("goods", GoodsRecord),
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
    needed("method", Text),
    needed("amount", Integer),
    needed("is_cash", Flag),
    needed("state", Text),
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
    needed("receipt_number", Integer),
    needed("unit", Text),
    words("data"),
    needed("details", Text),
    UniqueConstraint("receipt_number"),
    sqlite_strict=True,
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("session", Integer),
    needed("kind", Text),
    words("sale"),
    needed("content", Text),
    needed("hash", Text),
    Index("ix_journal_session", "session"),
    Index("ix_journal_kind", "kind"),
    sqlite_strict=True,
)

print_job = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("title", Text),
    needed("printer", Text),
    needed("document", Text),
    needed("state", Text),
    words("fault"),
    needed("attempts", Integer),
    needed("created_at", Instant),
    Index("ix_print_job_state", "state"),
    sqlite_strict=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("kind", Text),
    Column("key", Text, nullable=False, unique=True),
    needed("body", Text),
    needed("state", Text),
    needed("created_at", Instant),
    sqlite_strict=True,
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    needed("value", Text),
    sqlite_strict=True,
)

customer = Table(
    "customer",
    metadata,
    Column("number", Text, primary_key=True),
    needed("customer", CustomerRecord),
    needed("bases", CustomersRecord),
    needed("is_new", Flag),
    needed("at", Instant),
    needed("by", Text),
    sqlite_strict=True,
)
"""Customers made or changed here, until the back office has taken them."""

customer_order = Table(
    "customer_order",
    metadata,
    Column("number", Text, primary_key=True),
    needed("state", Text),
    needed("made_at", Instant),
    needed("made_by", Text),
    Column("cart", CartRecord),
    Column("sale", Text, ForeignKey("sale.id")),
    Index("ix_customer_order_state", "state"),
    Index("ix_customer_order_sale", "sale"),
    sqlite_strict=True,
)
"""Orders made here, and what became of those of the back office that were loaded here."""
