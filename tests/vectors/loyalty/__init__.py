"""Recorded lives of gift cards and eWallets: what each step did, and what a card held after it.

A recorded step may be plainly at fault (`faults.py`). It is told then, with what we do instead, and
doesn't count as a difference; the card is set to the recorded balance, so that every later step is
compared as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.vectors.case import Case, Difference, unread
from tests.vectors.loyalty.compare import differences
from tests.vectors.loyalty.faults import judged
from tests.vectors.loyalty.shop import ShopOfCards

PROGRAM = ("kind", "tills", "first_day", "last_day")
STEP = (
    *("do", "basis", "expect", "count", "balance", "expires_in_days", "card", "cards", "lines"),
    *("sell_cards", "top_up", "customer", "pay_with_wallet", "order", "order_day", "amount"),
    "total",
)


def check(case: Case) -> Iterator[Difference]:
    """Every step of the case that comes out otherwise here."""
    yield from unread(case["id"], "program", case["program"], PROGRAM)
    shop = ShopOfCards.of(case["program"])
    for number, step in enumerate(case["steps"], 1):
        before = shop.copy()
        where = f"step {number} {step['do']}"
        yield from unread(case["id"], where, step, STEP)
        try:
            ours = shop.do(step)
        except (KeyError, ValueError) as error:
            yield Difference(case["id"], where, step["expect"], f"unreadable: {error!r}")
            return
        differing = list(differences(step, ours))
        if not differing:
            continue
        reason, shop = judged(step, before, shop)
        for name, recorded, got in differing:
            yield Difference(case["id"], f"{where} {name}", recorded, got, reason)
        if not reason:
            return
        shop.adopt(step)
