"""How much of a sale a card may pay."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.domain.money import Money


def share(available: Money, due: Money, payable: Money, asked: Money | None) -> Money:
    """What is taken from a card: what was asked for, or as much as goes.

    Args:
        available: what the card can still give.
        due: what is left to pay.
        payable: what of the sale this card may pay at all, less what it has paid already: goods
            without vouchers, or the goods of its own tax.
        asked: the part the customer wants to use; None for as much as possible.

    Raises Refusal "voucher_empty", "voucher_pays_nothing", "voucher_currency", "voucher_amount",
    "voucher_balance" or "tender_exceeds_due".
    """
    if not available:
        raise Refusal("voucher_empty")
    most = min(due, payable)
    if most.minor <= 0:
        raise Refusal("voucher_pays_nothing")
    if asked is None:
        return min(available, most)
    if asked.currency != available.currency:
        raise Refusal("voucher_currency", currency=available.currency, here=asked.currency)
    if asked.minor <= 0:
        raise Refusal("voucher_amount")
    if asked > available:
        raise Refusal("voucher_balance", available=available)
    if asked > most:
        raise Refusal("tender_exceeds_due", due=most)
    return asked
