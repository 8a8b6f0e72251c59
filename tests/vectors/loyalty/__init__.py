"""Recorded lives of gift cards and eWallets: what each step did, and what a card held after it.

A recorded step may be plainly at fault (`faults.py`). It is told then, with what we do instead, and
doesn't count as a difference; the card is set to the recorded balance, so that every later step is
compared as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.vectors.case import Case, Difference
from tests.vectors.loyalty.faults import fault_of
from tests.vectors.loyalty.shop import REASONS, ShopOfCards


def check(case: Case) -> Iterator[Difference]:
    """Every step of the case that comes out otherwise here."""
    shop = ShopOfCards.of(case["program"])
    for number, step in enumerate(case["steps"], 1):
        before = shop.copy()
        where = f"step {number} {step['do']}"
        try:
            ours = shop.do(step)
        except (KeyError, ValueError) as error:
            yield Difference(case["id"], where, step["expect"], f"unreadable: {error!r}")
            return
        differing = list(_differences(step["expect"], ours))
        if not differing:
            continue
        reason = fault_of(step, before, shop)
        for name, recorded, got in differing:
            yield Difference(case["id"], f"{where} {name}", recorded, got, reason)
        if not reason:
            return
        shop.adopt(step)


def _differences(
    recorded: dict[str, Any], ours: dict[str, Any]
) -> Iterator[tuple[str, object, object]]:
    for name, figure in recorded.items():
        got = ours.get(name)
        if not _same(name, figure, got):
            yield name, figure, got


def _same(name: str, recorded: object, got: object) -> bool:
    if name == "reason":
        return bool(got) and (recorded not in REASONS.values() or recorded == got)
    if name == "refused":
        return _same_refusals(recorded, got)
    if isinstance(recorded, dict) and isinstance(got, dict):
        return recorded.keys() == got.keys() and all(
            _same("", recorded[key], got[key]) for key in recorded
        )
    return recorded == got or _number(recorded) == _number(got) is not None


def _same_refusals(recorded: object, got: object) -> bool:
    """Each card they refused we refuse, for the same reason where we have a word for it."""
    assert isinstance(recorded, dict)
    return isinstance(got, dict) and all(
        card in got and _same("reason", reason, got[card]) for card, reason in recorded.items()
    )


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if isinstance(value, str) else None
    except InvalidOperation:
        return None
