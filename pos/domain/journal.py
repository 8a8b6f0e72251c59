"""The journal: every fact of the till in order, each entry sealing the one before it.

Amounts in entries are minor units, quantities thousandths, rates basis points, instants UTC.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct, field


class Kind(StrEnum):
    """What an entry tells."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED = "locked"
    SESSION_OPENED = "session_opened"
    SESSION_CLOSED = "session_closed"
    SALE_BEGUN = "sale_begun"
    LINE_ADDED = "line_added"
    LINE_REMOVED = "line_removed"
    LINE_RESTORED = "line_restored"
    GOODS_RETURNED = "goods_returned"
    QUANTITY_CHANGED = "quantity_changed"
    PRICE_CHANGED = "price_changed"
    OPTIONS_CHANGED = "options_changed"
    TEXT_CHANGED = "text_changed"
    PACKAGE_CHOSEN = "package_chosen"
    NOTE_SET = "note_set"
    CUSTOMER_SET = "customer_set"
    CUSTOMER_SAVED = "customer_saved"
    CUSTOMER_REQUEST = "customer_request"
    PAPER_CHOSEN = "paper_chosen"
    PRICE_LIST_CHOSEN = "price_list_chosen"
    TAX_FREE_SET = "tax_free_set"
    DISCOUNT_GRANTED = "discount_granted"
    DISCOUNT_REMOVED = "discount_removed"
    COUPON_TAKEN = "coupon_taken"
    COUPON_REMOVED = "coupon_removed"
    POINTS_CHOSEN = "points_chosen"
    POINTS_REMOVED = "points_removed"
    POINTS_CORRECTED = "points_corrected"
    CODE_SET_ASIDE = "code_set_aside"
    CODE_PUT_AWAY = "code_put_away"
    SALE_PARKED = "sale_parked"
    SALE_RESUMED = "sale_resumed"
    SALE_CANCELLED = "sale_cancelled"
    LINE_LEFT = "line_left"
    LINE_TAKEN = "line_taken"
    ORDER_MADE = "order_made"
    ORDER_LOADED = "order_loaded"
    ORDER_SETTLED = "order_settled"
    ORDER_LET_GO = "order_let_go"
    ORDER_WITHDRAWN = "order_withdrawn"
    NUMBER_NAMED = "number_named"
    CHECKOUT_BEGUN = "checkout_begun"
    CHECKOUT_LEFT = "checkout_left"
    TENDER_ADDED = "tender_added"
    TENDER_REVERSED = "tender_reversed"
    RECEIPT_RESERVED = "receipt_reserved"
    SALE_CLOSED = "sale_closed"
    RECEIPT_COPIED = "receipt_copied"
    REPORT_COPIED = "report_copied"
    JOB_MOVED = "job_moved"
    JOB_DROPPED = "job_dropped"
    DRAWER_OPENED = "drawer_opened"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    KEYS_CHANGED = "keys_changed"
    DEVICE_CHANGED = "device_changed"
    CLOCK_BEHIND = "clock_behind"
    VOUCHER_UNKNOWN = "voucher_unknown"
    VOUCHERS_LOCKED = "vouchers_locked"
    CARD_CORRECTED = "card_corrected"
    CARD_WRITTEN_OFF = "card_written_off"
    CARD_GIVEN = "card_given"
    CARD_MAILED = "card_mailed"
    CARD_PRINTED = "card_printed"
    CARD_CONFIRMED = "card_confirmed"
    CARDS_GENERATED = "cards_generated"
    CARDS_IMPORTED = "cards_imported"
    CODE_SHOWN = "code_shown"
    CODES_SHARED = "codes_shared"
    TASK_DONE = "task_done"
    CODE_RULES_SET = "code_rules_set"
    PARTNERS_CHANGED = "partners_changed"


class Entry(Struct, frozen=True):
    """One fact, not yet in the chain. `session` is 0 outside of any session."""

    kind: Kind
    at: datetime
    operator: str = ""
    session: int = 0
    sale: str = ""
    data: Mapping[str, object] = field(default_factory=dict)

    def content(self) -> str:
        """The entry as the canonical JSON text that is hashed and stored."""
        return json.dumps(
            {
                "at": self.at.astimezone(UTC).isoformat(timespec="milliseconds"),
                "data": self.data,
                "kind": self.kind,
                "operator": self.operator,
                "sale": self.sale,
                "session": self.session,
            },
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def read(cls, content: str) -> Entry:
        """The entry a stored text holds."""
        fields = json.loads(content)
        return cls(
            kind=Kind(fields["kind"]),
            at=datetime.fromisoformat(fields["at"]),
            operator=fields["operator"],
            session=fields["session"],
            sale=fields["sale"],
            data=fields["data"],
        )


GENESIS = "0" * 64
"""What the first entry of a till is chained to."""


def chain(previous: str, number: int, content: str) -> str:
    """The hash of an entry: SHA-256 in hexadecimal over the hash before it, number and content."""
    return hashlib.sha256(f"{previous}\n{number}\n{content}".encode()).hexdigest()
