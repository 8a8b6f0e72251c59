"""The tables of points and coupons in till.db, and the triggers on them (T-129).

Nothing but SQLite enforces here that no balance falls below zero and that no entry is altered.
Conditions on INSERT are there for INSERT OR REPLACE too, which asks no trigger on DELETE.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, MetaData, Table, Text, text

from pos.domain.points import PointsKind
from pos.storage.till.columns import needed, words
from pos.storage.till.triggers import refusal
from pos.storage.types import Instant

metadata = MetaData()

_KINDS = ", ".join(f"'{kind}'" for kind in PointsKind)


points_entry = Table(
    "points_entry",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("programme", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("kind", Text),
    needed("points", Integer),
    needed("balance", Integer),
    needed("owed", Integer),
    needed("at", Instant),
    words("till"),
    words("operator"),
    words("sale"),
    Column("receipt", Integer, nullable=False, default=0, server_default=text("0")),
    words("of"),
    words("reason"),
    CheckConstraint(f"kind IN ({_KINDS})", name="points_entry_kind"),
    CheckConstraint("customer <> ''", name="points_entry_customer"),
    CheckConstraint("balance >= 0 AND owed >= 0", name="points_entry_balance"),
    CheckConstraint("balance = 0 OR owed = 0", name="points_entry_owed"),
    CheckConstraint(
        "(points > 0) = (kind IN ('earn', 'give_back')) OR kind = 'correct'",
        name="points_entry_sign",
    ),
    Index(
        "points_once_a_sale",
        "sale",
        "kind",
        "of",
        "programme",
        unique=True,
        sqlite_where=text("sale <> '' AND kind <> 'expire'"),
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The ledger of points: what can be spent is `balance`, `owed` comes off the next points."""

coupon_use = Table(
    "coupon_use",
    metadata,
    Column("coupon", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("uses", Integer),
    needed("sale", Text),
    words("customer"),
    needed("at", Instant),
    CheckConstraint("uses IN (1, -1)", name="coupon_use_one"),
    Index("coupon_once_a_sale", "sale", "coupon", unique=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which closed sale has used a coupon, and which void has taken that back."""

_ACCOUNT = "customer = new.customer AND programme = new.programme"


def _last(name: str) -> str:
    last = f"SELECT {name} FROM points_entry WHERE {_ACCOUNT} ORDER BY number DESC LIMIT 1"
    return f"coalesce(({last}), 0)"


POINTS_TRIGGERS = (
    # The balance less what is owed is the sum of the points: each entry goes on from the last.
    refusal(
        "points_entry_follows",
        "INSERT ON points_entry",
        f"new.number <> {_last('number')} + 1"
        f" OR new.balance - new.owed <> {_last('balance')} - {_last('owed')} + new.points"
        f" OR (new.owed > {_last('owed')} AND new.kind <> 'take_back')",
        "an entry goes on from the one before it",
    ),
    refusal(
        "points_entry_once",
        "INSERT ON points_entry",
        "new.sale <> '' AND new.kind <> 'expire' AND EXISTS (SELECT 1 FROM points_entry"
        ' WHERE sale = new.sale AND kind = new.kind AND "of" = new."of"'
        " AND programme = new.programme)",
        "a sale moves points once",
    ),
    refusal("points_entry_stays", "UPDATE ON points_entry", "", "points_entry is append-only"),
    refusal("points_entry_remains", "DELETE ON points_entry", "", "points_entry is append-only"),
    refusal(
        "coupon_use_follows",
        "INSERT ON coupon_use",
        "new.number <> (SELECT coalesce(max(number), 0) + 1 FROM coupon_use"
        " WHERE coupon = new.coupon)"
        " OR EXISTS (SELECT 1 FROM coupon_use WHERE coupon = new.coupon AND sale = new.sale)",
        "a sale uses a coupon once",
    ),
    refusal("coupon_use_stays", "UPDATE ON coupon_use", "", "coupon_use is append-only"),
    refusal("coupon_use_remains", "DELETE ON coupon_use", "", "coupon_use is append-only"),
)
