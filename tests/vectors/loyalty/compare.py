"""What came of a step, against what was recorded of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.vectors.case import Case
from tests.vectors.loyalty.words import REASONS

OFFICE = ("quotation", "confirm_quotation", "cancel_quotation")


def differences(step: Case, ours: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    """Each recorded figure of a step that we tell otherwise: its name, theirs, ours."""
    for name, figure in step["expect"].items():
        got = ours.get(name)
        if name == "reason" and step["do"] in OFFICE:
            # Their back office tells most refusals in one sentence; that it refuses is compared.
            got = got and figure
        if not _same(name, figure, got):
            yield name, figure, got


def _same(name: str, recorded: object, got: object) -> bool:
    if name == "reason":
        return bool(got) and (recorded not in REASONS.values() or recorded == got)
    if name == "refused":
        return _same_refusals(recorded, got)
    if name == "warnings" and isinstance(got, list) and isinstance(recorded, list):
        return set(recorded) == set(got)  # how often a till asks the same is its own affair
    if name == "redeemed" and isinstance(recorded, dict):
        recorded = {card: taken for card, taken in recorded.items() if _number(taken)}
    if isinstance(recorded, dict) and isinstance(got, dict):
        return recorded.keys() == got.keys() and all(
            _same("", recorded[key], got[key]) for key in recorded
        )
    if name == "wallet" and recorded is None:
        return got in (None, "0.00")
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
