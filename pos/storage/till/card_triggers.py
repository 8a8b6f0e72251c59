"""Triggers on cards and their ledgers: stored value is money, so SQLite itself guards it.

Conditions on INSERT are there for INSERT OR REPLACE too, which deletes the row in its way without
asking a trigger on DELETE.
"""

from __future__ import annotations

from pos.storage.till.card_tables import BACKWARDS, EMPTY, FUNDED, card
from pos.storage.till.triggers import refusal

_LAST = "SELECT {name} FROM card_entry WHERE card = new.card ORDER BY number DESC LIMIT 1"
_MOVING = {"customer", "standing"}
_NEW_BACKWARDS = BACKWARDS.replace("masked", "new.masked")
_FIXED = [column.name for column in card.columns if column.name not in _MOVING]


def _last(name: str) -> str:
    return f"coalesce(({_LAST.format(name=name)}), 0)"


def _following(name: str, table: str, step: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {name} AFTER INSERT ON {table}{condition} BEGIN {step}; END"


def _standing(balance: str) -> str:
    return f"CASE WHEN {balance} > 0 THEN '{FUNDED}' ELSE '{EMPTY}' END"


CARD_TRIGGERS = (
    # The balance is the sum of the amounts: each entry goes on from the one before it.
    refusal(
        "card_entry_follows",
        "INSERT ON card_entry",
        f"new.number <> {_last('number')} + 1"
        f" OR new.balance <> {_last('balance')} + new.amount"
        f" OR new.reserved <> {_last('reserved')} + new.held",
        "an entry goes on from the one before it",
    ),
    refusal(
        "card_hold_made_once",
        "INSERT ON card_entry",
        "new.kind = 'reserve' AND EXISTS"
        " (SELECT 1 FROM card_entry WHERE hold = new.hold AND kind = 'reserve')",
        "a hold is made once",
    ),
    refusal(
        "card_hold_ended_once",
        "INSERT ON card_entry",
        "new.kind IN ('redeem', 'release') AND ("
        "EXISTS (SELECT 1 FROM card_entry"
        " WHERE hold = new.hold AND kind IN ('redeem', 'release'))"
        " OR NOT EXISTS (SELECT 1 FROM card_entry"
        " WHERE hold = new.hold AND kind = 'reserve' AND card = new.card"
        " AND held = -new.held AND (new.kind = 'release' OR held = -new.amount)))",
        "a hold is ended once, by what it held",
    ),
    refusal("card_entry_stays", "UPDATE ON card_entry", "", "card_entry is append-only"),
    refusal("card_entry_remains", "DELETE ON card_entry", "", "card_entry is append-only"),
    refusal(
        "card_made_once",
        "INSERT ON card",
        "EXISTS (SELECT 1 FROM card WHERE id = new.id)"
        f" OR EXISTS (SELECT 1 FROM card WHERE {BACKWARDS} = {_NEW_BACKWARDS}"
        " AND digest = new.digest)",
        "a card is made once",
    ),
    refusal(
        "card_is_final",
        "UPDATE ON card",
        f"({', '.join(f'old.{name}' for name in _FIXED)})"
        f" IS NOT ({', '.join(f'new.{name}' for name in _FIXED)})",
        "only the owner of a card changes",
    ),
    refusal("card_stays", "DELETE ON card", "", "cards are never deleted"),
    # Sums of the ledger that are read while somebody waits; `pos verify` counts them anew.
    _following(
        "card_is_counted",
        "card",
        "INSERT INTO card_tally VALUES (new.programme, new.currency, 1, 0)"
        " ON CONFLICT DO UPDATE SET cards = cards + 1",
    ),
    _following(
        "card_entry_is_counted",
        "card_entry",
        "UPDATE card_tally SET balance = balance + new.amount WHERE (programme, currency)"
        " = (SELECT programme, currency FROM card WHERE id = new.card)",
        "new.amount <> 0",
    ),
    _following(
        "card_entry_sets_standing",
        "card_entry",
        f"UPDATE card SET standing = {_standing('new.balance')} WHERE id = new.card"
        f" AND standing <> {_standing('new.balance')}",
    ),
    refusal(
        "card_standing_follows",
        "UPDATE OF standing ON card",
        f"new.standing IS NOT (SELECT {_standing('balance')} FROM card_entry"
        " WHERE card = new.id ORDER BY number DESC LIMIT 1)",
        "what a card holds is told by its entries",
    ),
    _following(
        "card_hold_begins",
        "card_entry",
        "INSERT INTO card_hold VALUES (new.hold, new.card, new.sale, new.till, new.held, new.at)",
        "new.kind = 'reserve'",
    ),
    _following(
        "card_hold_ends",
        "card_entry",
        "DELETE FROM card_hold WHERE hold = new.hold",
        "new.kind IN ('redeem', 'release')",
    ),
)
