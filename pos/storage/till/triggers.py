"""Triggers of till.db: SQLite itself keeps what is final from being altered, whoever asks.

The law wants records that can't be altered unseen (§ 131 BAO). A trigger that was removed is found
by `pos verify`. Conditions on INSERT are there for INSERT OR REPLACE, which deletes the row in its
way without asking a trigger on DELETE.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos.storage.till.tables import sale

_MOVES = {"id", "state", "receipt_number", "label"}
_HEAD = [column.name for column in sale.columns if column.name not in _MOVES]


def refusal(name: str, event: str, when: str, why: str) -> str:
    """The statement of a trigger that refuses an event, wherever a condition holds."""
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event}{condition} BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _row(names: Sequence[str], of: str) -> str:
    return "(" + ", ".join(f"{of}.{name}" for name in names) + ")"


def _content_triggers(table: str) -> tuple[str, ...]:
    """Lines and tenders stand still from the moment their sale has its number."""
    sales = {"INSERT": "new.sale", "UPDATE": "old.sale, new.sale", "DELETE": "old.sale"}
    return tuple(
        refusal(
            f"{table}_{event.lower()}_frozen",
            f"{event} ON {table}",
            f"EXISTS (SELECT 1 FROM sale WHERE id IN ({ids})"
            " AND state IN ('sealing', 'closed', 'cancelled'))",
            "the content of this sale is frozen",
        )
        for event, ids in sales.items()
    )


_OVERDRAWN = """new.state = 'sealing' AND old.state <> 'sealing' AND EXISTS (
        SELECT 1 FROM line_item AS back JOIN line_item AS sold
            ON sold.sale = json_extract(back.returns, '$.sale')
            AND sold.number = json_extract(back.returns, '$.line')
        WHERE back.sale = new.id AND back.returns IS NOT NULL AND back.removed = 0
            AND (sold.quantity + (
                SELECT sum(other.quantity) FROM line_item AS other
                    JOIN sale AS done ON done.id = other.sale
                WHERE other.returns IS NOT NULL AND other.removed = 0
                    AND json_extract(other.returns, '$.sale') = sold.sale
                    AND json_extract(other.returns, '$.line') = sold.number
                    AND (done.id = new.id OR done.state IN ('sealing', 'closed'))
            )) * sold.quantity < 0)"""
"""No more comes back of a line than was sold (W-12), on however many receipts."""


TRIGGERS = (
    refusal(
        "sale_begins_open",
        "INSERT ON sale",
        "new.state <> 'open' OR new.receipt_number IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM sale WHERE id = new.id)",
        "a sale begins open",
    ),
    refusal(
        "sale_done_is_final",
        "UPDATE ON sale",
        "old.state IN ('closed', 'cancelled')",
        "a closed sale is final",
    ),
    refusal(
        "sale_sealing_only_closes",
        "UPDATE ON sale",
        "old.state = 'sealing' AND (new.state NOT IN ('sealing', 'closed')"
        f" OR {_row(_HEAD, 'new')} IS NOT {_row(_HEAD, 'old')})",
        "the content of this sale is frozen",
    ),
    refusal(
        "sale_number_is_final",
        "UPDATE ON sale",
        "old.receipt_number IS NOT NULL AND new.receipt_number IS NOT old.receipt_number"
        " OR new.id <> old.id",
        "a receipt number is final",
    ),
    refusal("return_within_sold", "UPDATE ON sale", _OVERDRAWN, "more comes back than was sold"),
    refusal("sale_stays", "DELETE ON sale", "", "sales are never deleted"),
    *_content_triggers("line_item"),
    *_content_triggers("tender"),
    refusal(
        "journal_insert_next",
        "INSERT ON journal",
        "new.number <> (SELECT coalesce(max(number), 0) + 1 FROM journal)",
        "the journal has no gap",
    ),
    refusal(
        "seal_insert_once",
        "INSERT ON seal",
        "EXISTS (SELECT 1 FROM seal WHERE sale = new.sale OR receipt_number = new.receipt_number)",
        "a receipt is sealed once",
    ),
    *(
        refusal(f"{table}_{event.lower()}_refused", f"{event} ON {table}", "", "append-only")
        for table in ("journal", "seal")
        for event in ("UPDATE", "DELETE")
    ),
    refusal(
        "sequence_counts_up",
        "UPDATE ON sequence",
        "new.name <> old.name OR new.value <> old.value + 1",
        "numbers count up by one",
    ),
    refusal("sequence_stays", "DELETE ON sequence", "", "numbers count up by one"),
    *(
        refusal(
            f"session_{event.lower()}_final",
            f"{event} ON session",
            f"EXISTS (SELECT 1 FROM session WHERE number IN ({numbers}) AND state = 'closed')",
            "a closed session is final",
        )
        for event, numbers in (("INSERT", "new.number"), ("UPDATE", "old.number, new.number"))
    ),
    refusal("session_stays", "DELETE ON session", "", "sessions are never deleted"),
    *(
        refusal(
            f"customer_order_{event.lower()}_final",
            f"{event} ON customer_order",
            "EXISTS (SELECT 1 FROM customer_order WHERE number = new.number"
            " AND state IN ('settled', 'withdrawn'))",
            "an order is settled once",
        )
        for event in ("INSERT", "UPDATE")
    ),
    refusal(
        "customer_order_one_sale",
        "UPDATE ON customer_order",
        "new.number <> old.number OR old.state = 'in_work' AND new.state IN ('in_work', 'settled')"
        " AND new.sale IS NOT old.sale",
        "one sale at a time has an order",
    ),
    refusal("customer_order_stays", "DELETE ON customer_order", "", "orders are never deleted"),
)
