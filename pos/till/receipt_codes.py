"""The code on each receipt, and which receipt a scanned one is.

It is a linear code, never a QR code: the one QR code of a receipt is the seal the law asks for.
"""

from __future__ import annotations

from pos.domain.code_rules import Meaning
from pos.domain.errors import Refusal
from pos.domain.gs1 import CodeReading, MarkReading
from pos.domain.receipt_key import ReceiptKey
from pos.domain.sale import Sale
from pos.till.codes import rules_of
from pos.till.desk import Desk
from pos.till.lookup import read_entry


def printed(desk: Desk, sale: Sale) -> str:
    """What stands on a receipt; empty where the shop wants none, or has no rule for one."""
    if not desk.shop.receipt_code or sale.receipt_number is None:
        return ""
    key = str(ReceiptKey(sale.till, sale.receipt_number))
    return rules_of(desk).written(Meaning.RECEIPT, key)


def receipt_of(desk: Desk, code: str) -> int:
    """The number of this till's receipt a code stands for; 0 for every other code.

    Raises Refusal "receipt_elsewhere" where it is another till's, "no_such_receipt", and
    "unknown_code" where it names none.
    """
    desk.who()
    return number_of(desk, read_entry(desk, code).reading)


def number_of(desk: Desk, reading: CodeReading) -> int:
    """The same, of a code that was read already."""
    if not isinstance(reading, MarkReading) or reading.meaning is not Meaning.RECEIPT:
        return 0
    try:
        key = ReceiptKey.read(reading.key)
    except ValueError:
        raise Refusal("unknown_code", code=reading.text[:40]) from None
    if key.till != desk.till:
        place = desk.catalogue.till(key.till)
        raise Refusal(
            "receipt_elsewhere", receipt=key.number, till=place.name if place else key.till
        )
    desk.store.sale_by_receipt(key.number)
    return key.number
