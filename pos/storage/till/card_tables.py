"""The tables of stored value in till.db. Amounts are minor units, instants UTC.

What nothing but SQLite enforces stands here and in `card_triggers.py`: no balance below zero, no
entry altered, no hold ended twice.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

from pos.domain.stored_value.ledger import EntryKind
from pos.storage.till.columns import needed, words
from pos.storage.types import Day, Instant

metadata = MetaData()

BLANK, EMPTY, FUNDED = "blank", "empty", "funded"
"""What a card holds: never anything, nothing any more, or money."""

BACKWARDS = "||".join(f"substr(masked, -{place}, 1)" for place in range(1, 5))
"""The symbols a masked code shows, the last one first: what it ends with is how this begins."""

_KINDS = ", ".join(f"'{kind}'" for kind in EntryKind)


card = Table(
    "card",
    metadata,
    Column("id", Text, primary_key=True),
    needed("programme", Text),
    needed("currency", Text),
    needed("digest", Text),
    needed("masked", Text),
    needed("made_at", Instant),
    words("salt"),
    words("key"),
    words("customer"),
    Column("expires", Day),
    words("tax_code"),
    Column("tax_rate", Integer),
    needed("origin", Text),
    words("run"),
    Column("standing", Text, nullable=False, default="blank", server_default=text(f"'{BLANK}'")),
    # One index finds a code and what codes end with: each would be a page to write for every card.
    Index("card_by_code", text(BACKWARDS), "digest", unique=True),
    Index("card_by_programme", "programme", "id"),
    Index("card_by_customer", "customer", sqlite_where=text("customer <> ''")),
    # Each holds what a list filters by: the rare one among a million is found in the index alone.
    Index("card_by_run", "run", "id", "standing", "expires", sqlite_where=text("run <> ''")),
    Index("card_by_standing", "standing", "id", "expires"),
    Index("card_by_standing_in_programme", "standing", "programme", "id", "expires"),
    Index(
        "card_by_last_day",
        "standing",
        "expires",
        "programme",
        sqlite_where=text("expires IS NOT NULL"),
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""`standing` follows the newest entry, by trigger: a list can't ask each card's ledger."""

card_entry = Table(
    "card_entry",
    metadata,
    Column("card", Text, ForeignKey("card.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("kind", Text),
    needed("amount", Integer),
    needed("held", Integer),
    needed("balance", Integer),
    needed("reserved", Integer),
    words("hold"),
    Column("of", Integer),
    words("sale"),
    words("till"),
    words("operator"),
    needed("at", Instant),
    words("reason"),
    Column("until", Instant),
    Column("receipt", Integer, nullable=False, default=0, server_default=text("0")),
    words("step"),
    CheckConstraint(f"kind IN ({_KINDS})", name="card_entry_kind"),
    CheckConstraint("balance >= 0", name="card_entry_balance"),
    CheckConstraint("reserved >= 0 AND reserved <= balance", name="card_entry_reserved"),
    CheckConstraint(
        "(hold <> '') = (kind IN ('reserve', 'redeem', 'release'))", name="card_entry_hold"
    ),
    CheckConstraint("(of IS NOT NULL) = (kind = 'cancel')", name="card_entry_of"),
    Index("card_hold_made", "hold", unique=True, sqlite_where=text("kind = 'reserve'")),
    Index(
        "card_hold_ended",
        "hold",
        unique=True,
        sqlite_where=text("kind IN ('redeem', 'release')"),
    ),
    Index("card_entry_by_sale", "sale", sqlite_where=text("sale <> ''")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

card_hold = Table(
    "card_hold",
    metadata,
    Column("hold", Text, primary_key=True),
    needed("card", Text),
    needed("sale", Text),
    needed("till", Text),
    needed("amount", Integer),
    needed("at", Instant),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Reservations that are not over, kept by trigger: a start can't look for them among all."""

card_tally = Table(
    "card_tally",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    needed("cards", Integer),
    needed("balance", Integer),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""How many cards a programme has and what is on them, kept by trigger (ETRON-43)."""

unconfirmed = Table(
    "unconfirmed",
    metadata,
    Column("hold", Text, primary_key=True),
    Column("card", Text, ForeignKey("card.id"), nullable=False),
    needed("amount", Integer),
    needed("sale", Text),
    needed("at", Instant),
    needed("state", Text),
    Index("unconfirmed_by_state", "state", "at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Redemptions that were accepted while nobody could confirm them."""

untold = Table(
    "untold",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("kind", Text),
    Column("card", Text, ForeignKey("card.id"), nullable=False),
    needed("amount", Integer),
    words("hold"),
    Column("of", Integer),
    words("sale"),
    words("till"),
    words("operator"),
    needed("at", Instant),
    words("reason"),
    needed("receipt", Integer),
    words("step"),
    needed("told", Integer),
    Index("untold_waiting", "id", sqlite_where=text("told = 0")),
    Index("untold_by_card", "card"),
    sqlite_strict=True,
)
"""Steps that are done and that an authority elsewhere doesn't know yet."""

card_run = Table(
    "card_run",
    metadata,
    Column("id", Text, primary_key=True),
    needed("programme", Text),
    needed("currency", Text),
    needed("amount", Integer),
    Column("expires", Day),
    needed("chosen", Text),
    needed("wanted", Integer),
    needed("state", Text),
    words("place"),
    needed("made", Integer),
    needed("skipped", Integer),
    needed("taken_back", Integer),
    needed("mailed", Integer),
    needed("at", Instant),
    words("operator"),
    Index("card_run_open", "state", sqlite_where=text("state <> 'done'")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Generations of cards (ETRON-41): what was asked for, and how far each has come."""

mail = Table(
    "mail",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("key", Text),
    needed("kind", Text),
    needed("recipient", Text),
    needed("facts", Text),
    needed("state", Text),
    words("fault"),
    needed("attempts", Integer),
    needed("at", Instant),
    Column("done_at", Instant),
    Index("mail_by_key", "key", unique=True),
    Index("mail_open", "state", sqlite_where=text("state <> 'sent'")),
    sqlite_strict=True,
)
"""Messages on their way. What they say is put together when they leave, so no code stands here."""

task = Table(
    "task",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("kind", Text),
    needed("at", Instant),
    needed("facts", Text),
    Column("done_at", Instant),
    words("done_by"),
    sqlite_strict=True,
)
"""What a manager has to look at."""
